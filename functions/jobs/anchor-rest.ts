import type { JobStep } from '../../shared/domain/jobs/kinds.ts';
import { instant } from '../../shared/domain/time.ts';
import { readAnchoredTo, saveAnchoredTo } from '../../shared/store/anchored.ts';
import { chainedIn } from '../../shared/store/chained.ts';
import type { ChainHead } from '../../shared/store/chains.ts';
import type { Table } from '../../shared/store/table.ts';
import { type Anchorage, addAnchor } from '../anchors/add-anchor.ts';
import { logLine } from '../log/log-line.ts';

/** What is younger, in milliseconds, the stream may still bring: it is left to the next run. */
const SETTLED = 15 * 60_000;
/** How far back the first run of all looks, in milliseconds. */
const FIRST = 8 * 86_400_000;
/** Entries that one step anchors at most, some seconds of work; the next goes on. */
const A_STEP = 10_000;
/** Heads that one anchor holds, some 150 bytes each. */
const AN_ANCHOR = 1_000;

/**
 * Anchors the next of what was chained since the last run, whether or not the stream brought it to the relay: an entry that was lost on
 * the way is bound by this within a day. Where a chain moved on several times its last entry is enough, which binds the
 * others. A step that fails begins where it came to. Cost: a Query of keys an hour, a read an entry, and a put a thousand
 * chains.
 * @param most entries it goes through, in whole pages
 */
export async function anchorRest(table: Table, anchorage: Anchorage, most = A_STEP): Promise<JobStep> {
  const now = Date.now();
  const after = await readAnchoredTo(table);
  const period = { from: instant(now - FIRST), to: instant(now - SETTLED), after };
  let heads = new Map<string, ChainHead>();
  let place: string | undefined;
  let entries = 0;
  const write = async (): Promise<void> => {
    if (heads.size === 0 || place === undefined) return;
    await addAnchor(anchorage, [...heads.values()]);
    await saveAnchoredTo(table, place);
    heads = new Map();
  };
  for await (const page of chainedIn(table, period)) {
    for (const { chain, seq, hash, at, place: here } of page) {
      const known = heads.get(chain);
      if (!known || known.seq < seq) heads.set(chain, { chain, seq, hash, at });
      place = here;
    }
    entries += page.length;
    if (heads.size >= AN_ANCHOR) await write();
    if (entries >= most) break;
  }
  await write();
  if (entries > 0) logLine('anchored', { heads: entries });
  return { done: entries, failed: 0, cursor: entries >= most ? (place ?? null) : null };
}
