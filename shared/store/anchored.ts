import { keys } from './keys.ts';
import { get, save, type Table } from './table.ts';

/** The place among all that is chained up to which everything is anchored. Cost: one read. */
export async function readAnchoredTo(table: Table): Promise<string | undefined> {
  const item = await get(table, keys.anchored());
  return item && String(item.place);
}

/** Cost: one write. */
export async function saveAnchoredTo(table: Table, place: string): Promise<void> {
  await save(table, { ...keys.anchored(), entity: 'anchored', place });
}
