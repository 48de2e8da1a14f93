import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../domain/time.ts';
import { keys } from './keys.ts';
import { ConditionFailed, type Item, put, queryAll, type Table, toItem, transact } from './table.ts';

/**
 * An order to check again who may answer the open tasks of an organization's cases. It is given when the organization's people
 * or addresses change, or when somebody declares an interest in it. The sweep carries it out and keeps its place in it.
 */
export interface Recheck {
  /** whose cases, as an index has it: those of a party, or of an organization by its name */
  readonly whose: string;
  /** the instant of the change; a later order takes the place of this one */
  readonly at: string;
  /** the cursor of the page that comes next; left out, from the first */
  readonly cursor?: string | undefined;
}

function itemOf({ whose, at, cursor }: Recheck): Item {
  return { ...keys.looking(whose), entity: 'looking', at, cursor };
}

/** The write that orders a recheck from the first case on; it belongs into the transaction of the change. */
export function requestRecheck(table: Table, whose: string, at: Instant): TransactWriteItem {
  return put(table, itemOf({ whose, at }));
}

/** The rechecks that are ordered and not finished. Cost: one Query. */
export async function listRechecks(table: Table): Promise<Recheck[]> {
  return (await queryAll(table, keys.looking('').pk)).map(({ sk, at, cursor }) => ({
    whose: String(sk),
    at: String(at),
    cursor: cursor === undefined ? undefined : String(cursor),
  }));
}

/**
 * Saves how far a recheck has come, or removes a finished one. An order that was given again meanwhile stays as it is. Cost: a
 * transaction of one item.
 * @param cursor the next page, null when the recheck is finished
 */
export async function saveRecheck(table: Table, recheck: Recheck, cursor: string | null): Promise<void> {
  const still = {
    TableName: table.name,
    ConditionExpression: '#at = :at',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: toItem({ ':at': recheck.at }),
  };
  const write =
    cursor === null
      ? { Delete: { ...still, Key: toItem({ ...keys.looking(recheck.whose) }) } }
      : { Put: { ...still, Item: toItem(itemOf({ ...recheck, cursor })) } };
  try {
    await transact(table, [write]);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
