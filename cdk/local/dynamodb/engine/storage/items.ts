import type { DatabaseSync } from 'node:sqlite';
import { type Item, itemSize } from '../values/index.ts';
import type { Place } from './place.ts';
import { bytesIn, numberIn, type Row, textIn } from './rows.ts';

/** An item as it is stored: its text goes into answers as it is. */
export interface Stored {
  readonly text: string;
  readonly size: number;
  /** The attributes, read from the text when they are asked for. */
  item(): Item;
}

/** A stored item and where it lies. */
export interface Found extends Stored, Place {}

/** A new item, as it will be stored. */
export function storedItem(item: Item): Stored {
  return { text: JSON.stringify(item), size: itemSize(item), item: () => item };
}

/** What a text in the file is. Only {@link storedItem} writes there. */
export function storedText(text: string, size: number): Stored {
  let item: Item | undefined;
  return {
    text,
    size,
    item() {
      item ??= readItem(text);
      return item;
    },
  };
}

const readItem = (text: string): Item => JSON.parse(text);

/** The items of all tables. */
export interface Items {
  get(tableId: number, place: Place): Stored | undefined;
  put(tableId: number, place: Place, item: Stored): void;
  remove(tableId: number, place: Place): void;
  /** Removes some items of a table; how many. */
  removeSome(tableId: number): number;
  /** Puts all items of a table into one that is empty. */
  copy(fromId: number, toId: number): void;
  /** Items after a place in the order of a scan, at most `limit`. */
  after(tableId: number, place: Place, limit: number): readonly Found[];
}

/** Reads and writes the rows of items. */
export function createItems(database: DatabaseSync): Items {
  const get = database.prepare('SELECT size, item FROM items WHERE table_id = ? AND pk = ? AND sk = ?');
  const put = database.prepare(
    `INSERT INTO items VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET size = ?4, item = ?5`,
  );
  const remove = database.prepare('DELETE FROM items WHERE table_id = ? AND pk = ? AND sk = ?');
  const removeSome = database.prepare(
    `DELETE FROM items WHERE (table_id, pk, sk) IN (
       SELECT table_id, pk, sk FROM items WHERE table_id = ? LIMIT 1000)`,
  );
  const copy = database.prepare('INSERT INTO items SELECT ?2, pk, sk, size, item FROM items WHERE table_id = ?1');
  const after = database.prepare(
    'SELECT pk, sk, size, item FROM items WHERE table_id = ? AND (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ?',
  );
  return {
    get(tableId, { pk, sk }) {
      const row = get.get(tableId, pk, sk);
      return row && storedText(textIn(row, 'item'), numberIn(row, 'size'));
    },
    put: (tableId, { pk, sk }, { size, text }) => void put.run(tableId, pk, sk, size, text),
    remove: (tableId, { pk, sk }) => void remove.run(tableId, pk, sk),
    removeSome: (tableId) => Number(removeSome.run(tableId).changes),
    copy: (fromId, toId) => void copy.run(fromId, toId),
    after: (tableId, { pk, sk }, limit) => after.all(tableId, pk, sk, limit).map(foundIn),
  };
}

/** An item in a row that tells where it lies. */
export function foundIn(row: Row): Found {
  const stored = storedText(textIn(row, 'item'), numberIn(row, 'size'));
  return { ...stored, pk: bytesIn(row, 'pk'), sk: bytesIn(row, 'sk') };
}
