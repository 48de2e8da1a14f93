import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import { classed } from '../domain/privacy/classes.ts';
import { secretHash } from '../secrets/secret-hash.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { batchPut, queryAll, type Table } from './table.ts';

/** For how many days what was typed waits for its file. */
const KEPT_DAYS = 1;
/** Bytes of a part: sealed and as base64 twice, far below an item's 400 KB. */
const PART = 150_000;
/** More than one request brings. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Names and values of a form, in its order. */
export type TypedFields = readonly (readonly [name: string, value: string])[];
const Fields = z.array(z.tuple([z.string(), z.string()]));

/** A part of what was typed in a form. */
export const TypedPart = z.strictObject({
  /** how many there are */
  ...classed('public', { of: z.int() }),
  ...classed('personal', { base64: z.string() }),
});

/**
 * Keeps what was typed in a form for a day, until its file has come, under a name that nobody can guess. Cost: a write for each part, as a
 * rule one.
 */
export async function keepTyped(table: Table, name: string, fields: TypedFields): Promise<void> {
  const packed = deflateRawSync(JSON.stringify(fields));
  const of = Math.ceil(packed.length / PART);
  const expires = expiresAfter(Date.now(), KEPT_DAYS);
  const items = Array.from({ length: of }, (_, index) => ({
    ...keys.typedPart(secretHash(name), index),
    entity: 'typed-part',
    expires,
    ...dataOf(TypedPart, { of, base64: packed.subarray(index * PART, (index + 1) * PART).toString('base64') }),
  }));
  await batchPut(table, items);
}

/** What was typed in a form; undefined after its day. Cost: one Query a megabyte. */
export async function readTyped(table: Table, name: string): Promise<TypedFields | undefined> {
  const items = await queryAll(table, keys.typedPart(secretHash(name), 0).pk);
  if (items.some((item) => Number(item.expires) <= Date.now() / 1000)) return undefined;
  const parts = items.map((item) => wholeOf(TypedPart, item));
  if (parts.length === 0 || parts.length !== parts[0]?.of) return undefined;
  const packed = Buffer.concat(parts.map(({ base64 }) => Buffer.from(base64, 'base64')));
  return Fields.parse(JSON.parse(inflateRawSync(packed, { maxOutputLength: MOST_BYTES }).toString('utf8')));
}
