import { batchDelete, type Item, type Table } from '../../shared/store/table.ts';
import { contentsOf, isRecord } from '../engine/contents.ts';

/** Knocks that may be counted before the counts are swept away: with the few of one try fewer than any door refuses. */
const FEW = 12;

/** What is in the table but counts and traces; those go now and then, so that limits are not what is tried out. */
export async function storedAfterSweeping(table: Table): Promise<Item[]> {
  const items = await contentsOf(table);
  const records = items.filter(isRecord);
  if (records.length > 4 * FEW || records.some(({ day }) => Number(day) > FEW)) {
    await batchDelete(
      table,
      records.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    );
  }
  return items.filter((item) => !isRecord(item));
}
