import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../domain/time.ts';
import { keys } from './keys.ts';
import { ConditionFailed, type Item, put, queryAll, type Table, toItem, transact } from './table.ts';

/**
 * That it is to be looked anew whose the open questions of an organization's cases are, since its people, its addresses or
 * an interest in it changed: from when that is so, and how far it has come.
 */
export interface Looking {
  /** whose cases, as an index has it: those of a party, or of an organization by its name */
  readonly whose: string;
  readonly at: string;
  /** the cursor of the page that comes next; left out, from the first */
  readonly cursor?: string | undefined;
}

function itemOf({ whose, at, cursor }: Looking): Item {
  return { ...keys.looking(whose), entity: 'looking', at, cursor };
}

/** The write that asks for it, from the beginning, in the transaction of what changed. */
export function askingToLook(table: Table, whose: string, at: Instant): TransactWriteItem {
  return put(table, itemOf({ whose, at }));
}

/** What was asked for and is not done. Cost: one Query. */
export async function lookings(table: Table): Promise<Looking[]> {
  return (await queryAll(table, keys.looking('').pk)).map(({ sk, at, cursor }) => ({
    whose: String(sk),
    at: String(at),
    cursor: cursor === undefined ? undefined : String(cursor),
  }));
}

/**
 * Keeps how far it has come, or that it is done; what was asked for again meanwhile stays as it was asked. Cost: a transaction of one item.
 * @param cursor where it goes on, null when it is done
 */
export async function lookedTo(table: Table, looking: Looking, cursor: string | null): Promise<void> {
  const still = {
    TableName: table.name,
    ConditionExpression: '#at = :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: toItem({ ':at': looking.at }),
  };
  const write =
    cursor === null
      ? { Delete: { ...still, Key: toItem({ ...keys.looking(looking.whose) }) } }
      : { Put: { ...still, Item: toItem(itemOf({ ...looking, cursor })) } };
  try {
    await transact(table, [write]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
