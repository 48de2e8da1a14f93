import * as z from 'zod';
import { Fen } from '../../domain/money.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { optionalLine } from '../../domain/text.ts';
import { Instant, LocalDate } from '../../domain/time.ts';
import type { Figures, Moves } from '../../entities/programme/programme.ts';

export const EntryId = z.string().regex(/^E[1-9]\d{0,3}$/);

/**
 * An entry of the funder's books about an award, in fen. No entry is changed or taken away: a wrong one is corrected by another,
 * and both stay. `failed`: the payment that it corrects did not arrive. `waiver`: it is not asked back.
 */
export const MoneyEntry = z.strictObject(
  classed('party', {
    id: EntryId,
    what: z.enum(['payment', 'failed', 'return', 'waiver']),
    amount: Fen,
    /** the day by the bank; of a waiver, the day on which it was decided */
    on: LocalDate,
    reference: optionalLine(80),
    recordedAt: Instant,
    /** the entry in whose place this one stands */
    corrects: EntryId.optional(),
  }),
);
export type MoneyEntry = z.infer<typeof MoneyEntry>;

/** What the figures of a grant are computed from. A payment of 0.1.0 was no entry. */
interface Kept {
  readonly award?: { readonly amount: number } | undefined;
  readonly payment?:
    | (Pick<MoneyEntry, 'amount' | 'recordedAt'> & { readonly paidOn: LocalDate; readonly reference: string })
    | undefined;
  readonly entries?: readonly MoneyEntry[] | undefined;
  readonly owed?: { readonly amount: number; readonly because: string } | undefined;
}

/** All entries about the award, in their order. */
export function entriesOf({ entries, payment }: Kept): readonly MoneyEntry[] {
  if (entries) return entries;
  if (!payment) return [];
  const { paidOn, amount, reference, recordedAt } = payment;
  return [{ id: 'E1', what: 'payment', amount, on: paidOn, reference, recordedAt }];
}

/** The entries that count: none that another stands in the place of. */
export function standing(kept: Kept, what: MoneyEntry['what']): readonly MoneyEntry[] {
  const entries = entriesOf(kept);
  const corrected = new Set(entries.map(({ corrects }) => corrects));
  return entries.filter((entry) => entry.what === what && !corrected.has(entry.id));
}

function sumOf(kept: Kept, what: MoneyEntry['what']): number {
  return standing(kept, what).reduce((sum, { amount }) => sum + amount, 0);
}

/** What an accepted report says was not spent, less what is not asked back, is the programme's again at once, as grant managers de-obligate. */
function returnedOf(kept: Kept): number {
  return kept.owed?.because === 'unspent' ? kept.owed.amount - sumOf(kept, 'waiver') : sumOf(kept, 'return');
}

/** What a grant has of its programme's budget, in fen; nothing before it was approved and after a way out that released it. */
export function figuresOf(kept: Kept): Figures {
  const paid = sumOf(kept, 'payment');
  return { reserved: paid > 0 ? 0 : (kept.award?.amount ?? 0), paid, returned: returnedOf(kept) };
}

/** What changes in the programme's figures when a grant changes; undefined where nothing does. */
export function movesBetween(before: Kept, after: Kept): Moves | undefined {
  const [was, is] = [figuresOf(before), figuresOf(after)];
  const reserved = is.reserved - was.reserved;
  const paid = is.paid - was.paid;
  const returned = is.returned - was.returned;
  if (reserved === 0 && paid === 0 && returned === 0) return undefined;
  return { available: returned - reserved - paid, reserved, paid, returned };
}

/** What still must come back, in fen. @param owed what was owed at first */
export function outstanding(kept: Kept & { readonly owed: { readonly amount: number } }): number {
  return kept.owed.amount - sumOf(kept, 'return') - sumOf(kept, 'waiver');
}

/** The entries with one more. */
export function entered(kept: Kept, entry: Omit<MoneyEntry, 'id'>): MoneyEntry[] {
  const entries = entriesOf(kept);
  return [...entries, { id: `E${entries.length + 1}`, ...entry }];
}
