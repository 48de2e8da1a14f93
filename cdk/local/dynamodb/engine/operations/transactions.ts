import { EngineError, invalid } from '../engine-error.ts';
import { type Place, placeText } from '../storage/place.ts';
import type { Table } from '../storage/table.ts';
import type { Item } from '../values/index.ts';
import { UnfitItem } from './item-checks.ts';
import { type Input, isInput } from './operation.ts';

/** Why a part of a transaction stood in its way; `None` for those that did not. */
export interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

export const NONE: Reason = { Code: 'None' };
export const conflict: Reason = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };

/** A part of a transaction: what it is, and what it says. */
export interface TransactItem {
  readonly kind: string;
  readonly part: Input;
}

/** The parts of a transaction that was checked, each of one of these kinds. */
export function transactItems({ TransactItems }: Input, kinds: readonly string[]): readonly TransactItem[] {
  const items: readonly unknown[] = Array.isArray(TransactItems) ? TransactItems : [];
  return items.filter(isInput).flatMap((item) =>
    kinds.flatMap((kind) => {
      const part = item[kind];
      return isInput(part) ? [{ kind, part }] : [];
    }),
  );
}

/** Reads each part. Throws what is wrong with the request; parts that their tables do not take cancel the transaction. */
export function readParts<T>(items: readonly TransactItem[], read: (item: TransactItem) => T): readonly T[] {
  const outcomes = items.map((item) => {
    try {
      return { part: read(item) };
    } catch (error) {
      if (error instanceof UnfitItem) return { reason: { Code: 'ValidationError', Message: error.message } };
      throw error;
    }
  });
  const reasons: readonly Reason[] = outcomes.map(({ reason }) => reason ?? NONE);
  if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
  return outcomes.flatMap(({ part }) => (part === undefined ? [] : [part]));
}

/** Throws in AWS's words when two parts are about the same item. */
export function refuseDoubles(parts: readonly { readonly table: Table; readonly place: Place }[]): void {
  const places = new Set(parts.map(({ table, place }) => `${table.id} ${placeText(place)}`));
  if (places.size < parts.length) throw invalid('Transaction request cannot include multiple operations on one item');
}

/** The error of a transaction that was not done. */
export function cancelled(reasons: readonly Reason[]): EngineError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new EngineError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}
