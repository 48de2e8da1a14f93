import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { Rejected } from '../domain/errors.ts';
import { onceName, readOnce, rememberingOnce, requestHash } from './done-once.ts';
import type { Table } from './table.ts';

/** A caller's `Idempotency-Key`, whose it is, and what it was sent with. */
export interface Idempotency {
  /** whose key: a member's id, a link, or `public` */
  readonly scope: string;
  readonly key: string;
  readonly request: unknown;
}

/**
 * What was done under this key before, or undefined.
 * @throws {@link Rejected} `idempotency-mismatch` when it was another request
 */
export async function replay(table: Table, once: Idempotency | undefined): Promise<string | undefined> {
  if (!once) return undefined;
  const known = await readOnce(table, onceName(once.scope, once.key));
  if (!known) return undefined;
  if (known.request !== requestHash(once.request)) throw new Rejected('idempotency-mismatch');
  return known.result;
}

/** The write that remembers the request in the transaction that carries it out. */
export function remembering(table: Table, once: Idempotency | undefined, result: string): TransactWriteItem[] {
  if (!once) return [];
  return [rememberingOnce(table, onceName(once.scope, once.key), { request: requestHash(once.request), result })];
}
