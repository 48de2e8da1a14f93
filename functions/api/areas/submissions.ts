import * as z from 'zod';
import { may } from '../../../shared/answering/acting.ts';
import { assertAddressMay } from '../../../shared/case/limits.ts';
import { sightOf } from '../../../shared/case/sight.ts';
import { submitCase } from '../../../shared/case/submit.ts';
import { secretOf } from '../../../shared/case/track.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId, type Kind, kinds } from '../../../shared/domain/ids.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { kindApis } from '../../kinds/api.ts';
import type { Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { apiRoot, json, type Operation, operation } from '../operation.ts';
import { viewCase } from '../views/case.ts';

/** the private link: a member gets it only where they act for an applicant without a mail address */
const trackingUrl = { trackingUrl: z.url().optional() };

async function created<S extends z.ZodType>(call: Call, subject: Case, view: S) {
  const member = call.acting.type === 'member';
  const acting = member ? call.acting : ({ type: 'applicant', caseId: subject.id } as const);
  // a member goes by their membership, which can end; a link would stay with them
  const link = may(acting, 'see-private-link', subject) ? `/track/${await secretOf(call.hub, subject)}` : undefined;
  const location = apiRoot + (member || !link ? `/cases/${subject.id}` : link);
  const seen = viewCase(subject, sightOf(acting, subject), call.language);
  return {
    body: view.parse({ ...seen, ...(link && { trackingUrl: call.base + link }) }),
    headers: { location: call.base + location },
  };
}

async function submit<S extends z.ZodType>(call: Call, kind: Kind, view: S) {
  const member = call.acting.type === 'member' ? call.acting.member : undefined;
  const admit = member ? undefined : () => assertAddressMay(call.hub, 'submit/address', call.address);
  const body = await call.json();
  const subject = await once(
    call,
    body,
    async (key) => (await submitCase(call.hub, kind, { body, member, once: key, admit })).subject,
    async (id) => {
      const first = await readCase(call.hub.table, CaseId.parse(id));
      if (!first) throw new Rejected('not-found');
      return first;
    },
  );
  return created(call, subject, view);
}

const onBehalf =
  'With a bearer token of a coordinator it is entered for somebody else and recorded as such; contact and delivery may then be left out.';

function submission(kind: Kind): Operation {
  const { name, view, submit: said } = kindApis[kind];
  const Created = view.extend(trackingUrl);
  return operation({
    method: 'post',
    path: said.path,
    access: 'optional',
    action: 'submit-case',
    summary: said.summary,
    description: `${said.description} ${onBehalf}`,
    request: json(said.inputs, said.example),
    answer: {
      status: 201,
      description: `${said.created}, and its private link, if the caller may see it`,
      schema: { [`Created${name}`]: Created },
    },
    ...(said.refusals && { refusals: said.refusals }),
    handle: (call) => submit(call, kind, Created),
  });
}

export const submissions: Readonly<Record<string, Operation>> = Object.fromEntries(
  kinds.map((kind) => [kindApis[kind].submit.id, submission(kind)]),
);
