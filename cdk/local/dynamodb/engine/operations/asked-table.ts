import { EngineError, invalid } from '../engine-error.ts';
import type { Table, TableIndex } from '../storage/table.ts';
import type { Context } from './operation.ts';

const ARN = /^arn:[\w-]+:dynamodb:[\w-]*:\d*:table\/([^/]+)$/;

/** A table's name, which may come as its ARN. */
export function tableNameIn(asked: unknown): string {
  const text = typeof asked === 'string' ? asked : '';
  return ARN.exec(text)?.[1] ?? text;
}

/** The table of a name or ARN. Throws ResourceNotFoundException; management calls name what they did not find. */
export function tableAsked({ store }: Context, asked: unknown, isManagement = false): Table {
  const name = tableNameIn(asked);
  const table = store.catalogue.find(name);
  if (table !== undefined) return table;
  const what = isManagement ? `Requested resource not found: Table: ${name} not found` : 'Requested resource not found';
  throw new EngineError('ResourceNotFoundException', what);
}

/** An index of a table; undefined when none was asked for. Throws in AWS's words when there is no such. */
export function indexAsked(table: Table, asked: unknown): TableIndex | undefined {
  if (asked === undefined || asked === null) return undefined;
  const index = table.indexes.find(({ name }) => name === asked);
  if (index !== undefined) return index;
  throw invalid(`The table does not have the specified index: ${String(asked)}`);
}
