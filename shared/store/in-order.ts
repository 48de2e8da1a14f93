import type { indexes } from './keys.ts';
import { everyShardOf } from './shards.ts';
import { type Item, query, type Table, toItem } from './table.ts';

/** A part of an index by sort keys: behind `after`, or from `from` on; up to and with `to`. */
export interface Stretch {
  readonly after?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What of one key was read and not given yet. */
interface Source {
  readonly pk: string;
  items: Item[];
  last: Item | undefined;
  isRead: boolean;
}

/**
 * What an index has under some keys and all their shards, as one list in the order of the sort key, which no two items share. Each
 * page has `size` items, the last one fewer. The sort key of an item is a place in all shards at once, so that it is the
 * whole cursor: a list goes on behind it however many shards there are by then. Cost: for a page a Query a shard, side by side,
 * which together give two pages at most, and one more for a shard that has over twice its share of the page. What was read too much
 * is kept for the next page, while the same walk goes on.
 */
export async function* pagesInOrder(
  table: Table,
  index: (typeof indexes)[keyof typeof indexes],
  keys: readonly string[],
  size: number,
  { after, from, to }: Stretch = {},
): AsyncGenerator<Item[]> {
  const low = after ?? from;
  const place = [...(low === undefined ? [] : ['#sk >= :low']), ...(to === undefined ? [] : ['#sk <= :to'])];
  const condition = place.length === 2 ? ['#pk = :pk', '#sk BETWEEN :low AND :to'] : ['#pk = :pk', ...place];
  const sources = keys
    .flatMap((key) => (index.sharded ? everyShardOf(key, table.shards) : [key]))
    .map((pk): Source => ({ pk, items: [], last: undefined, isRead: false }));
  const share = Math.min(size, Math.ceil((2 * size) / sources.length));
  const placeOf = (item: Item) => String(item[index.sk]);

  async function readOn(source: Source): Promise<void> {
    const page = await query(table, {
      IndexName: index.name,
      KeyConditionExpression: condition.join(' AND '),
      ExpressionAttributeNames: { '#pk': index.pk, ...(place.length > 0 && { '#sk': index.sk }) },
      ExpressionAttributeValues: toItem({ ':pk': source.pk, ':low': low, ':to': to }),
      // the item behind which it goes on comes first once more
      Limit: after === undefined || source.last ? share : share + 1,
      ...(source.last && { ExclusiveStartKey: toItem(source.last) }),
    });
    source.items = page.items.filter((item) => placeOf(item) !== after);
    source.last = page.last;
    source.isRead = page.last === undefined;
  }

  let found: Item[] = [];
  let previous: string | undefined;
  for (;;) {
    // nobody knows what comes next while a shard with more to come is empty
    const dry = sources.filter(({ items, isRead }) => items.length === 0 && !isRead);
    if (dry.length > 0) {
      await Promise.all(dry.map(readOn));
      continue;
    }
    const full = sources.filter(({ items }) => items.length > 0);
    const [first, ...others] = full.map((source) => ({ source, place: source.items.map(placeOf)[0] ?? '' }));
    if (!first) break;
    const next = others.reduce((least, one) => (one.place < least.place ? one : least), first);
    const [item] = next.source.items.splice(0, 1);
    // one that is written anew this moment may still stand in the shard that it had before
    if (item && next.place !== previous) found.push(item);
    previous = next.place;
    if (found.length < size) continue;
    yield found;
    found = [];
  }
  if (found.length > 0) yield found;
}

/** The first of these pages. Cost: as {@link pagesInOrder}. */
export async function firstInOrder(...wanted: Parameters<typeof pagesInOrder>): Promise<Item[]> {
  for await (const page of pagesInOrder(...wanted)) return page;
  return [];
}
