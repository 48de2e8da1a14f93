import * as z from 'zod';
import { ReferralId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { ReferralOutcome } from '../../../shared/domain/referral/change.ts';
import { ReferralInput } from '../../../shared/domain/referral/referral.ts';
import { answerReferral, openReferral, referPerson, referralOutcomes } from '../../../shared/persons/referrals.ts';
import { listReferrals } from '../../../shared/store/referrals.ts';
import type { Asking, At } from '../call.ts';
import { actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/people.ts';
import { apiRoot, json, operation } from '../operation.ts';
import { listOf } from '../views/list.ts';
import { ReferralOutlineView, ReferralView, viewReferral, viewReferralOutline } from '../views/referral.ts';
import { EmptyBody, emptyBody } from './empty-body.ts';

/** A page of referrals is always of twenty-five. */
const ReferralsQuery = z.object({ cursor: z.string().max(4000).optional() });

/** What the party that was asked says; consent is withdrawn by an operation of its own. */
export const ReferralAnswerBody = z.strictObject({ outcome: z.enum(['accepted', 'declined', 'done']) });

async function list(call: Asking<typeof ReferralsQuery>) {
  const { party } = actingMember(call).member;
  const { cursor } = call.asked();
  const { items, nextCursor } = await listReferrals(call.hub.table, party, cursor);
  return { body: { items: items.map(viewReferralOutline), nextCursor } };
}

/** One referral, as much of it as the caller's party has to know. That it is seen is recorded before. */
async function seen(call: Call, id: ReferralId) {
  const acting = actingMember(call);
  const referral = await openReferral(call.hub, id, acting, 'api');
  return { body: viewReferral(referral, acting.member.party, referralOutcomes(referral, acting)) };
}

async function refer(call: Call) {
  const acting = actingMember(call);
  const body = await call.json();
  const id = await once(
    call,
    body,
    (key) => referPerson(call.hub, body, acting, 'api', key),
    async (made) => ReferralId.parse(made),
  );
  const { body: referral } = await seen(call, id);
  return { body: referral, headers: { location: `${call.base}${apiRoot}/referrals/${id}` } };
}

async function change(call: At<{ id: typeof ReferralId }>, request: unknown, on: ReferralOutcome) {
  const acting = actingMember(call);
  const id = call.place('id');
  await once(
    call,
    request,
    (key) => answerReferral(call.hub, id, on, acting, 'api', key),
    async () => undefined,
  );
  return seen(call, id);
}

async function answer(call: At<{ id: typeof ReferralId }>) {
  const body = await call.json();
  return change(call, body, parseInput(ReferralAnswerBody, body).outcome);
}

async function withdraw(call: At<{ id: typeof ReferralId }>) {
  const body = await call.json();
  parseInput(EmptyBody, body);
  return change(call, body, 'withdrawn');
}

export const referrals = {
  listReferrals: operation({
    method: 'get',
    path: '/referrals',
    access: 'token',
    action: 'see-referrals',
    summary: 'Referrals that the caller’s party made or was asked to take',
    description: 'The newest first: what the matter is and how it stands, never who.',
    query: ReferralsQuery,
    answer: { description: 'A page of referrals', schema: { ReferralList: listOf(ReferralOutlineView) } },
    handle: list,
  }),
  getReferral: operation({
    method: 'get',
    path: '/referrals/{id}',
    access: 'token',
    action: 'see-referrals',
    places: { id: ReferralId },
    summary: 'One referral',
    description: 'That it was seen is on record.',
    answer: {
      description: 'The referral, as much of it as the caller’s party has to know',
      schema: { Referral: ReferralView },
    },
    handle: (call) => seen(call, call.place('id')),
  }),
  referPerson: operation({
    method: 'post',
    path: '/referrals',
    access: 'token',
    action: 'refer-person',
    summary: 'Refer a person in need to a party that can help',
    description:
      'Only with their consent, as it was told and in the version that was read to them. The party that is asked reads what would help, and whom to help once it has accepted.',
    request: json({ ReferralInput }, example.referral),
    answer: {
      status: 201,
      description: 'The referral, as much of it as the caller’s party has to know',
      schema: { Referral: ReferralView },
    },
    handle: refer,
  }),
  answerReferral: operation({
    method: 'post',
    path: '/referrals/{id}/answer',
    access: 'token',
    action: 'answer-referral',
    places: { id: ReferralId },
    summary: 'Accept, decline or end a referral',
    description: 'By the party that was asked. With its end what it says of the person is gone.',
    request: json({ ReferralAnswer: ReferralAnswerBody }, example.referralAnswer),
    answer: {
      description: 'The referral, as much of it as the caller’s party has to know',
      schema: { Referral: ReferralView },
    },
    refusals: ['stage-changed'],
    handle: answer,
  }),
  withdrawConsent: operation({
    method: 'post',
    path: '/referrals/{id}/withdrawal',
    access: 'token',
    action: 'withdraw-consent',
    places: { id: ReferralId },
    summary: 'Write down that the person withdrew their consent',
    description: 'By whichever of both parties was told. What the referral says of the person is gone at once.',
    request: emptyBody,
    answer: {
      description: 'The referral, as much of it as the caller’s party has to know',
      schema: { Referral: ReferralView },
    },
    refusals: ['stage-changed'],
    handle: withdraw,
  }),
};
