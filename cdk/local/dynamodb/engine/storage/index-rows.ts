import type { DatabaseSync } from 'node:sqlite';
import { type Stored, storedItem } from './items.ts';
import { isSamePlace, type Place, placeOf } from './place.ts';
import { bytesIn, numberIn, textOrNothing } from './rows.ts';
import { projectedBy, type TableIndex } from './table.ts';

/** A row of an index: what it holds of an item, and where. */
interface IndexRow {
  readonly place: Place;
  readonly stored: Stored;
}

/** What a write did to an index, for the capacity that it costs. */
export interface IndexChange {
  readonly index: TableIndex;
  readonly removed: number | undefined;
  readonly put: number | undefined;
}

/** The rows of all indexes. */
export interface IndexRows {
  /** Brings an index from what it held of an item to what it holds now; undefined when that is the same. */
  change(
    index: TableIndex,
    item: Place,
    before: Stored | undefined,
    after: Stored | undefined,
  ): IndexChange | undefined;
  /** Removes some rows of an index; how many. */
  removeSome(indexId: number): number;
  /** From now on global indexes hear of writes this many milliseconds later; 0: at once, also of what is still to come. */
  lag(millis: number): void;
  lags(): boolean;
  /** Does what has become due. */
  catchUp(): void;
}

/** Keeps the rows of indexes; `now` is the clock that they lag by. */
export function createIndexRows(database: DatabaseSync, now: () => number): IndexRows {
  const insert = database.prepare(
    `INSERT INTO index_rows VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET size = ?6, item = ?7`,
  );
  const remove = database.prepare(
    'DELETE FROM index_rows WHERE index_id = ? AND pk = ? AND sk = ? AND item_pk = ? AND item_sk = ?',
  );
  const removeSome = database.prepare(
    `DELETE FROM index_rows WHERE (index_id, pk, sk, item_pk, item_sk) IN (
       SELECT index_id, pk, sk, item_pk, item_sk FROM index_rows WHERE index_id = ? LIMIT 1000)`,
  );
  const later = database.prepare('INSERT INTO late_rows VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)');
  const due = database.prepare('SELECT * FROM late_rows WHERE due <= ? ORDER BY id');
  const forget = database.prepare('DELETE FROM late_rows WHERE due <= ?');
  const forgetIndex = database.prepare('DELETE FROM late_rows WHERE index_id = ?');
  let lag = 0;

  const write = (index: TableIndex, item: Place, { pk, sk }: Place, stored: Stored | undefined): void => {
    if (lag > 0 && !index.isLocal) {
      const { size = null, text = null } = stored ?? {};
      later.run(now() + lag, index.id, pk, sk, item.pk, item.sk, size, text);
    } else if (stored === undefined) remove.run(index.id, pk, sk, item.pk, item.sk);
    else insert.run(index.id, pk, sk, item.pk, item.sk, stored.size, stored.text);
  };

  const catchUpTo = (moment: number): void => {
    const rows = due.all(moment);
    if (rows.length === 0) return;
    for (const row of rows) {
      const [pk, sk, itemPk, itemSk] = ['pk', 'sk', 'item_pk', 'item_sk'].map((name) => bytesIn(row, name));
      const id = numberIn(row, 'index_id');
      const text = textOrNothing(row, 'item');
      if (pk === undefined || sk === undefined || itemPk === undefined || itemSk === undefined) continue;
      if (text === undefined) remove.run(id, pk, sk, itemPk, itemSk);
      else insert.run(id, pk, sk, itemPk, itemSk, numberIn(row, 'size'), text);
    }
    forget.run(moment);
  };

  return {
    change(index, item, before, after) {
      const old = before && rowOf(index, before);
      const made = after && rowOf(index, after);
      if (old === undefined && made === undefined) return undefined;
      const stays = old !== undefined && made !== undefined && isSamePlace(old.place, made.place);
      if (stays && old.stored.text === made.stored.text) return undefined;
      if (old !== undefined && !stays) write(index, item, old.place, undefined);
      if (made !== undefined) write(index, item, made.place, made.stored);
      index.items += Number(made !== undefined) - Number(old !== undefined);
      index.bytes += (made?.stored.size ?? 0) - (old?.stored.size ?? 0);
      const removed = stays ? undefined : old?.stored.size;
      return { index, removed, put: made && Math.max(made.stored.size, stays ? old.stored.size : 0) };
    },
    removeSome(indexId) {
      forgetIndex.run(indexId);
      return Number(removeSome.run(indexId).changes);
    },
    lag(millis) {
      lag = millis;
      if (millis === 0) catchUpTo(Number.MAX_SAFE_INTEGER);
    },
    lags: () => lag > 0,
    catchUp: () => catchUpTo(now()),
  };
}

function rowOf(index: TableIndex, stored: Stored): IndexRow | undefined {
  const place = placeOf(index.key, stored.item());
  if (place === undefined) return undefined;
  return { place, stored: index.projected === undefined ? stored : storedItem(projectedBy(index, stored.item())) };
}
