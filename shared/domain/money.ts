import * as z from 'zod';

/** Money in fen (hundredths of a yuan), a whole number: never a fraction, never a float's rounding. */
export const Fen = z.int().min(0).max(100_000_000_000);
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

/** Fen from what a person typed ("3,000", "3000.5", "３０００", "1.2万"), or undefined when it is no amount. */
export function parseFen(text: string): Fen | undefined {
  const plain = text.normalize('NFKC').replace(/[,，\s¥￥元]/g, '');
  const match = /^(\d{1,9})(?:\.(\d{1,6}))?(万)?$/.exec(plain);
  if (!match) return undefined;
  const places = match[3] ? 6 : 2;
  const fraction = match[2] ?? '';
  if (fraction.length > places) return undefined;
  const fen = Number(`${match[1]}${fraction.padEnd(places, '0')}`);
  return Fen.safeParse(fen).data;
}

export function sumFen(amounts: Iterable<Fen>): Fen {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
}
