import * as z from 'zod';
import { ReferralId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { ReferralOutcome } from '../../../shared/domain/referral/change.ts';
import { answerReferral, openReferral, referPerson, referralOutcomes } from '../../../shared/persons/referrals.ts';
import { listReferrals } from '../../../shared/store/referrals.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { apiRoot } from '../operations.ts';
import { viewReferral, viewReferralOutline } from '../views/referral.ts';
import { EmptyBody } from './empty-body.ts';
import { named } from './path.ts';
import { ReferralsQuery } from './queries.ts';

/** What the party that was asked says; consent is withdrawn by an operation of its own. */
export const ReferralAnswerBody = z.strictObject({ outcome: z.enum(['accepted', 'declined', 'done']) });

async function list(call: Call): Promise<Answer> {
  const { party } = actingMember(call).member;
  const { cursor } = parseInput(ReferralsQuery, call.query);
  const { items, nextCursor } = await listReferrals(call.hub.table, party, cursor);
  return { body: { items: items.map(viewReferralOutline), nextCursor } };
}

/** One referral, as much of it as the caller's party has to know. That it is seen is recorded before. */
async function seen(call: Call, id: ReferralId): Promise<Answer> {
  const acting = actingMember(call);
  const referral = await openReferral(call.hub, id, acting, 'api');
  return { body: viewReferral(referral, acting.member.party, referralOutcomes(referral, acting)) };
}

async function refer(call: Call): Promise<Answer> {
  const acting = actingMember(call);
  const body = await readJson(call.request);
  const id = await once(
    call,
    body,
    (key) => referPerson(call.hub, body, acting, 'api', key),
    async (made) => ReferralId.parse(made),
  );
  const { body: referral } = await seen(call, id);
  return { status: 201, body: referral, headers: { location: `${call.base}${apiRoot}/referrals/${id}` } };
}

async function change(call: Call, request: unknown, on: ReferralOutcome): Promise<Answer> {
  const acting = actingMember(call);
  const id = named(call, 'id', ReferralId);
  await once(
    call,
    request,
    (key) => answerReferral(call.hub, id, on, acting, 'api', key),
    async () => undefined,
  );
  return seen(call, id);
}

async function answer(call: Call): Promise<Answer> {
  const body = await readJson(call.request);
  return change(call, body, parseInput(ReferralAnswerBody, body).outcome);
}

async function withdraw(call: Call): Promise<Answer> {
  const body = await readJson(call.request, true);
  parseInput(EmptyBody, body);
  return change(call, body, 'withdrawn');
}

export const referrals = {
  listReferrals: list,
  getReferral: (call: Call) => seen(call, named(call, 'id', ReferralId)),
  referPerson: refer,
  answerReferral: answer,
  withdrawConsent: withdraw,
};
