import * as z from 'zod';
import type { PartyId } from '../domain/ids.ts';
import { Instant } from '../domain/time.ts';
import { keys } from './keys.ts';
import { get, put, type Table, transact } from './table.ts';

const SweepMark = z.object({ upTo: Instant });

/** The instant before which every open case of a hub was seen to have what it waits for, if there is one. Cost: one read. */
export async function readSweepMark(table: Table, hub: PartyId): Promise<string | undefined> {
  const item = await get(table, keys.sweepMark(hub));
  return item && SweepMark.parse(item).upTo;
}

/** Cost: one write. */
export async function saveSweepMark(table: Table, hub: PartyId, upTo: string): Promise<void> {
  await transact(table, [put(table, { ...keys.sweepMark(hub), entity: 'sweep', upTo })]);
}
