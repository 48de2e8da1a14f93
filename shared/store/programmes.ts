import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { Programme } from '../domain/grant/programme.ts';
import type { ProgrammeId } from '../domain/ids.ts';
import { keys } from './keys.ts';
import { get, type Item, put, queryAll, type Table, toItem, transact } from './table.ts';

/** `available` is an attribute of its own, so that a condition can test and change it. */
function programmeItem(programme: Programme): Item {
  const { available, ...data } = Programme.parse(programme);
  return { ...keys.programme(programme.id), entity: 'programme', available, data };
}

function fromItem(item: Item): Programme {
  return Programme.parse(Object.assign({}, item.data, { available: item.available }));
}

/** Cost: one consistent read. */
export async function readProgramme(table: Table, id: ProgrammeId): Promise<Programme | undefined> {
  const item = await get(table, keys.programme(id));
  return item && fromItem(item);
}

/** All programmes, open and closed: a hub has tens, not thousands. Cost: one Query. */
export async function listProgrammes(table: Table): Promise<Programme[]> {
  return (await queryAll(table, keys.programme('').pk)).map(fromItem);
}

/** Publishes a programme; throws {@link ConditionFailed} when its id is taken. */
export async function publishProgramme(
  table: Table,
  programme: Programme,
  also: readonly TransactWriteItem[] = [],
): Promise<void> {
  await transact(table, [put(table, programmeItem(programme), true), ...also]);
}

/** Takes no more applications from now on. */
export function closingProgramme(table: Table, id: ProgrammeId, at: string): TransactWriteItem {
  return {
    Update: {
      TableName: table.name,
      Key: toItem({ ...keys.programme(id) }),
      // closing it again keeps the moment it was closed
      UpdateExpression: 'SET #data.closedAt = if_not_exists(#data.closedAt, :at)',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#data': 'data' },
      ExpressionAttributeValues: toItem({ ':at': at }),
    },
  };
}

/**
 * Changes what a programme has left, in fen. Reserving (negative) holds only while enough is left, however many do it
 * at once: DynamoDB tests it in the transaction that decides.
 */
export function budgetChange(table: Table, id: ProgrammeId, by: number): TransactWriteItem {
  return {
    Update: {
      TableName: table.name,
      Key: toItem({ ...keys.programme(id) }),
      UpdateExpression: 'SET available = available + :by',
      ConditionExpression: 'available >= :least',
      ExpressionAttributeValues: toItem({ ':by': by, ':least': Math.max(0, -by) }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}
