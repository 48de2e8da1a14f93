import * as z from 'zod';
import { saltedDigest } from '../../../shared/audit/digest.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { reasonTrailOf } from '../../../shared/domain/privacy/retention.ts';
import { readTraceChain } from '../../../shared/store/chains.ts';
import { readErasedReasons } from '../../../shared/store/erasures.ts';
import { keys } from '../../../shared/store/keys.ts';
import { get, type Item, type Table } from '../../../shared/store/table.ts';
import { reasonOf, traceGenesis, traceHash } from '../../../shared/store/traces.ts';
import { authorityTold } from './authority-told.ts';
import type { Verified } from './case-chain.ts';
import type { Fault } from './faults.ts';
import { type Anchored, type Entry, isFiled, verifyChain } from './verify-chain.ts';

const Trace = z.object({
  seq: z.int(),
  data: z.looseObject({ at: z.string() }),
  link: z.object({ previous: z.string(), hash: z.string(), reason: z.string().optional() }),
});
const Erased = z.object({ erasedAt: z.string() });
const Head = z.object({ seq: z.int(), hash: z.string() });

function entryOf(item: Item): Entry {
  const trace = Trace.safeParse(item).data;
  return {
    place: keys.placeOf(String(item.sk)),
    seq: trace?.seq,
    where: `${item.pk} ${item.sk}`,
    at: trace?.data.at ?? '',
    link: trace?.link,
    computed: trace && traceHash(trace.link.previous, trace.data, trace.link.reason),
    isFiled: isFiled(item, trace?.data.at ?? ''),
  };
}

/** Whether the reason of an entry may be gone: with the case it is about, or because its trail has kept it long enough. */
async function erasureOf(table: Table, chain: string): Promise<(item: Item) => boolean> {
  const id = CaseId.safeParse(chain).data;
  if (id) {
    const { name, client, shards } = table;
    const subject = await get({ name, client, shards }, keys.case(id));
    const isErased = Erased.safeParse(subject?.data).success;
    return () => isErased;
  }
  const upTo = await readErasedReasons(table, reasonTrailOf(chain));
  return ({ hourSk }) => upTo !== undefined && String(hourSk) <= upTo;
}

/** Holds the traces of a chain against one another and against what was anchored. */
export async function verifyTraces(table: Table, name: string, anchored: Anchored, settled: string): Promise<Verified> {
  const chain = `trace/${name}`;
  const raw = await readTraceChain(table, name);
  const entries = raw.entries.map(entryOf);
  const faults = verifyChain(
    { chain, genesis: traceGenesis(name), entries, head: Head.safeParse(raw.head).data },
    anchored,
    settled,
  );
  const mayBeGone = await erasureOf(table, name);
  const reasons = raw.entries.flatMap((item): Fault[] => {
    const { link, seq } = Trace.safeParse(item).data ?? {};
    const { reason, salt } = reasonOf(item);
    const told = (what: Fault['what']): Fault[] => [{ what, chain, seq: seq ?? 0, where: `${item.pk} ${item.sk}` }];
    if (reason !== undefined && salt !== undefined)
      return saltedDigest(salt, reason) === link?.reason ? [] : told('reason-altered');
    // without the key nobody can tell whether it is there
    return link?.reason === undefined || !table.vault || mayBeGone(item) ? [] : told('reason-removed');
  });
  return {
    faults: [...faults, ...reasons],
    entries: entries.length,
    names: [],
    authority: authorityTold(raw.entries),
  };
}
