import { Rejected } from '../domain/errors.ts';
import type { Case } from '../kinds/case.ts';

/**
 * An item of the table has at most 400 KB. What comes in is kept far below, so that a case has room for all that is
 * decided about it until it is closed: 500 lots, a report, a reason for each answer.
 */
const COMING_IN = 200_000;
/** Answers that ask for more to come stop here; those that lead to an end go on to {@link MOST}. */
const ASKING = 240_000;
const MOST = 390_000;

const asking = new Set(['changes-requested', 'resubmitted', 'amounts']);

/** Bytes of a case as it is stored, nearly: JSON has a little more around each value than the table counts. */
function bytesOf(subject: Case): number {
  return Buffer.byteLength(JSON.stringify(subject));
}

/** Whether what is about to come in as a need will fit. */
export function textFits(body: unknown): boolean {
  // a case has some fields of its own beside what was sent
  return Buffer.byteLength(JSON.stringify(body)) <= COMING_IN - 20_000;
}

/**
 * Refuses a new case, or a change of one, that has more text than can be kept.
 * @param on the outcome that led here; none for a case that is new
 * @throws {@link Rejected} `invalid` with `too-much-text`
 */
export function assertFits(subject: Case, on?: string): void {
  const most = on === undefined ? COMING_IN : asking.has(on) ? ASKING : MOST;
  if (bytesOf(subject) <= most) return;
  const pointer = on === undefined && 'lines' in subject ? '/lines' : '';
  throw new Rejected('invalid', { fields: [{ pointer, code: 'too-much-text' }] });
}
