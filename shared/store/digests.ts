import { Digest, DigestEntry } from '../domain/digest.ts';
import { rememberingOnce } from './done-once.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import {
  ConditionFailed,
  type Item,
  put,
  query,
  queryAll,
  remove,
  save,
  type Table,
  toItem,
  transact,
} from './table.ts';

/** How long what stands in a digest is kept, in days: as long as its mail may be sent again. */
const KEPT_DAYS = 90;

/** A digest with the name of its mail. */
export interface NamedDigest extends Digest {
  readonly name: string;
}

/** Digests that this process knows to be collected: one that it has begun need not be begun again. */
const begun = new Set<string>();
const MOST_BEGUN = 1_000;

/**
 * Has a digest go out at its hour. Not in the transaction of what is entered: an import enters two hundred things at once, and all would
 * write this one item.
 */
async function begin(table: Table, { name, ...digest }: NamedDigest): Promise<void> {
  const known = `${table.name} ${name}`;
  if (begun.has(known)) return;
  await save(table, { ...keys.digest(digest.slot, name), entity: 'digest', name, data: Digest.parse(digest) });
  if (begun.size >= MOST_BEGUN) begun.clear();
  begun.add(known);
}

/**
 * Enters what happened into somebody's digest, once for each `name`. Cost: a transaction of two items, and for the first of a digest a write.
 * @param name what a mail of its own would be known by
 */
export async function enterDigest(table: Table, name: string, entry: DigestEntry, digest: NamedDigest): Promise<void> {
  await begin(table, digest);
  const { party, who, slot } = digest;
  const item = { ...keys.digestEntry(party, who, slot, name), entity: 'digest-entry', data: DigestEntry.parse(entry) };
  try {
    await transact(table, [
      rememberingOnce(table, name, { request: '', result: `digest ${slot}` }),
      put(table, { ...item, expires: expiresAfter(slot, KEPT_DAYS) }),
    ]);
  } catch (error) {
    // it stands in a digest, or was mailed, already
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** What stands in a digest. Cost: one Query. */
export async function digestEntries(table: Table, { party, who, slot }: Digest): Promise<DigestEntry[]> {
  const items = await queryAll(table, keys.digestEntries(party, who), `${slot}#`);
  return items.map((item) => DigestEntry.parse(item.data));
}

/** The digests whose hour has come. Cost: a Query a page, of small items. */
export async function* digestsDue(table: Table, now: string): AsyncGenerator<NamedDigest> {
  let last: Item | undefined;
  do {
    const page = await query(table, {
      KeyConditionExpression: 'pk = :pk AND sk < :after',
      ExpressionAttributeValues: toItem({ ':pk': keys.digests, ':after': `${now}#~` }),
      ConsistentRead: true,
      ...(last && { ExclusiveStartKey: toItem(last) }),
    });
    for (const item of page.items) yield { ...Digest.parse(item.data), name: String(item.name) };
    last = page.last;
  } while (last);
}

/** Ends the collecting of a digest: its mail is out, waits, or is given up. Cost: one item in a transaction. */
export async function endDigest(table: Table, { slot, name }: NamedDigest): Promise<void> {
  await transact(table, [remove(table, keys.digest(slot, name))]);
}
