import * as z from 'zod';
import { may } from '../../../shared/answering/acting.ts';
import { assertAddressMay } from '../../../shared/case/limits.ts';
import { sightOf } from '../../../shared/case/sight.ts';
import { submitCase } from '../../../shared/case/submit.ts';
import { secretOf } from '../../../shared/case/track.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId, type Kind } from '../../../shared/domain/ids.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { GrantInput, GrantOnBehalfInput } from '../../../shared/kinds/grant/input.ts';
import { InsuranceInput, InsuranceOnBehalfInput } from '../../../shared/kinds/insurance/input.ts';
import { NeedInput, NeedOnBehalfInput } from '../../../shared/kinds/need/input.ts';
import { readCase } from '../../../shared/store/cases.ts';
import type { Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { grant, insurance, need } from '../openapi/examples/submissions.ts';
import { apiRoot, json, operation } from '../operation.ts';
import { GrantView, InsuranceView, NeedView, viewCase } from '../views/case.ts';

/** the private link: a member gets it only where they act for an applicant without a mail address */
const trackingUrl = { trackingUrl: z.url().optional() };

const CreatedNeed = NeedView.extend(trackingUrl);
const CreatedGrant = GrantView.extend(trackingUrl);
const CreatedInsurance = InsuranceView.extend(trackingUrl);

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

export const submissions = {
  submitNeed: operation({
    method: 'post',
    path: '/needs',
    access: 'optional',
    action: 'submit-case',
    summary: 'Ask for goods',
    description: `A line’s \`quantity\` is a number of pieces, or null for “needed, amount unknown”. ${onBehalf}`,
    request: json({ NeedInput, NeedOnBehalfInput }, need),
    answer: {
      status: 201,
      description: 'The need, and its private link, if the caller may see it',
      schema: { CreatedNeed },
    },
    handle: (call) => submit(call, 'need', CreatedNeed),
  }),
  submitGrant: operation({
    method: 'post',
    path: '/grants',
    access: 'optional',
    action: 'submit-case',
    summary: 'Apply for a grant',
    description: `Amounts are in fen. ${onBehalf}`,
    request: json({ GrantInput, GrantOnBehalfInput }, grant),
    answer: {
      status: 201,
      description: 'The application, and its private link, if the caller may see it',
      schema: { CreatedGrant },
    },
    refusals: ['programme-closed'],
    handle: (call) => submit(call, 'grant', CreatedGrant),
  }),
  submitInsuranceRequest: operation({
    method: 'post',
    path: '/insurance-requests',
    access: 'optional',
    action: 'submit-case',
    summary: 'Ask for insurance of volunteers',
    description: `Every wrong row is told with its pointer, and nothing is stored then. Both cover dates are covered. ${onBehalf}`,
    request: json({ InsuranceInput, InsuranceOnBehalfInput }, insurance),
    answer: {
      status: 201,
      description: 'The request, and its private link, if the caller may see it',
      schema: { CreatedInsurance },
    },
    handle: (call) => submit(call, 'insurance', CreatedInsurance),
  }),
};
