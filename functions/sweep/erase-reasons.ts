import { CaseId } from '../../shared/domain/ids.ts';
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
/** Days and entries that one run goes through for each trail, when reasons are kept shorter than before; the next goes on. */
const DAYS_A_RUN = 60 * DAY;
const A_RUN = 20_000;

/** Of which trail a partition is; undefined for one of a case, whose reasons go with it, and for what is no trail. */
function trailOf(pk: string): ReasonTrail | undefined {
  if (!pk.startsWith(keys.traces)) return undefined;
  const chain = pk.slice(keys.traces.length);
  if (CaseId.safeParse(chain).success) return undefined;
  return reasonTrailOf(chain);
}

/**
 * Takes out of trails outside cases the reasons that were kept long enough: who did what and when stays, and what binds the
 * words stays without saying anything. Each trail has a mark up to which all is done. Cost: a Query of keys an hour that fell
 * due, a read an entry, and a read and a write for each that has a reason.
 * @returns how many reasons were erased
 */
export async function eraseReasons(table: Table, keptDays: Readonly<Record<ReasonTrail, number>>): Promise<number> {
  let done = 0;
  for (const trail of ['people', 'requests'] as const) {
    const due = Date.now() - keptDays[trail] * DAY;
    const after = await readErasedReasons(table, trail);
    // who keeps them longer from now on waits for the time to reach the mark
    if (after !== undefined && after >= instant(due)) continue;
    const from = instant(due - FIRST);
    const begun = Date.parse(after?.slice(0, from.length) ?? from);
    const to = instant(Math.min(due, begun + DAYS_A_RUN));
    let [place, looked] = [to, 0];
    for await (const page of chainedIn(table, { from, to, after, only: (pk) => trailOf(pk) === trail })) {
      for (const { chain, seq, reason } of page) {
        if (reason !== undefined && (await eraseReason(table, chain.replace(/^trace\//, ''), seq))) done += 1;
      }
      looked += page.length;
      place = looked < A_RUN ? to : (page.at(-1)?.place ?? to);
      if (looked >= A_RUN) break;
    }
    await saveErasedReasons(table, trail, place);
  }
  if (done > 0) logLine('erased', { reasons: done });
  return done;
}
