import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { digest } from '../audit/digest.ts';
import type { ProgrammeId } from '../domain/ids.ts';
import { Programme } from '../entities/programme/programme.ts';
import { keys } from './keys.ts';
import { get, type Item, put, queryAll, type Table, toItem } from './table.ts';

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

/** The write of a new programme; it fails when its id is taken. */
export function publishing(table: Table, programme: Programme): TransactWriteItem {
  return put(table, programmeItem(programme), true);
}

/** What binds the terms of a programme to the trace of its publishing: all but what is left of it, and when it was closed. */
export function programmeDigest(item: Item): string {
  const { closedAt: _closed, ...terms } = z.record(z.string(), z.unknown()).parse(item.data);
  return digest('programme', terms);
}

/** The same of a programme as it is published. */
export function termsDigest(programme: Programme): string {
  return programmeDigest(programmeItem(programme));
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
