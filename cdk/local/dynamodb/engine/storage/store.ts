import type { DatabaseSync } from 'node:sqlite';
import { type Item, itemSize, sameItem } from '../values/index.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { createIndexRows, type IndexChange, type IndexRows } from './index-rows.ts';
import { createItems, type Items, type Stored } from './items.ts';
import { keyOf, type Place } from './place.ts';
import { createSearcher, type Searcher } from './search.ts';
import { createStreams, type Streams } from './streams.ts';
import type { Table } from './table.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** A change of one item; its conditions hold. */
export interface Change {
  readonly table: Table;
  readonly place: Place;
  readonly before: Stored | undefined;
  /** Undefined: the item goes. */
  readonly after: Stored | undefined;
  /** Who did it, in the words of stream records; undefined for a user. */
  readonly identity?: string;
}

/** What the file holds, and how it is written to. Everything happens in the transaction that is gathering. */
export interface Store {
  readonly database: DatabaseSync;
  readonly catalogue: Catalogue;
  readonly items: Items;
  readonly indexRows: IndexRows;
  readonly search: Searcher;
  readonly streams: Streams;
  readonly tokens: Tokens;
  /** Milliseconds of the clock; never before what was last said. */
  now(): number;
  /** Changes an item with its index rows and its record; gives what that did to indexes. */
  change(change: Change): readonly IndexChange[];
  /** How many items were changed since the file was opened. */
  changes(): number;
}

/** The parts of an open file together. */
export function createStore(database: DatabaseSync, clock: () => number): Store {
  let latest = 0;
  let changed = 0;
  const now = (): number => {
    latest = Math.max(latest, clock());
    return latest;
  };
  const streams = createStreams(database);
  const catalogue = createCatalogue(database, streams);
  const items = createItems(database);
  const indexRows = createIndexRows(database, now);

  const record = ({ table, before, after, identity }: Change): void => {
    const { stream } = table;
    if (stream === undefined || (before === undefined && after === undefined)) return;
    // AWS writes no record of a write that changed nothing
    if (before && after && (before.text === after.text || sameItem(before.item(), after.item()))) return;
    const keys: Item = keyOf(table.key, (after ?? before)?.item() ?? {});
    const newImage = stream.view.startsWith('NEW') ? after : undefined;
    const oldImage = stream.view.endsWith('OLD_IMAGES') || stream.view === 'OLD_IMAGE' ? before : undefined;
    streams.append(stream, {
      at: now(),
      event: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
      keys: JSON.stringify(keys),
      newImage: newImage?.text,
      oldImage: oldImage?.text,
      size: itemSize(keys) + (newImage?.size ?? 0) + (oldImage?.size ?? 0),
      identity,
    });
  };

  return {
    database,
    catalogue,
    items,
    indexRows,
    search: createSearcher(database),
    streams,
    tokens: createTokens(database, now),
    now,
    changes: () => changed,
    change(change) {
      changed += 1;
      const { table, place, before, after } = change;
      if (after !== undefined) items.put(table.id, place, after);
      else if (before !== undefined) items.remove(table.id, place);
      table.items += Number(after !== undefined) - Number(before !== undefined);
      table.bytes += (after?.size ?? 0) - (before?.size ?? 0);
      const changes: IndexChange[] = [];
      for (const index of table.indexes) {
        const changed = indexRows.change(index, place, before, after);
        if (changed !== undefined) changes.push(changed);
      }
      record(change);
      return changes;
    },
  };
}
