import * as z from 'zod';
import { type Kind, kinds, type PartyId } from '../../shared/domain/ids.ts';
import type { JobStep } from '../../shared/domain/jobs/kinds.ts';
import { instant } from '../../shared/domain/time.ts';
import { eraseCase } from '../../shared/persons/erase.ts';
import { ErasureMark, endedCases, readErasureMark, saveErasureMark } from '../../shared/store/erasures.ts';
import type { Table } from '../../shared/store/table.ts';
import { logFailure, logLine } from '../log/log-line.ts';

export interface Erasing {
  readonly table: Table;
  readonly hubs: readonly PartyId[];
  readonly keptDays: Readonly<Record<Kind, number>>;
}

const DAY = 86_400_000;
/** Cases that one step erases at most; the next goes on. */
const A_STEP = 200;

/** Where one job of erasing has come to. */
const Place = z.object({
  /** which hub and kind, in their order */
  at: z.int().min(0),
  /** up to where it went in each end stage, whether or not a case could be erased */
  after: ErasureMark,
  /** end stages in which one could not: their mark stays before it, for the next job */
  held: z.array(z.string()),
});

/** The instant by which a case must have ended to be due now. */
export function dueBefore(keptDays: number): string {
  return instant(Date.now() - keptDays * DAY);
}

/**
 * Erases the next of what is personal in cases that ended long enough ago. Each hub and kind has a mark up to which all is
 * done, so that a job reads only what fell due since the last. One case that fails keeps the mark before it, not the others after.
 * Cost: a read and a Query of keys for each hub, kind and end stage; an erasure for each case that is due.
 * @param most cases it looks at
 */
export async function eraseDue(
  { table, hubs, keptDays }: Erasing,
  cursor: string | undefined,
  most = A_STEP,
): Promise<JobStep> {
  const before = cursor === undefined ? { at: 0, after: {}, held: [] } : Place.parse(JSON.parse(cursor));
  const pairs = hubs.flatMap((hub) => kinds.map((kind) => ({ hub, kind })));
  const pair = pairs[before.at];
  if (!pair) return { done: 0, failed: 0, cursor: null };
  const mark = await readErasureMark(table, pair.hub, pair.kind);
  const reached: Record<string, string> = { ...mark };
  const after: Record<string, string> = { ...mark, ...before.after };
  const held = new Set(before.held);
  let [done, failed, looked, isWhole] = [0, 0, 0, true];
  const wanted = { ...pair, after: { ...after }, until: dueBefore(keptDays[pair.kind]), most };
  for await (const { stage, ids } of endedCases(table, wanted)) {
    for (const { id, place } of ids) {
      try {
        await eraseCase(table, id, 'retention', { type: 'workflow' });
        done += 1;
        if (!held.has(stage)) reached[stage] = place;
      } catch (error) {
        failed += 1;
        held.add(stage);
        logFailure('erase-failed', error, { caseId: id });
      }
      after[stage] = place;
    }
    looked += ids.length;
    isWhole &&= ids.length + 1 < most;
  }
  const isSame = Object.entries(reached).every(([stage, place]) => mark[stage] === place);
  if (!isSame) await saveErasureMark(table, pair.hub, pair.kind, reached);
  if (looked > 0) logLine('erased', { cases: done });
  const next = isWhole ? { at: before.at + 1, after: {}, held: [] } : { at: before.at, after, held: [...held] };
  return { done, failed, cursor: next.at < pairs.length ? JSON.stringify(next) : null };
}
