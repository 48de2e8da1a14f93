import type { Place } from '../storage/place.ts';
import type { Store } from '../storage/store.ts';
import type { Table, TableIndex } from '../storage/table.ts';

const BEGIN: Place = { pk: new Uint8Array(), sk: new Uint8Array() };
const AT_ONCE = 500;

/** Puts the items that a table has into an index that is new; those that lack its key stay out. */
export function fillIndex({ items, indexRows }: Store, table: Table, index: TableIndex): void {
  let at = BEGIN;
  for (;;) {
    const some = items.after(table.id, at, AT_ONCE);
    for (const each of some) indexRows.change(index, each, undefined, each);
    const last = some.at(-1);
    if (last === undefined || some.length < AT_ONCE) return;
    at = last;
  }
}
