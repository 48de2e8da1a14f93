import * as z from 'zod';
import { CaseId, type Kind, type PartyId } from '../domain/ids.ts';
import { endStages, stagesOf } from '../kinds/lifecycle.ts';
import { firstInOrder } from './in-order.ts';
import { indexes, indexKeys, keys } from './keys.ts';
import { get, save, type Table } from './table.ts';

/** By end stage, the place in the stage index up to which everything is erased. */
export const ErasureMark = z.record(z.string(), z.string());
export type ErasureMark = z.infer<typeof ErasureMark>;

/** Cost: one read. */
export async function readErasureMark(table: Table, hub: PartyId, kind: Kind): Promise<ErasureMark> {
  const item = await get(table, keys.erasures(hub, kind));
  return item ? ErasureMark.parse(item.marks) : {};
}

/** Cost: one write. */
export async function saveErasureMark(table: Table, hub: PartyId, kind: Kind, marks: ErasureMark): Promise<void> {
  await save(table, { ...keys.erasures(hub, kind), entity: 'erasures', marks });
}

/** The place among all that is chained up to which reasons in a trail are erased. Cost: one read. */
export async function readErasedReasons(table: Table, trail: string): Promise<string | undefined> {
  const item = await get(table, keys.erasedReasons(trail));
  return item && String(item.place);
}

/** Cost: one write. */
export async function saveErasedReasons(table: Table, trail: string, place: string): Promise<void> {
  await save(table, { ...keys.erasedReasons(trail), entity: 'erasures', place });
}

interface Ended {
  readonly hub: PartyId;
  readonly kind: Kind;
  /** the marks from which on to look */
  readonly after: ErasureMark;
  /** the instant before which cases must have ended */
  readonly until: string;
  /** at most so many a stage */
  readonly most: number;
}

/**
 * Cases of a hub that came to an end before an instant, by end stage, each in the order in which they ended. Cost: see
 * {@link firstInOrder}, of keys, for each stage.
 */
export async function* endedCases(
  table: Table,
  { hub, kind, after, until, most }: Ended,
): AsyncGenerator<{
  readonly stage: string;
  readonly ids: readonly { readonly id: CaseId; readonly place: string }[];
}> {
  for (const stage of stagesOf(kind).filter((each) => endStages.has(each))) {
    if (most < 1) return;
    const from = after[stage] ?? indexKeys.stage(stage);
    const to = indexKeys.stage(stage) + until;
    // who keeps data longer from now on waits for the time to reach the mark
    if (from >= to) continue;
    const found = await firstInOrder(table, indexes.hubCases, [indexKeys.cases(hub, kind)], most, { from, to });
    const ids = found.map((item) => ({
      id: CaseId.parse(String(item.pk).slice('CASE#'.length)),
      place: String(item[indexes.hubCases.sk]),
    }));
    yield { stage, ids: ids.filter(({ place }) => place !== after[stage]) };
  }
}

/** When the oldest case of a hub and kind ended that is not erased; undefined where all are. Cost: as {@link endedCases}. */
export async function oldestEnded(table: Table, wanted: Omit<Ended, 'most'>): Promise<string | undefined> {
  let oldest: string | undefined;
  // the mark itself may come first
  for await (const { stage, ids } of endedCases(table, { ...wanted, most: 2 })) {
    const at = ids[0]?.place.slice(indexKeys.stage(stage).length).split('#')[0];
    if (at !== undefined && (oldest === undefined || at < oldest)) oldest = at;
  }
  return oldest;
}
