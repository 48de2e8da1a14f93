import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../domain/time.ts';
import { keys } from './keys.ts';
import { get, remove, save, type Table } from './table.ts';

/** Remembers that mail to an address, by its keyed hash, does not arrive. Cost: one write. */
export async function markUndeliverable(table: Table, hash: string, at: Instant): Promise<void> {
  await save(table, { ...keys.undeliverable(hash), entity: 'undeliverable', at });
}

/** Cost: one consistent read. */
export async function isUndeliverable(table: Table, hash: string): Promise<boolean> {
  return (await get(table, keys.undeliverable(hash))) !== undefined;
}

/** The write after which mail goes to the address again. Cost: one item in a transaction. */
export function deliverableAgain(table: Table, hash: string): TransactWriteItem {
  return remove(table, keys.undeliverable(hash));
}
