import { indexKeys } from '../../../shared/store/keys.ts';
import type { Item } from '../../../shared/store/table.ts';
import type { Fault } from './faults.ts';

/** One entry, as it is kept and as its content says it should be. */
export interface Entry {
  /** the place that its key says; undefined for a key that no entry has */
  readonly place: number | undefined;
  /** the place that its content says */
  readonly seq: number | undefined;
  readonly where: string;
  readonly at: string;
  readonly link: { readonly previous: string; readonly hash: string } | undefined;
  /** the hash of its content */
  readonly computed: string | undefined;
  /** whether who exports the time in which it happened finds it */
  readonly isFiled: boolean;
}

/** Whether an entry's item stands in the index of what happened where it did: no hash binds that. */
export function isFiled({ pk, sk, hourPk, hourSk }: Item, at: string): boolean {
  return hourPk === indexKeys.hour(at) && hourSk === indexKeys.inHour(at, { pk: String(pk), sk: String(sk) });
}

export interface Chain {
  readonly chain: string;
  /** what the first entry follows */
  readonly genesis: string;
  readonly entries: readonly Entry[];
  /** the last entry, as the head says */
  readonly head: { readonly seq: number; readonly hash: string | undefined } | undefined;
}

/** What was anchored of a chain: the hashes by place, more than one where somebody rewrote it. */
export type Anchored = ReadonlyMap<number, readonly string[]>;

/**
 * Holds a chain against its links, its head and its anchors.
 * @param settled entries before this moment should have been anchored
 */
export function verifyChain({ chain, genesis, entries, head }: Chain, anchored: Anchored, settled: string): Fault[] {
  const faults: Fault[] = [];
  const end = Math.max(0, ...anchored.keys());
  if (entries.length === 0 && head === undefined) {
    return end > 0 ? [{ what: 'missing', chain, where: `${end} entries` }] : [];
  }
  let previous: string | undefined = genesis;
  let expected = 1;
  for (const entry of entries) {
    const { place, seq, where, link, computed, at, isFiled } = entry;
    const found = (what: Fault['what']): void => void faults.push({ what, chain, where, seq: place ?? expected });
    if (place === undefined || seq !== place) found('misplaced');
    if (place === undefined) continue;
    for (; expected < place; expected++) {
      faults.push({ what: 'removed', chain, seq: expected, where: `before ${where}` });
      previous = undefined;
    }
    expected = place + 1;
    if (link === undefined) {
      found('unchained');
      previous = undefined;
      continue;
    }
    if (computed !== link.hash) found('altered');
    else if (!isFiled) found('hidden');
    if (previous !== undefined && link.previous !== previous) found('unlinked');
    const hashes = anchored.get(place);
    if (hashes?.some((hash) => hash !== link.hash)) found('rewritten');
    // an entry that was not anchored itself is bound by any later one that was
    if (place > end && at < settled) found('unanchored');
    previous = link.hash;
  }
  const last = expected - 1;
  for (let seq = last + 1; seq <= Math.max(end, head?.seq ?? 0); seq++) {
    faults.push({ what: 'removed', chain, seq, where: `after ${entries.at(-1)?.where ?? 'the beginning'}` });
  }
  if (head === undefined || head.seq !== last || head.hash !== previous) {
    const where = head ? `the head says ${head.seq}, the last entry is ${last}` : 'there is no head';
    faults.push({ what: 'not-the-head', chain, seq: last, where });
  }
  return faults;
}
