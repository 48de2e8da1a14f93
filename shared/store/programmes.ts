import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { digest } from '../audit/digest.ts';
import type { ProgrammeId } from '../domain/ids.ts';
import { type Figures, type Moves, Programme } from '../entities/programme/programme.ts';
import { drawnBy } from '../kinds/parts.ts';
import { listCases } from './cases.ts';
import { keys } from './keys.ts';
import { ConditionFailed, get, type Item, put, queryAll, type Table, toItem, transact } from './table.ts';

/** What can change is an attribute of its own, so that a condition can test it. What is reserved follows from the others. */
function programmeItem(programme: Programme): Item {
  const { available, reserved: _reserved, paid, returned, ...data } = Programme.parse(programme);
  return { ...keys.programme(programme.id), entity: 'programme', available, paid, returned, data };
}

const Terms = z.looseObject({ budget: z.int() });
const Kept = z.object({ available: z.int(), paid: z.int().default(0), returned: z.int().default(0) });

function fromItem(item: Item): Programme {
  const kept = Kept.parse(item);
  const reserved = Terms.parse(item.data).budget - kept.available - kept.paid + kept.returned;
  return Programme.parse(Object.assign({}, item.data, { ...kept, reserved }));
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
 * Moves money between the figures of a programme, in fen: what is available, reserved and paid, less what was returned, is its budget
 * before and after. Nothing falls below zero, however many do it at once: DynamoDB tests it in the transaction that decides. What
 * is paid or returned does not move in a programme whose figures were not counted yet, see {@link countFigures}.
 */
export function budgetChange(table: Table, id: ProgrammeId, moves: Moves): TransactWriteItem {
  const moved = (['available', 'paid', 'returned'] as const).filter(
    (name) => name === 'available' || moves[name] !== 0,
  );
  const values = moved.flatMap((name) => [
    [`:${name}`, moves[name]],
    [`:least_${name}`, Math.max(0, -moves[name])],
  ]);
  return {
    Update: {
      TableName: table.name,
      Key: toItem({ ...keys.programme(id) }),
      UpdateExpression: `SET ${moved.map((name) => `${name} = ${name} + :${name}`).join(', ')}`,
      ConditionExpression: moved.map((name) => `${name} >= :least_${name}`).join(' AND '),
      ExpressionAttributeValues: toItem(Object.fromEntries(values)),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Whether the item is a programme of which 0.1.0 kept only what is available. */
export function isUncounted(item: Item | undefined): boolean {
  return item?.entity === 'programme' && item.paid === undefined;
}

/**
 * Counts what the grants of a programme of 0.1.0 were paid, once: until then nothing can be paid or come back, so that nothing is
 * counted twice. Cost: two Queries of the funder's grants and a read a grant, and a write.
 */
export async function countFigures(table: Table, id: ProgrammeId): Promise<void> {
  const item = await get(table, keys.programme(id));
  if (!item || !isUncounted(item)) return;
  const { funder } = fromItem(item);
  const sums = new Map<string, Figures>();
  // twice: a grant that goes back to an earlier stage meanwhile is not missed
  for (let pass = 0; pass < 2; pass++) {
    let cursor: string | undefined;
    do {
      const page = await listCases(table, { as: 'partner', party: funder, kind: 'grant', cursor, limit: 100 });
      for (const one of page.items) {
        const drawn = drawnBy(one);
        if (drawn?.programme === id) sums.set(one.id, drawn.figures);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
  }
  const sumOf = (name: 'paid' | 'returned') => [...sums.values()].reduce((sum, one) => sum + one[name], 0);
  const counted = { ':paid': sumOf('paid'), ':returned': sumOf('returned') };
  try {
    await transact(table, [
      {
        Update: {
          TableName: table.name,
          Key: toItem({ ...keys.programme(id) }),
          UpdateExpression: 'SET paid = :paid, returned = :returned',
          ConditionExpression: 'attribute_not_exists(paid)',
          ExpressionAttributeValues: toItem(counted),
        },
      },
    ]);
  } catch (error) {
    // somebody counted it meanwhile
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** Counts the figures of all programmes of 0.1.0. Cost: a Query, and {@link countFigures} for each of them. */
export async function countAllFigures(table: Table): Promise<void> {
  const uncounted = (await queryAll(table, keys.programme('').pk)).filter(isUncounted);
  for (const item of uncounted) await countFigures(table, fromItem(item).id);
}
