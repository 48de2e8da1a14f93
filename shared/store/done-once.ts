import { createHash } from 'node:crypto';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { get, type Item, put, save, type Table } from './table.ts';

/** How long an idempotency key is remembered, in days; far longer than any client retries. */
const REMEMBERED_DAYS = 30;

/** What was done under a key: a hash of the request, and what came of it. */
export interface Once {
  readonly request: string;
  readonly result: string;
}

/** A stable hash of whatever was sent. */
export function requestHash(request: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([request]))
    .digest('base64url');
}

/** The name under which a caller's key is kept: callers do not see one another's. */
export function onceName(scope: string, key: string): string {
  return createHash('sha256').update(`${scope}\n${key}`).digest('base64url');
}

/** The item that remembers what was done under a name. */
export function onceItem(name: string, once: Once, now = Date.now()): Item {
  const expires = expiresAfter(now, REMEMBERED_DAYS);
  return { ...keys.once(name), entity: 'once', expires, ...once };
}

/** Remembers, in the transaction that does it, that something was done; fails where it already was. */
export function rememberingOnce(table: Table, name: string, once: Once, now?: number): TransactWriteItem {
  return put(table, onceItem(name, once, now), true);
}

export function onceFrom(item: Item | undefined): Once | undefined {
  return item && item.entity === 'once' ? { request: String(item.request), result: String(item.result) } : undefined;
}

/** Cost: one consistent read. */
export async function readOnce(table: Table, name: string): Promise<Once | undefined> {
  return onceFrom(await get(table, keys.once(name)));
}

/** Marks as done what does no harm when it is done twice at once. Cost: one write. */
export async function markOnce(table: Table, name: string, result: string): Promise<void> {
  await save(table, onceItem(name, { request: '', result }));
}
