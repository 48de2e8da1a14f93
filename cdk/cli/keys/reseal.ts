import { ConditionalCheckFailedException, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type Table, toItem } from '../../../shared/store/table.ts';

/** Items that a page reads, and milliseconds between two pages: some thousand items a second, which leaves people their share. */
const A_PAGE = 200;
const BETWEEN_PAGES = 50;
/** How many items are written at once. */
const AT_ONCE = 20;

const SealedItem = z.object({
  pk: z.string(),
  sk: z.string(),
  sealed: z.object({ key: z.string(), box: z.instanceof(Uint8Array) }),
});
type SealedItem = z.infer<typeof SealedItem>;

/** What one walk through the table met. */
export interface Walk {
  /** items that are sealed with the new key now */
  readonly resealed: number;
  /** items that somebody wrote or removed at the same moment: theirs stands, and the next walk looks again */
  readonly met: number;
}

/** Seals an item anew where it still is as it was read. */
async function resealed({ client, name, vault }: Table, { pk, sk, sealed }: SealedItem): Promise<boolean> {
  if (!vault) throw new Error('sealing anew needs the data key');
  const place = { pk, sk };
  const { key, box } = await vault.seal(place, await vault.open(place, sealed));
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: name,
        Key: toItem(place),
        UpdateExpression: 'SET sealed = :anew',
        ConditionExpression: 'sealed = :read',
        ExpressionAttributeValues: toItem({ ':anew': { key, box }, ':read': sealed }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

/**
 * Walks once through the whole table and seals with the key in use what is sealed with a key before `current`. A version
 * that somebody wrote meanwhile is never overwritten; stopped half-way, another walk goes on with what is left.
 *
 * This is the project's one Scan, and of an operator's command alone: what was registered, imported or traced is found by
 * its own key and by no index, and an index for this would cost every write of every day. Cost: a read of the whole table
 * (consistent), slowed down, and a write for each item that is sealed with an older key.
 * @throws whatever the table throws: what was done stays done
 */
export async function resealOnce(table: Table, current: string): Promise<Walk> {
  let walk: Walk = { resealed: 0, met: 0 };
  let ExclusiveStartKey: ReturnType<typeof toItem> | undefined;
  do {
    const page = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        ProjectionExpression: 'pk, sk, sealed',
        FilterExpression: 'attribute_exists(sealed) AND sealed.#key <> :current',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: toItem({ ':current': current }),
        ConsistentRead: true,
        Limit: A_PAGE,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      }),
    );
    const older = (page.Items ?? [])
      .map((item) => SealedItem.parse(unmarshall(item)))
      // another key was made meanwhile: what it seals is newer still
      .filter(({ sealed }) => Number(sealed.key) < Number(current));
    for (let start = 0; start < older.length; start += AT_ONCE) {
      const done = await Promise.all(older.slice(start, start + AT_ONCE).map((item) => resealed(table, item)));
      const count = done.filter(Boolean).length;
      walk = { resealed: walk.resealed + count, met: walk.met + done.length - count };
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (ExclusiveStartKey) await pause(BETWEEN_PAGES);
  } while (ExclusiveStartKey);
  return walk;
}
