import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { indexes } from './keys.ts';

/** Over how many keys of an index whatever a whole hub or hour writes is spread: README.md beside says why four. */
export const IndexShards = z.coerce.number().int().min(1).max(32).default(4);
/** How many an installation has that chooses nothing. */
export const SHARDS = IndexShards.parse(undefined);

/** The attributes that are keys of such indexes. */
const shared = Object.values(indexes).flatMap((index) => (index.sharded ? [index.pk] : []));

/** The first has none: items from before there were shards lie in it. No party, desk, kind or hour has a tilde. */
const suffixOf = (shard: number): string => (shard === 0 ? '' : `~${shard}`);
const SUFFIX = /~(\d+)$/;

/** The shard of everything in a partition of the table: a case, its events and tasks have one. */
function shardOf(pk: string, shards: number): number {
  return createHash('sha256').update(pk).digest().readUInt32BE() % shards;
}

/** All keys under which an index may have what belongs under one. */
export function everyShardOf(key: string, shards: number): string[] {
  return Array.from({ length: shards }, (_, shard) => key + suffixOf(shard));
}

/** An item as it is written: under the keys of its shard. */
export function intoShard(item: Record<string, AttributeValue>, shards: number): Record<string, AttributeValue> {
  const suffix = suffixOf(shardOf(item.pk?.S ?? '', shards));
  const moved = shared.flatMap((name) => {
    const key = item[name]?.S;
    return key === undefined ? [] : [[name, { S: key.replace(SUFFIX, '') + suffix }] as const];
  });
  return { ...item, ...Object.fromEntries(moved) };
}

/** An item as it is known, without the shard; one that lies where nobody looks keeps it, so that the audit sees that. */
export function outOfShard<T extends Readonly<Record<string, unknown>>>(item: T, shards: number): T {
  const found = shared.flatMap((name) => {
    const key = String(item[name] ?? '');
    const shard = Number(SUFFIX.exec(key)?.[1] ?? 0);
    return shard > 0 && shard < shards ? [[name, key.replace(SUFFIX, '')] as const] : [];
  });
  return { ...item, ...Object.fromEntries(found) };
}
