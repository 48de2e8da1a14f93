import type { TransactWriteItem, Update } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { CaseId } from '../domain/ids.ts';
import { classed } from '../domain/privacy/classes.ts';
import type { LocalDate } from '../domain/time.ts';
import { Volunteer } from '../kinds/insurance/input.ts';
import { expiresAfter } from './expiry.ts';
import { type Key, keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { batchDelete, batchPut, get, queryAll, type Table, toItem } from './table.ts';

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

export interface Cover {
  /** keyed hash of the identity number */
  readonly person: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * Enters who is covered by a case, from when to when, both days included, and then that all of them are entered. Doing it
 * again changes nothing. Cost: one write a person and one for the case.
 */
export async function saveCovers(table: Table, id: CaseId, covers: readonly Cover[]): Promise<void> {
  await batchPut(
    table,
    covers.map(({ person, from, to }) => ({
      ...keys.cover(person, id),
      entity: 'cover',
      from,
      to,
      expires: expiresAfter(to, 90),
    })),
  );
  await batchPut(table, [{ ...keys.covered(id), entity: 'covered', people: covers.length }]);
}

/** Whether all of a request's people were entered as covered. Cost: one consistent read. */
export async function areCovered(table: Table, id: CaseId): Promise<boolean> {
  return (await get(table, keys.covered(id))) !== undefined;
}

/** How many queries for covers are under way at once. */
const AT_ONCE = 25;

/** Which of the people (by keyed hash) are covered on some day of the period. Cost: one Query a person. */
export async function coveredPeople(
  table: Table,
  people: readonly string[],
  period: { from: LocalDate; to: LocalDate },
): Promise<Set<string>> {
  const covered = new Set<string>();
  for (let start = 0; start < people.length; start += AT_ONCE) {
    await Promise.all(
      people.slice(start, start + AT_ONCE).map(async (person) => {
        const items = await queryAll(table, keys.coversOf(person));
        if (items.some((item) => String(item.from) <= period.to && String(item.to) >= period.from)) covered.add(person);
      }),
    );
  }
  return covered;
}
