import { type Acting, type ActingMember, actorOf, assertMay, may } from '../answering/acting.ts';
import { recordTrace, type TraceChannel, toldNow } from '../audit/record.ts';
import { assertPartyMaySend } from '../case/limits.ts';
import { pointerTo } from '../case/person-index.ts';
import { Rejected } from '../domain/errors.ts';
import { ReferralId as Id, newReferralId, newSlug, type ReferralId } from '../domain/ids.ts';
import type { Letter } from '../domain/letter.ts';
import { parseInput } from '../domain/problems.ts';
import {
  changeReferral,
  newReferral,
  outcomesFor,
  type ReferralBy,
  type ReferralOutcome,
} from '../domain/referral/change.ts';
import { REFERRAL_DAYS, type Referral, ReferralInput } from '../domain/referral/referral.ts';
import { instant } from '../domain/time.ts';
import { expiresAfter } from '../store/expiry.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering, replay } from '../store/idempotency.ts';
import { type Key, keys } from '../store/keys.ts';
import { posting } from '../store/letters.ts';
import { readParty } from '../store/parties.ts';
import { readReferral, replacingReferral, savingReferral } from '../store/referrals.ts';
import { ConditionFailed, put, remove } from '../store/table.ts';
import { transactTraced } from '../store/traces.ts';

/** Parties that may be asked to help a person: who holds money or goods, knows the place, or runs the hub. */
const receiving: ReadonlySet<string> = new Set(['organization', 'funder', 'hub']);

/** Tells the receiver, by mail, that there is something in the console; what it is stands there alone. */
function letterAbout({ id: referral, to: party }: Referral, on: 'offered' | 'withdrawn'): Letter {
  return { type: 'referral', id: newSlug(), at: instant(Date.now()), party, referral, on };
}

/** Where a referral's person is found by their telephone number, if it has one. */
async function pointersOf(hub: Hub, referral: Referral): Promise<Key[]> {
  const phone = 'person' in referral ? referral.person.phone : undefined;
  return phone === undefined ? [] : [await pointerTo(hub, 'phone', phone, keys.referralPlace(referral.id))];
}

/**
 * The write by which a person who asks what is kept about them is found in a new referral, for as long as it can last: it may be
 * accepted on its last day.
 */
async function findable(hub: Hub, referral: Referral) {
  const expires = expiresAfter(referral.madeAt, 2 * REFERRAL_DAYS);
  return (await pointersOf(hub, referral)).map((pointer) => put(hub.table, { ...pointer, entity: 'person', expires }));
}

/**
 * The writes of a referral after somebody in this relation did something with it. Where it ends, its person is found in it
 * no more; whoever was asked to help hears at once that they no longer may. Cost: one to three items in a transaction.
 */
export async function changing(hub: Hub, before: Referral, after: Referral, as: ReferralBy) {
  const isOver = !('person' in after);
  const isTold = after.stage === 'withdrawn' && as === 'referrer';
  return [
    replacingReferral(hub.table, before, after),
    ...(isOver ? (await pointersOf(hub, before)).map((pointer) => remove(hub.table, pointer)) : []),
    ...(isTold ? [posting(hub.table, letterAbout(after, 'withdrawn'))] : []),
  ];
}

/**
 * Refers a person in need, who agreed, to another party. Cost: two reads, a write, and a transaction of seven items.
 * @throws {@link Rejected} `forbidden`, `too-many-requests`, or a problem for every wrong field
 */
export async function referPerson(
  hub: Hub,
  body: unknown,
  acting: ActingMember,
  door: TraceChannel,
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
  await assertPartyMaySend(hub.table, party, 'referral/party');
  const by = actorOf(acting);
  const referral = newReferral(input, { id: newReferralId(), from: party, by, now: instant(Date.now()) });
  const told = toldNow({ type: 'referral', by, door, referral: referral.id, on: 'offered' });
  const writes = [
    ...remembering(hub.table, once, referral.id),
    ...savingReferral(hub.table, referral),
    ...(await findable(hub, referral)),
    posting(hub.table, letterAbout(referral, 'offered')),
  ];
  try {
    await transactTraced(hub.table, writes, told);
  } catch (error) {
    const first = error instanceof ConditionFailed ? await replay(hub.table, once) : undefined;
    if (first === undefined) throw error;
    return Id.parse(first);
  }
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
export async function openReferral(
  hub: Hub,
  id: ReferralId,
  acting: ActingMember,
  door: TraceChannel,
): Promise<Referral> {
  const referral = await readReferral(hub.table, id);
  if (!referral || !relationTo(referral, acting)) throw new Rejected('not-found');
  assertMay(acting, 'see-referrals', { ownedBy: acting.member.party });
  if ('person' in referral)
    await recordTrace(hub.table, { type: 'referral', by: actorOf(acting), door, referral: id, on: 'viewed' });
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
  door: TraceChannel,
  once?: Idempotency,
): Promise<Referral> {
  const before = await readReferral(hub.table, id);
  const as = before && relationTo(before, acting);
  if (!before || !as) throw new Rejected('not-found');
  assertMay(acting, actionFor[on], { ownedBy: acting.member.party });
  const by = actorOf(acting);
  const after = changeReferral(before, on, { as, by, now: instant(Date.now()) });
  const writes = [...(await changing(hub, before, after, as)), ...remembering(hub.table, once, id)];
  try {
    await transactTraced(hub.table, writes, toldNow({ type: 'referral', by, door, referral: id, on }));
  } catch (error) {
    throw error instanceof ConditionFailed ? new Rejected('stage-changed') : error;
  }
  return after;
}
