import type { KeySchema } from '../expressions/index.ts';
import { type AttributeValue, attributeOf, type Item, keyBytes, setAttribute } from '../values/index.ts';

/** Where an item lies: bytes in the order in which it is read. */
export interface Place {
  readonly pk: Uint8Array;
  readonly sk: Uint8Array;
}

const NOTHING = new Uint8Array();
const HASH_BYTES = 4;

/** The place of a partition: its hash, which a scan goes by, and its key. */
export function partitionBytes(value: AttributeValue): Uint8Array {
  const key = keyBytes(value);
  const bytes = new Uint8Array(HASH_BYTES + key.length);
  bytes.set(key, HASH_BYTES);
  new DataView(bytes.buffer).setUint32(0, hashOf(key));
  return bytes;
}

/** Four bytes that are spread evenly over all partitions (FNV-1a, mixed once more). */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The first place of a segment of a scan that is done in `of` parts. */
export function segmentStart(segment: number, of: number): Uint8Array {
  const bytes = new Uint8Array(HASH_BYTES);
  new DataView(bytes.buffer).setUint32(0, Math.ceil((segment * 2 ** 32) / of));
  return bytes;
}

/** Where an item lies by this key; undefined when it lacks an attribute of the key, or has one of another type. */
export function placeOf({ pk, sk }: KeySchema, item: Item): Place | undefined {
  const partition = typed(item, pk);
  if (partition === undefined) return undefined;
  if (sk === undefined) return { pk: partitionBytes(partition), sk: NOTHING };
  const sort = typed(item, sk);
  return sort && { pk: partitionBytes(partition), sk: keyBytes(sort) };
}

function typed(item: Item, { name, type }: KeySchema['pk']): AttributeValue | undefined {
  const value = attributeOf(item, name);
  return value !== undefined && type in value ? value : undefined;
}

/** The attributes of an item that are its key. */
export function keyOf({ pk, sk }: KeySchema, item: Item): Item {
  const found: Record<string, AttributeValue> = {};
  for (const attribute of sk === undefined ? [pk] : [pk, sk]) {
    const value = attributeOf(item, attribute.name);
    if (value) setAttribute(found, attribute.name, value);
  }
  return found;
}

/** Whether two places are the same. */
export const isSamePlace = (one: Place, other: Place): boolean =>
  Buffer.compare(one.pk, other.pk) === 0 && Buffer.compare(one.sk, other.sk) === 0;

/** A place as text, for sets of places. */
export const placeText = ({ pk, sk }: Place): string =>
  `${Buffer.from(pk).toString('base64')} ${Buffer.from(sk).toString('base64')}`;
