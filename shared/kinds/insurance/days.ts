import type { FieldProblem } from '../../domain/errors.ts';
import { addDays, type LocalDate, localDate } from '../../domain/time.ts';
import { dayProblems } from '../../domain/typed-day.ts';
import type { InsuranceCase } from './case.ts';
import { MAX_COVER_DAYS } from './input.ts';

/** Days of cover: the first and the last, both covered. */
export interface Days {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * The earliest day from which an insurer can cover anybody: group accident terms begin at midnight after the insurer was told.
 * @param now milliseconds since 1970
 */
export function earliestCover(now: number): LocalDate {
  return addDays(localDate(now), 1);
}

/** Whether a request that is not bound yet asks for a first day that can no longer be covered. */
export function isStartPassed({ coverFrom, stage }: Pick<InsuranceCase, 'coverFrom' | 'stage'>, now: number): boolean {
  const isOpen = stage !== 'active' && stage !== 'closed' && stage !== 'rejected' && stage !== 'withdrawn';
  return isOpen && coverFrom < earliestCover(now);
}

/**
 * The first day on which the volunteers of a bound request have cover: the insurer's, and never one before the day after the
 * insurer recorded the policy, as releases before took it.
 */
export function coveredFrom({
  coverFrom,
  policy,
}: {
  readonly coverFrom: LocalDate;
  readonly policy: { readonly recordedAt: string };
}) {
  const earliest = earliestCover(Date.parse(policy.recordedAt));
  return coverFrom < earliest ? earliest : coverFrom;
}

/** The days at the beginning that were asked for and that nobody is insured on, since the insurer bound the cover for later ones. */
export function gapOf({
  coverFrom,
  askedFor,
}: {
  readonly coverFrom: LocalDate;
  readonly askedFor?: Days | undefined;
}) {
  if (!askedFor || askedFor.from >= coverFrom) return undefined;
  const dayBefore = addDays(coverFrom, -1);
  return { gapFrom: askedFor.from, gapTo: askedFor.to < dayBefore ? askedFor.to : dayBefore };
}

/** Days before the end at which the organization is told that cover is ending. */
export const NOTICE_DAYS = 3;

/** Whether it is told that cover is ending soon: not when it is over, nor when it has only just begun. */
export function tellsEnding(
  { coverFrom, coverTo }: Pick<InsuranceCase, 'coverFrom' | 'coverTo'>,
  now: number,
): boolean {
  return localDate(now) <= coverTo && addDays(coverFrom, NOTICE_DAYS) <= coverTo;
}

/** What is wrong with the days of a cover, if anything. `prefix` is where they stand in what was sent. */
export function coverProblems({ from, to }: Days, now: number, prefix = ''): FieldProblem[] {
  const earliest = earliestCover(now);
  const over = dayProblems(`${prefix}/coverFrom`, from, { from: localDate(now) }, localDate(now));
  if (over.length > 0) return over;
  if (from < earliest) return [{ pointer: `${prefix}/coverFrom`, code: 'cover-too-soon', params: { earliest } }];
  if (to < from) return [{ pointer: `${prefix}/coverTo`, code: 'before-start' }];
  if (to <= addDays(from, MAX_COVER_DAYS - 1)) return [];
  return [{ pointer: `${prefix}/coverTo`, code: 'too-long-cover', params: { maximum: MAX_COVER_DAYS } }];
}

/** What is left of a period when the taken days are out of it, in order; nothing, one stretch or several. */
export function freeDays(period: Days, taken: readonly Days[]): Days[] {
  const left: Days[] = [];
  let { from } = period;
  for (const held of taken.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if (held.to < from || held.from > period.to) continue;
    if (held.from > from) left.push({ from, to: addDays(held.from, -1) });
    from = addDays(held.to, 1);
  }
  return from > period.to ? left : [...left, { from, to: period.to }];
}

/** The days of a period that are among the taken ones, in order. */
export function takenDays(period: Days, taken: readonly Days[]): Days[] {
  const within = taken.filter(({ from, to }) => from <= period.to && to >= period.from);
  return within
    .map(({ from, to }) => ({
      from: from < period.from ? period.from : from,
      to: to > period.to ? period.to : to,
    }))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
}

/** The same days in as few stretches as there can be, in order. */
export function joinedDays(days: readonly Days[]): Days[] {
  const [first] = days;
  if (!first) return [];
  const all = days.reduce<Days>(
    (whole, { from, to }) => ({ from: from < whole.from ? from : whole.from, to: to > whole.to ? to : whole.to }),
    first,
  );
  return freeDays(all, freeDays(all, days));
}
