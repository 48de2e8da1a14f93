import { type FieldProblem, Rejected } from './errors.ts';
import type { LocalDate } from './time.ts';

/** The days between which a typed day can be true; left out where there is no end. */
interface Bounds {
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

/** What is wrong with a day that somebody typed: what has happened is not ahead, what is to come is not over, and both fit the case. */
export function dayProblems(pointer: string, day: LocalDate, { from, to }: Bounds, today: LocalDate): FieldProblem[] {
  if (to !== undefined && day > to)
    return to === today ? [{ pointer, code: 'in-the-future' }] : [{ pointer, code: 'too-late', params: { date: to } }];
  if (from !== undefined && day < from)
    return from === today && to !== today
      ? [{ pointer, code: 'in-the-past' }]
      : [{ pointer, code: 'too-early', params: { date: from } }];
  return [];
}

/** @throws {@link Rejected} `invalid` at the field, see {@link dayProblems} */
export function assertDay(...asked: Parameters<typeof dayProblems>): void {
  const fields = dayProblems(...asked);
  if (fields.length > 0) throw new Rejected('invalid', { fields });
}
