import { recordTrace } from '../audit/record.ts';
import { Rejected } from '../domain/errors.ts';
import { ReferralId as Id, newReferralId, type ReferralId } from '../domain/ids.ts';
import { parseInput } from '../domain/problems.ts';
import {
  changeReferral,
  newReferral,
  outcomesFor,
  type ReferralBy,
  type ReferralOutcome,
} from '../domain/referral/change.ts';
import { type Referral, ReferralInput } from '../domain/referral/referral.ts';
import { instant } from '../domain/time.ts';
import { readParty } from '../store/parties.ts';
import { readReferral, replaceReferral, saveReferral } from '../store/referrals.ts';
import { ConditionFailed } from '../store/table.ts';
import { type Acting, type ActingMember, actorOf, assertMay, may } from './acting.ts';
import type { Hub } from './hub.ts';
import { type Idempotency, remembering, replay } from './idempotency.ts';

/** Parties that may be asked to help a person: who holds money or goods, knows the place, or runs the hub. */
const receiving: ReadonlySet<string> = new Set(['organization', 'funder', 'hub']);

/**
 * Refers a person in need, who agreed, to another party. Cost: a read, and transactions of three and two items.
 * @throws {@link Rejected} `forbidden`, or a problem for every wrong field
 */
export async function referPerson(
  hub: Hub,
  body: unknown,
  acting: ActingMember,
  once?: Idempotency,
): Promise<ReferralId> {
  const { party } = acting.member;
  assertMay(acting, 'refer-person', { ownedBy: party });
  const input = parseInput(ReferralInput, body);
  const before = await replay(hub.table, once);
  if (before) return Id.parse(before);
  const to = await readParty(hub.table, input.to);
  if (!to || to.id === party || !receiving.has(to.type))
    throw new Rejected('invalid', { fields: [{ pointer: '/to', code: 'not-a-choice' }] });
  const by = actorOf(acting);
  const referral = newReferral(input, { id: newReferralId(), from: party, by, now: instant(Date.now()) });
  await saveReferral(hub.table, referral, remembering(hub.table, once, referral.id));
  await recordTrace(hub.table, { type: 'referral', by, door: 'console', referral: referral.id, on: 'offered' });
  return referral.id;
}

function relationTo(referral: Referral, acting: Acting): ReferralBy | undefined {
  if (acting.type !== 'member') return undefined;
  const { party } = acting.member;
  return party === referral.to ? 'receiver' : party === referral.from ? 'referrer' : undefined;
}

/** What may be done with a referral, and what each of it needs in the table of permissions. */
const actionFor = {
  accepted: 'answer-referral',
  declined: 'answer-referral',
  done: 'answer-referral',
  withdrawn: 'withdraw-consent',
} as const satisfies Record<ReferralOutcome, string>;

/** What a member may do with the referral now. */
export function referralOutcomes(referral: Referral, acting: ActingMember): readonly ReferralOutcome[] {
  const as = relationTo(referral, acting);
  if (!as) return [];
  const thing = { ownedBy: acting.member.party };
  return outcomesFor(referral, as).filter((on) => may(acting, actionFor[on], thing));
}

/**
 * A referral that a member's party made or was asked to take. That personal data is shown is recorded before.
 * @throws {@link Rejected} `not-found` for anybody else's
 */
export async function openReferral(hub: Hub, id: ReferralId, acting: ActingMember): Promise<Referral> {
  const referral = await readReferral(hub.table, id);
  if (!referral || !relationTo(referral, acting)) throw new Rejected('not-found');
  assertMay(acting, 'see-referrals', { ownedBy: acting.member.party });
  if ('person' in referral)
    await recordTrace(hub.table, {
      type: 'referral',
      by: actorOf(acting),
      door: 'console',
      referral: id,
      on: 'viewed',
    });
  return referral;
}

/**
 * Accepts, declines or ends a referral, or writes down that the person has withdrawn their consent.
 * @throws {@link Rejected} `stage-changed` where somebody was quicker, `forbidden`, `not-found`
 */
export async function answerReferral(
  hub: Hub,
  id: ReferralId,
  on: ReferralOutcome,
  acting: ActingMember,
): Promise<Referral> {
  const before = await readReferral(hub.table, id);
  const as = before && relationTo(before, acting);
  if (!before || !as) throw new Rejected('not-found');
  assertMay(acting, actionFor[on], { ownedBy: acting.member.party });
  const by = actorOf(acting);
  const after = changeReferral(before, on, { as, by, now: instant(Date.now()) });
  try {
    await replaceReferral(hub.table, before, after);
  } catch (error) {
    throw error instanceof ConditionFailed ? new Rejected('stage-changed') : error;
  }
  await recordTrace(hub.table, { type: 'referral', by, door: 'console', referral: id, on });
  return after;
}
