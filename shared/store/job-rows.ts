import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod';
import { classified } from '../aws/classified.ts';
import type { Slug } from '../domain/ids.ts';
import type { Job, RowKind, RowResult } from '../domain/jobs/job.ts';
import { type RowOf, rowKinds, rowSchemas } from '../domain/jobs/kinds.ts';
import { expiresAfter } from './expiry.ts';
import { A_PART, rowOf, type StagedRow } from './jobs.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { batchGet, batchPut, type Item, query, type Table, toItem } from './table.ts';

/**
 * Stages rows of a job that does not count yet, from the `first`th on (counted from 1). Doing it again changes nothing, and
 * what is never made to count is forgotten after the kind's days. Cost: a write a row.
 */
export async function stageRows<K extends RowKind>(
  table: Table,
  kind: K,
  id: Slug,
  first: number,
  rows: readonly RowOf<K>[],
): Promise<void> {
  const schema: z.ZodType<RowOf<K>> = rowSchemas[kind];
  const expires = expiresAfter(Date.now(), rowKinds[kind].keptDays);
  await batchPut(
    table,
    rows.map((row, index) => ({
      ...keys.jobRow(id, first + index),
      entity: 'job-row',
      expires,
      ...dataOf(schema, schema.parse(row)),
    })),
  );
}

/** What a row says. */
export function saidBy<K extends RowKind>(kind: K, item: Item): RowOf<K> {
  return wholeOf<z.ZodType<RowOf<K>>>(rowSchemas[kind], item);
}

/** The rows from one number on to another. Cost: one Query a megabyte. */
export async function* rowsBetween(table: Table, id: Slug, from: number, to: number): AsyncGenerator<StagedRow[]> {
  let first = keys.jobRow(id, from).sk;
  for (;;) {
    const page = await query(table, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': keys.job(id).pk, ':from': first, ':to': keys.jobRow(id, to).sk }),
      ConsistentRead: true,
    });
    const rows = page.items.map(rowOf);
    yield rows;
    if (!page.last) return;
    first = keys.jobRow(id, (rows.at(-1)?.row ?? to) + 1).sk;
  }
}

/** The rows of a part, as they are now. Cost: one Query. */
export async function rowsOfPart(table: Table, id: Slug, part: number): Promise<StagedRow[]> {
  const rows: StagedRow[] = [];
  for await (const page of rowsBetween(table, id, (part - 1) * A_PART + 1, part * A_PART)) rows.push(...page);
  return rows;
}

/** Rows by their numbers. Cost: one read each. */
export async function rowsNamed(table: Table, id: Slug, numbers: readonly number[]): Promise<StagedRow[]> {
  const items = await batchGet(
    table,
    numbers.map((row) => keys.jobRow(id, row)),
  );
  return items.map(rowOf).sort((a, b) => a.row - b.row);
}

/** Keeps what became of a row, unless that is known: the first result stays, but for one that failed in an earlier try. Cost: one write. */
export async function saveResult(table: Table, { id, again = 0 }: Job, row: number, result: RowResult): Promise<void> {
  try {
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: toItem({ ...keys.jobRow(id, row) }),
        UpdateExpression: 'SET #result = :result',
        ConditionExpression:
          'attribute_exists(pk) AND (attribute_not_exists(#result) OR (#result.#state = :failed AND :again > :none AND (attribute_not_exists(#result.#again) OR #result.#again < :again)))',
        ExpressionAttributeNames: { '#result': 'result', '#state': 'state', '#again': 'again' },
        ExpressionAttributeValues: toItem({ ':result': result, ':failed': 'failed', ':again': again, ':none': 0 }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw classified(error);
  }
}
