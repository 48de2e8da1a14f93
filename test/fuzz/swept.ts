import { batchDelete, type Item, type Table } from '../../shared/store/table.ts';
import { contentsOf, isRecord } from '../engine/contents.ts';

/** Knocks that may be counted before the counts are swept away: fewer than any door allows. */
const FEW = 20;

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
