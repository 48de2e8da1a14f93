import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Found, foundIn } from './items.ts';
import type { Place } from './place.ts';
import { bytesIn, type Row } from './rows.ts';
import type { Table, TableIndex } from './table.ts';

/** Where a range of sort keys begins or ends. */
export interface Bound {
  readonly at: Uint8Array;
  /** Whether what lies there belongs to it. */
  readonly isIn: boolean;
}

/** Something that was found: where in the table or index, and where its item is in the table. */
export interface Hit extends Found {
  readonly itemPlace: Place;
}

/** What is looked through, in which order and from where. */
export interface Search {
  readonly table: Table;
  readonly index: TableIndex | undefined;
  /** One partition and a range of its sort keys; undefined: everything. */
  readonly partition: { readonly pk: Uint8Array; readonly low?: Bound; readonly high?: Bound } | undefined;
  /** The part of all partitions that a scan looks at: from here, and up to there. */
  readonly from?: Uint8Array | undefined;
  readonly to?: Uint8Array | undefined;
  readonly descending: boolean;
  /** The last that was seen before: where it lies here, and where its item is. */
  readonly after?: { readonly place: Place; readonly itemPlace: Place } | undefined;
  /** How many are wanted, as far as that is known. */
  readonly limit: number | undefined;
}

/** Looks through tables and indexes. */
export type Searcher = (search: Search) => Generator<Hit, void>;

/** The most rows that are fetched before it is asked whether that is enough. */
const MOST_AT_ONCE = 64;

/** Searches in a file. What is found stays good while the file is written to. */
export function createSearcher(database: DatabaseSync): Searcher {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };

  return function* search(wanted) {
    const atOnce = Math.min(wanted.limit ?? MOST_AT_ONCE, MOST_AT_ONCE);
    let after = wanted.after;
    for (;;) {
      const { sql, values } = statementOf({ ...wanted, after });
      const rows = prepare(sql).all(...values, atOnce);
      for (const row of rows) yield hitIn(row, wanted.index !== undefined);
      const last = rows.at(-1);
      if (last === undefined || rows.length < atOnce) return;
      const { pk, sk, itemPlace } = hitIn(last, wanted.index !== undefined);
      after = { place: { pk, sk }, itemPlace };
    }
  };
}

function hitIn(row: Row, isIndex: boolean): Hit {
  const found = foundIn(row);
  const { pk, sk } = found;
  return { ...found, itemPlace: isIndex ? { pk: bytesIn(row, 'item_pk'), sk: bytesIn(row, 'item_sk') } : { pk, sk } };
}

type Value = Uint8Array | number;

function statementOf({ table, index, partition, from, to, descending, after }: Search) {
  const conditions: string[] = [];
  const values: Value[] = [];
  const where = (condition: string, ...bound: readonly Value[]): void => {
    conditions.push(condition);
    values.push(...bound);
  };
  const columns = [...(partition === undefined ? ['pk'] : []), 'sk', ...(index ? ['item_pk', 'item_sk'] : [])];
  where(index ? 'index_id = ?' : 'table_id = ?', index?.id ?? table.id);
  if (partition !== undefined) {
    where('pk = ?', partition.pk);
    if (partition.low) where(`sk ${partition.low.isIn ? '>=' : '>'} ?`, partition.low.at);
    if (partition.high) where(`sk ${partition.high.isIn ? '<=' : '<'} ?`, partition.high.at);
  }
  if (from !== undefined) where('pk >= ?', from);
  if (to !== undefined) where('pk < ?', to);
  if (after !== undefined) {
    const place = [
      ...(partition === undefined ? [after.place.pk] : []),
      after.place.sk,
      ...(index ? [after.itemPlace.pk, after.itemPlace.sk] : []),
    ];
    where(`(${columns.join(', ')}) ${descending ? '<' : '>'} (${place.map(() => '?').join(', ')})`, ...place);
  }
  const what = index ? 'pk, sk, item_pk, item_sk, size, item FROM index_rows' : 'pk, sk, size, item FROM items';
  const order = columns.map((column) => (descending ? `${column} DESC` : column)).join(', ');
  return { sql: `SELECT ${what} WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ?`, values };
}
