import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';
import type { Millis } from '../types.ts';
import { writtenItems } from './written-tables.ts';

/** Lets indexes lag behind their tables, as AWS's do and the engine's never. */
export interface IndexLag {
  /** From now on an index does not show what was written less than this many milliseconds ago; 0 ends it. */
  set(lag: Millis): void;
  /** Something is written. */
  written(operation: string, input: JsonObject): void;
  /** What a query on an index would have given. */
  cut(input: JsonObject, output: JsonObject): JsonObject;
}

/** `keyOf` gives the names of a table's own key; `now` is the time on the clock. */
export function createIndexLag(keyOf: (table: string) => readonly string[], now: () => Millis): IndexLag {
  const writes = new Map<string, Millis>();
  let lag: Millis = 0;

  const nameOf = (table: string, item: JsonObject): string =>
    JSON.stringify([table, ...keyOf(table).map((name) => item[name] ?? null)]);

  return {
    set(given) {
      lag = given;
      if (given === 0) writes.clear();
    },
    written(operation, input) {
      if (lag === 0) return;
      for (const { table, item } of writtenItems(operation, input)) writes.set(nameOf(table, item), now());
    },
    cut(input, output) {
      const { IndexName, TableName } = input;
      const items: readonly Json[] = isList(output.Items) ? output.Items : [];
      if (lag === 0 || IndexName === undefined || typeof TableName !== 'string') return output;
      const shown = items.filter((item) => {
        const at = isObject(item) ? writes.get(nameOf(TableName, item)) : undefined;
        return at === undefined || now() - at >= lag;
      });
      return { ...output, Items: shown, Count: shown.length };
    },
  };
}
