import { may } from '../../../shared/answering/acting.ts';
import { assertAddressMay } from '../../../shared/case/limits.ts';
import { sightOf } from '../../../shared/case/sight.ts';
import { submitCase } from '../../../shared/case/submit.ts';
import { secretOf } from '../../../shared/case/track.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId, type Kind } from '../../../shared/domain/ids.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { readJson } from '../body.ts';
import type { Answer, Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { apiRoot } from '../operations.ts';
import { viewCase } from '../views/case.ts';

async function created(call: Call, subject: Case): Promise<Answer> {
  const member = call.acting.type === 'member';
  const acting = member ? call.acting : ({ type: 'applicant', caseId: subject.id } as const);
  // a member goes by their membership, which can end; a link would stay with them
  const link = may(acting, 'see-private-link', subject) ? `/track/${await secretOf(call.hub, subject)}` : undefined;
  const location = apiRoot + (member || !link ? `/cases/${subject.id}` : link);
  const view = viewCase(subject, sightOf(acting, subject), call.language);
  return {
    status: 201,
    body: { ...view, ...(link && { trackingUrl: call.base + link }) },
    headers: { location: call.base + location },
  };
}

async function submit(call: Call, kind: Kind): Promise<Answer> {
  const member = call.acting.type === 'member' ? call.acting.member : undefined;
  const admit = member ? undefined : () => assertAddressMay(call.hub, 'submit/address', call.address);
  const body = await readJson(call.request);
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
  return created(call, subject);
}

export const submissions = {
  submitNeed: (call: Call) => submit(call, 'need'),
  submitGrant: (call: Call) => submit(call, 'grant'),
  submitInsuranceRequest: (call: Call) => submit(call, 'insurance'),
};
