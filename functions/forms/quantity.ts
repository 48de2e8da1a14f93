/**
 * A whole number as people type it ("1,000", "１０００", "2万"), null for nothing at all, undefined for anything else.
 * Whether it is in bounds is the schema's to say.
 */
export function parseQuantity(text: string): number | null | undefined {
  const plain = text.normalize('NFKC').replace(/[,，\s]/g, '');
  if (plain === '') return null;
  const match = /^(\d{1,12})(?:\.(\d{1,4}))?(万)?$/.exec(plain);
  if (!match) return undefined;
  const count = Number(`${match[1]}.${match[2] ?? 0}`) * (match[3] ? 10_000 : 1);
  const whole = Math.round(count);
  return Math.abs(count - whole) < 1e-6 ? whole : undefined;
}
