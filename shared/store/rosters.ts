import type { TransactWriteItem, Update } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { classed } from '../domain/privacy/classes.ts';
import { Volunteer } from '../kinds/insurance/input.ts';
import { expiresAfter } from './expiry.ts';
import { type Key, keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { batchDelete, batchPut, queryAll, type Table, toItem } from './table.ts';

/** Rows of a roster that are one item, sealed together: some 15 KB. */
const ROWS_AN_ITEM = 200;

/** For how many days rows stay that no case names: a request that failed half way leaves nobody's number for good. */
const STAGED_DAYS = 1;

export const RosterRows = z.strictObject({ ...classed('personal', { volunteers: z.array(Volunteer) }) });

function partsOf(count: number): number[] {
  return Array.from({ length: Math.ceil(count / ROWS_AN_ITEM) }, (_, part) => part);
}

/**
 * Puts a roster's rows beside the case, for a day; they count only when a transaction names the roster, its count and its
 * hash, and keeps them. Cost: one write a kilobyte, for 1,700 rows some 130.
 */
export async function stageRoster(table: Table, roster: string, volunteers: readonly Volunteer[]): Promise<void> {
  const items = partsOf(volunteers.length).map((part) => ({
    ...keys.rosterRows(roster, part + 1),
    entity: 'roster-rows',
    expires: expiresAfter(Date.now(), STAGED_DAYS),
    ...dataOf(RosterRows, { volunteers: volunteers.slice(part * ROWS_AN_ITEM, (part + 1) * ROWS_AN_ITEM) }),
  }));
  await batchPut(table, items);
}

/** The rows of a roster, by how many people are in it. */
interface Staged {
  readonly id: string;
  readonly count: number;
}

/**
 * Writes that keep the staged rows of a roster for as long as the case has it, and let those go that it took the place of,
 * both in the transaction that says so. Cost: an update of two hundred rows each.
 */
export function takingRoster(table: Table, roster: Staged, before?: Staged): TransactWriteItem[] {
  const update = (id: string, part: number, what: Pick<Update, 'UpdateExpression'>): TransactWriteItem => ({
    Update: {
      TableName: table.name,
      Key: toItem({ ...keys.rosterRows(id, part + 1) }),
      ExpressionAttributeNames: { '#expires': 'expires' },
      ...what,
    },
  });
  const kept = { UpdateExpression: 'REMOVE #expires', ConditionExpression: 'attribute_exists(pk)' };
  const gone = {
    UpdateExpression: 'SET #expires = :now',
    ExpressionAttributeValues: toItem({ ':now': expiresAfter(Date.now(), 0) }),
  };
  return [
    ...partsOf(roster.count).map((part) => update(roster.id, part, kept)),
    ...(before ? partsOf(before.count).map((part) => update(before.id, part, gone)) : []),
  ];
}

/** Takes a roster's rows away again that no transaction made to count. Cost: one write for two hundred rows. */
export async function unstageRoster(table: Table, roster: string, count: number): Promise<void> {
  await batchDelete(
    table,
    partsOf(count).map((part) => keys.rosterRows(roster, part + 1)),
  );
}

/** The rows of a roster in order; rosters of earlier versions have an item a row. Cost: one Query a megabyte. */
export async function readRoster(table: Table, roster: string): Promise<Volunteer[]> {
  const items = await queryAll(table, keys.rosterRows(roster, 0).pk);
  return items.flatMap((item) =>
    item.entity === 'volunteer' ? Volunteer.parse(item.data) : wholeOf(RosterRows, item).volunteers,
  );
}

/** The keys of all items that a roster has. Cost: one Query a megabyte. */
export async function rosterKeys(table: Table, roster: string): Promise<Key[]> {
  const items = await queryAll(table, keys.rosterRows(roster, 0).pk);
  return items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
}
