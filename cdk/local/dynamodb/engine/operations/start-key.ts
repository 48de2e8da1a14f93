import { type EngineError, invalid } from '../engine-error.ts';
import { keyOf, type Place, placeOf } from '../storage/place.ts';
import type { Table, TableIndex } from '../storage/table.ts';
import { type Item, parseItem } from '../values/index.ts';

/** A place to go on from, here and in the table. */
export interface StartPlace {
  readonly place: Place;
  readonly itemPlace: Place;
}

const wrong = (): EngineError =>
  invalid('The provided starting key is invalid: The provided key element does not match the schema');

/** The attributes that say where a search of a table or index goes on after this item. */
export function cursorOf(table: Table, index: TableIndex | undefined, item: Item): Item {
  return { ...keyOf(table.key, item), ...(index && keyOf(index.key, item)) };
}

/** Reads `ExclusiveStartKey`. Throws in AWS's words when it is no key of the table and index. */
export function startPlaceIn(asked: unknown, table: Table, index: TableIndex | undefined): StartPlace | undefined {
  if (asked === undefined || asked === null) return undefined;
  const key = parseItem(asked);
  const itemPlace = placeOf(table.key, key);
  const place = index === undefined ? itemPlace : placeOf(index.key, key);
  const isWhole = Object.keys(cursorOf(table, index, key)).length === Object.keys(key).length;
  if (itemPlace === undefined || place === undefined || !isWhole) throw wrong();
  return { place, itemPlace };
}
