import * as z from 'zod';
import { CaseId, MemberId, PartyId, TaskId } from './ids.ts';
import { classed } from './privacy/classes.ts';
import { hubHour, Instant, instant } from './time.ts';

/** How often a desk's work is told by mail: each question as it comes, or what came together. */
export const mailPaces = ['at-once', 'hourly', 'twice-daily', 'daily'] as const;
export const MailPace = z.enum(mailPaces);
export type MailPace = z.infer<typeof MailPace>;
export type DigestPace = Exclude<MailPace, 'at-once'>;

/** Who has not chosen: two mails a day are read, hundreds are not. */
export const usualPace = 'twice-daily' satisfies MailPace;

const HOUR = 3_600_000;
/**
 * What is told so shortly before an hour stands in the next digest, in milliseconds: the notifier ends within two minutes, so nothing is written
 * into a digest that may be under way already.
 */
const MARGIN = 5 * 60_000;

const everyHour = Array.from({ length: 24 }, (_, hour) => hour);
/** The hours of the hub's day at which digests go out. */
const hoursOf: Readonly<Record<DigestPace, readonly number[]>> = {
  hourly: everyHour,
  'twice-daily': [8, 16],
  daily: [8],
};

/** When the digest goes out that takes in what happens now: a full hour at the hub. */
export function nextDigest(pace: DigestPace, now: number): Instant {
  const first = Math.ceil((now + MARGIN) / HOUR) * HOUR;
  const at = everyHour.map((hours) => first + hours * HOUR).find((hour) => hoursOf[pace].includes(hubHour(hour)));
  return instant(at ?? first);
}

/** What happened to a question: it was put, its due time passed, or it went up since it passed again. */
export const digestSorts = ['asked', 'reminded', 'escalated'] as const;
export type DigestSort = (typeof digestSorts)[number];

/** Something that happened, in the one digest in which somebody is told of it. */
export const DigestEntry = z.strictObject({
  ...classed('public', { caseId: CaseId, task: TaskId, sort: z.enum(digestSorts) }),
  /** whose question it was */
  ...classed('party', { desk: PartyId }),
});
export type DigestEntry = z.infer<typeof DigestEntry>;

/** A member's digest, by the hour at which it goes out. */
export const Digest = z.strictObject({
  ...classed('party', { party: PartyId, who: MemberId }),
  ...classed('public', { slot: Instant }),
});
export type Digest = z.infer<typeof Digest>;
