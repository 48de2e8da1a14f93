import { CaseId } from '../../shared/domain/ids.ts';
import type { JobStep } from '../../shared/domain/jobs/kinds.ts';
import { type ReasonTrail, reasonTrailOf } from '../../shared/domain/privacy/retention.ts';
import { instant } from '../../shared/domain/time.ts';
import { chainedIn } from '../../shared/store/chained.ts';
import { readErasedReasons, saveErasedReasons } from '../../shared/store/erasures.ts';
import { keys } from '../../shared/store/keys.ts';
import type { Table } from '../../shared/store/table.ts';
import { eraseReason } from '../../shared/store/traces.ts';
import { logLine } from '../log/log-line.ts';

const DAY = 86_400_000;
/** How far before what falls due the first run of all looks: no installation is older when this begins. */
const FIRST = 40 * DAY;
/** Days and entries that one step goes through for each trail, when reasons are kept shorter than before; the next goes on. */
const DAYS_A_STEP = 60 * DAY;
const A_STEP = 10_000;

/** Of which trail a partition is; undefined for one of a case, whose reasons go with it, and for what is no trail. */
function trailOf(pk: string): ReasonTrail | undefined {
  if (!pk.startsWith(keys.traces)) return undefined;
  const chain = pk.slice(keys.traces.length);
  if (CaseId.safeParse(chain).success) return undefined;
  return reasonTrailOf(chain);
}

/** The next of one trail: how many reasons were erased, and whether the mark has come to what is due. */
async function eraseOf(
  table: Table,
  trail: ReasonTrail,
  keptDays: number,
): Promise<{ done: number; isThere: boolean }> {
  const due = Date.now() - keptDays * DAY;
  const after = await readErasedReasons(table, trail);
  // who keeps them longer from now on waits for the time to reach the mark
  if (after !== undefined && after >= instant(due)) return { done: 0, isThere: true };
  const from = instant(due - FIRST);
  const begun = Date.parse(after?.slice(0, from.length) ?? from);
  const to = instant(Math.min(due, begun + DAYS_A_STEP));
  let [place, looked, done] = [to, 0, 0];
  for await (const page of chainedIn(table, { from, to, after, only: (pk) => trailOf(pk) === trail })) {
    for (const { chain, seq, reason } of page) {
      if (reason !== undefined && (await eraseReason(table, chain.replace(/^trace\//, ''), seq))) done += 1;
    }
    looked += page.length;
    place = looked < A_STEP ? to : (page.at(-1)?.place ?? to);
    if (looked >= A_STEP) break;
  }
  await saveErasedReasons(table, trail, place);
  return { done, isThere: place >= instant(due) };
}

/**
 * Takes out of trails outside cases the next of the reasons that were kept long enough: who did what and when stays, and what
 * binds the words stays without saying anything. Each trail has a mark up to which all is done, and one that fails keeps
 * no other from it. Cost: a Query of keys an hour that fell due, a read an entry, and a read and a write for each that has a reason.
 * @throws the first of what kept a trail from being gone through
 */
export async function eraseReasons(table: Table, keptDays: Readonly<Record<ReasonTrail, number>>): Promise<JobStep> {
  let [done, isThere] = [0, true];
  const failed: unknown[] = [];
  for (const trail of ['people', 'requests'] as const) {
    try {
      const one = await eraseOf(table, trail, keptDays[trail]);
      done += one.done;
      isThere &&= one.isThere;
    } catch (error) {
      failed.push(error);
    }
  }
  if (done > 0) logLine('erased', { reasons: done });
  if (failed.length > 0) throw failed[0];
  return { done, failed: 0, cursor: isThere ? null : instant(Date.now()) };
}
