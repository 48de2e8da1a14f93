import type { Kind, PartyId } from '../domain/ids.ts';
import { openKeys } from './cases.ts';
import { indexes } from './keys.ts';
import type { Table } from './table.ts';

/** Cases of one kind that are in one stage. */
export interface StageCount {
  readonly kind: Kind;
  readonly stage: string;
  readonly count: number;
  /** since when the one that is there longest is there */
  readonly since: string;
}

/** Pages of a megabyte that are counted of each shard, for one hub and kind: some eight thousand open cases each. */
const MOST_PAGES = 3;

/**
 * How many cases of a kind a hub has in each stage that is not an end, from the index's keys alone: the cases are not read.
 * Cost: see {@link openKeys}, {@link MOST_PAGES} pages at most.
 * @returns the stages in the order of their names, and whether everything was counted
 */
export async function countOpen(
  table: Table,
  hub: PartyId,
  kind: Kind,
): Promise<{ readonly stages: StageCount[]; readonly whole: boolean }> {
  const found = new Map<string, StageCount>();
  const stages = () => [...found.values()].sort((a, b) => (a.stage < b.stage ? -1 : 1));
  let pages = 0;
  for await (const { items, hasMore } of openKeys(table, hub, kind)) {
    for (const item of items) {
      const [stage = '', since = ''] = String(item[indexes.hubCases.sk]).split('#');
      const before = found.get(stage);
      const oldest = before && before.since < since ? before.since : since;
      found.set(stage, { kind, stage, count: (before?.count ?? 0) + 1, since: oldest });
    }
    pages += 1;
    if (hasMore && pages === MOST_PAGES) return { stages: stages(), whole: false };
  }
  return { stages: stages(), whole: true };
}
