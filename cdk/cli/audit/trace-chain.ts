import * as z from 'zod';
import { saltedDigest } from '../../../shared/audit/digest.ts';
import { readTraceChain } from '../../../shared/store/chains.ts';
import { keys } from '../../../shared/store/keys.ts';
import type { Item, Table } from '../../../shared/store/table.ts';
import { reasonOf, traceGenesis, traceHash } from '../../../shared/store/traces.ts';
import type { Verified } from './case-chain.ts';
import type { Fault } from './faults.ts';
import { type Anchored, type Entry, verifyChain } from './verify-chain.ts';

const Trace = z.object({
  seq: z.int(),
  data: z.looseObject({ at: z.string() }),
  link: z.object({ previous: z.string(), hash: z.string(), reason: z.string().optional() }),
});
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
  };
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
  const reasons = raw.entries.flatMap((item): Fault[] => {
    const { link, seq } = Trace.safeParse(item).data ?? {};
    const { reason, salt } = reasonOf(item);
    const isSame = reason === undefined || salt === undefined || saltedDigest(salt, reason) === link?.reason;
    return isSame ? [] : [{ what: 'reason-altered', chain, seq: seq ?? 0, where: `${item.pk} ${item.sk}` }];
  });
  return { faults: [...faults, ...reasons], entries: entries.length, names: [] };
}
