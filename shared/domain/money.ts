import * as z from 'zod';

/** The most that any amount may be, a sum included: a billion yuan. */
const MOST_FEN = 100_000_000_000;

/** Money in fen (hundredths of a yuan), a whole number: never a fraction, never a float's rounding. */
export const Fen = z.int().min(0).max(MOST_FEN);
export type Fen = z.infer<typeof Fen>;

/** An amount that is asked for, awarded or paid: more than nothing. */
export const PositiveFen = Fen.min(1);

/** The one currency that programmes are kept in so far; it is stored beside every amount. */
export const currency = 'CNY' as const;

/** `12,345.60` from fen. */
export function formatFen(fen: Fen): string {
  const yuan = Math.trunc(fen / 100).toString();
  return `${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${(fen % 100).toString().padStart(2, '0')}`;
}

/** Holds lines of money to a sum that is an amount itself, as each of them is. */
export function boundedSum<Line extends { readonly amount: Fen }>(
  lines: readonly Line[],
  context: z.RefinementCtx<readonly Line[]>,
): void {
  if (sumFen(lines.map(({ amount }) => amount)) > MOST_FEN)
    context.addIssue({ code: 'custom', params: { code: 'sum-too-big', maximum: MOST_FEN } });
}

export function sumFen(amounts: Iterable<Fen>): Fen {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
}
