import * as z from 'zod';
import { Rejected } from './errors.ts';
import { MemberId, PartyId } from './ids.ts';
import { classed } from './privacy/classes.ts';
import { addDays, Instant, LocalDate } from './time.ts';
import { assertDay } from './typed-day.ts';

/** Days that one naming may last at most: who is away longer is replaced by the party's lead. */
const MOST_DAYS = 60;

const days = classed('party', {
  /** the first day on which the stand-in may act */
  from: LocalDate,
  /** the last one */
  to: LocalDate,
});

/** How a stand-in is named: `standIn` says who, as the list of colleagues does. */
export const StandInInput = z.strictObject({ standIn: z.string().min(1).max(64), ...days });
export type StandInInput = z.infer<typeof StandInInput>;

/** Somebody who may answer in another's place on some days. */
export const StandIn = z.strictObject({
  ...days,
  ...classed('party', {
    id: z.string(),
    standIn: MemberId,
    namedAt: Instant,
    revokedAt: Instant.optional(),
    revokedBy: MemberId.optional(),
  }),
});
export type StandIn = z.infer<typeof StandIn>;

/** All stand-ins that one member of a party named, those that are over too. */
export const StandIns = z.strictObject({
  ...classed('party', {
    party: PartyId,
    member: MemberId,
    /** counts the changes; a write names the one it read, 0 where there was none */
    revision: z.int().min(0),
  }),
  list: z.array(StandIn),
});
export type StandIns = z.infer<typeof StandIns>;

/** Whether the stand-in may act on the day `today`. */
export function isInForce(one: StandIn, today: LocalDate): boolean {
  return one.revokedAt === undefined && one.from <= today && today <= one.to;
}

/** Whether it can still have an effect, today or later. */
export function isAhead(one: StandIn, today: LocalDate): boolean {
  return one.revokedAt === undefined && today <= one.to;
}

/** Namings that are over are kept up to this many a member. */
const KEPT = 50;

/**
 * The list with one more naming.
 * @throws {@link Rejected} `invalid` for days that are past, turned round or too many, or for naming oneself;
 * `stand-in-overlaps` when somebody else is named for one of the days
 */
export function withNaming(before: StandIns, naming: StandIn, today: LocalDate): StandIns {
  const wrong = (pointer: string, code: string, params?: Record<string, number>) =>
    new Rejected('invalid', { fields: [{ pointer, code, ...(params && { params }) }] });
  if (naming.standIn === before.member) throw wrong('/standIn', 'not-a-choice');
  assertDay('/from', naming.from, { from: today }, today);
  if (naming.to < naming.from) throw wrong('/to', 'before-start');
  if (naming.to > addDays(naming.from, MOST_DAYS - 1)) throw wrong('/to', 'too-many-days', { maximum: MOST_DAYS });
  const other = before.list.find((one) => isAhead(one, today) && one.from <= naming.to && naming.from <= one.to);
  if (other) throw new Rejected('stand-in-overlaps', { params: { from: other.from, to: other.to } });
  const ahead = before.list.filter((one) => isAhead(one, today));
  const over = before.list.filter((one) => !isAhead(one, today)).slice(-KEPT);
  return { ...before, revision: before.revision + 1, list: [...over, ...ahead, naming] };
}

/** The list with one naming revoked; undefined when there is none of that id that is still ahead. */
export function withRevocation(
  before: StandIns,
  id: string,
  by: MemberId,
  now: Instant,
  today: LocalDate,
): StandIns | undefined {
  if (!before.list.some((one) => one.id === id && isAhead(one, today))) return undefined;
  const list = before.list.map((one) => (one.id === id ? { ...one, revokedAt: now, revokedBy: by } : one));
  return { ...before, revision: before.revision + 1, list };
}
