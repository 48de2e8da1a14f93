import { giveConsent, OwnConsent, ToldConsent } from '../../../shared/case/give-consent.ts';
import { assertCaseMay } from '../../../shared/case/limits.ts';
import { sightOf } from '../../../shared/case/sight.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { CaseView } from '../../kinds/api.ts';
import { type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/people.ts';
import { ownConsent } from '../openapi/examples/people.ts';
import { json, operation } from '../operation.ts';
import { viewCase } from '../views/case.ts';
import type { AtCase } from './places.ts';
import { Secret } from './places.ts';

async function give(call: Call, id: CaseId) {
  const { hub, acting } = call;
  const body = await call.json();
  const after = await once(
    call,
    body,
    (key) => giveConsent(hub, id, body, acting, key),
    async () => (await readCase(hub.table, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewCase(after, sightOf(acting, after), call.language) };
}

/** By a coordinator who was told, or a member of the organization for their own. */
async function given(call: AtCase) {
  const { id } = permitted(call, await readCase(call.hub.table, call.place('id')));
  return give(call, id);
}

/** By whoever holds the private link. */
async function givenByLink(call: Call) {
  if (!call.file) throw new Rejected('not-found');
  const { id } = call.file.subject;
  await assertCaseMay(call.hub, 'act/case', id);
  return give(call, id);
}

export const consent = {
  giveConsent: operation({
    method: 'post',
    path: '/cases/{id}/consent',
    access: 'token',
    action: 'give-consent',
    places: { id: CaseId },
    summary: 'Keep the consent to a case that was entered without one',
    description:
      'A coordinator says how and on which day they were told; a member of the organization agrees for their own. What was given before stays as it is.',
    request: json({ ToldConsent, OwnConsent }, example.consent),
    answer: { description: 'The case', schema: { Case: CaseView } },
    refusals: ['stage-changed', 'interest-declared', 'membership-ended'],
    handle: given,
  }),
};

export const trackedConsent = {
  giveTrackedConsent: operation({
    method: 'post',
    path: '/track/{secret}/consent',
    access: 'link',
    action: 'give-consent',
    places: { secret: Secret },
    summary: 'Agree to a case that was entered without consent',
    description: '`version` is that of the text at `/privacy`. What was given before stays as it is.',
    request: json({ OwnConsent }, ownConsent),
    answer: { description: 'The case', schema: { Case: CaseView } },
    refusals: ['stage-changed'],
    handle: givenByLink,
  }),
};
