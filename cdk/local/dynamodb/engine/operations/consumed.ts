import type { IndexChange } from '../storage/index-rows.ts';
import type { Table, TableIndex } from '../storage/table.ts';

/** Units of a call by table and index. */
interface Used {
  table: number;
  readonly indexes: Map<TableIndex, number>;
}

/** What all calls since the start have consumed, in AWS's units. */
export interface Capacity {
  reads: number;
  writes: number;
}

const WRITE_UNIT = 1_024;
const READ_UNIT = 4_096;

/** What reading so many bytes costs: half of it when nobody asked for the newest, twice in a transaction. */
export const readUnits = (bytes: number, how: 'eventual' | 'consistent' | 'transaction'): number =>
  Math.max(1, Math.ceil(bytes / READ_UNIT)) * (how === 'eventual' ? 0.5 : how === 'consistent' ? 1 : 2);

const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / WRITE_UNIT));

/** Adds up what a call consumes, for the answer and for the sum of all calls. */
export interface Meter {
  read(table: Table, index: TableIndex | undefined, units: number): void;
  /** A write of an item of so many bytes (the larger of before and after). */
  wrote(table: Table, bytes: number, changes: readonly IndexChange[]): void;
  /** For answers about one table: `,"ConsumedCapacity":{…}` when it was asked for, else nothing. */
  one(): string;
  /** For answers about several: `,"ConsumedCapacity":[…]` when it was asked for, else nothing. */
  many(): string;
}

/** `mode` is the request's ReturnConsumedCapacity; `factor` 2 in transactions. */
export function createMeter(total: Capacity, mode: unknown, factor: 1 | 2 = 1): Meter {
  const used = new Map<Table, Used>();
  let kind: 'reads' | 'writes' = 'reads';
  const usedOf = (table: Table): Used => {
    const found = used.get(table) ?? { table: 0, indexes: new Map() };
    used.set(table, found);
    return found;
  };
  const add = (table: Table, index: TableIndex | undefined, units: number): void => {
    const found = usedOf(table);
    if (index === undefined) found.table += units;
    else found.indexes.set(index, (found.indexes.get(index) ?? 0) + units);
    total[kind] += units;
  };
  const texts = (): string[] => [...used].map(([table, units]) => textOf(table, units, mode, factor === 2 && kind));
  const isAsked = mode === 'TOTAL' || mode === 'INDEXES';
  return {
    read: add,
    wrote(table, bytes, changes) {
      kind = 'writes';
      add(table, undefined, factor * writeUnits(bytes));
      for (const { index, removed, put } of changes) {
        if (removed !== undefined) add(table, index, factor * writeUnits(removed));
        if (put !== undefined) add(table, index, factor * writeUnits(put));
      }
    },
    one: () => (isAsked && used.size > 0 ? `,"ConsumedCapacity":${texts()[0]}` : ''),
    many: () => (isAsked && used.size > 0 ? `,"ConsumedCapacity":[${texts().join(',')}]` : ''),
  };
}

function textOf(table: Table, { table: own, indexes }: Used, mode: unknown, kind: false | 'reads' | 'writes'): string {
  const CapacityUnits = [...indexes.values()].reduce((sum, units) => sum + units, own);
  const detail = (units: number) => ({
    CapacityUnits: units,
    ...(kind === 'reads' && { ReadCapacityUnits: units }),
    ...(kind === 'writes' && { WriteCapacityUnits: units }),
  });
  const total = { TableName: table.name, ...detail(CapacityUnits) };
  if (mode !== 'INDEXES') return JSON.stringify(total);
  const of = (isLocal: boolean) => {
    const some = [...indexes].filter(([index]) => index.isLocal === isLocal);
    return some.length === 0 ? undefined : Object.fromEntries(some.map(([{ name }, units]) => [name, detail(units)]));
  };
  return JSON.stringify({
    ...total,
    Table: detail(own),
    GlobalSecondaryIndexes: of(false),
    LocalSecondaryIndexes: of(true),
  });
}
