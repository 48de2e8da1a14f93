import * as z from 'zod';
import type { Actor } from '../domain/case-base.ts';
import { CaseEvent } from '../domain/event.ts';
import type { CaseId } from '../domain/ids.ts';
import { Trace } from '../domain/trace.ts';
import { EventLink } from './case-chain.ts';
import { readCaseChain, readTraceChain } from './chains.ts';
import { pagesInOrder } from './in-order.ts';
import { indexes, indexKeys } from './keys.ts';
import { batchGet, type Item, type Table } from './table.ts';
import { reasonOf } from './traces.ts';

/** One thing that happened, with what is needed to hold it against the entry before it outside this system. */
export interface ChainedEntry {
  readonly chain: string;
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
  readonly caseId: CaseId | undefined;
  readonly what: CaseEvent | Trace;
  /** why, for a trace; the reason of a decision is in the case */
  readonly reason: string | undefined;
  readonly hash: string;
  /** `hash` is made of this and of what it is for */
  readonly purpose: 'event' | 'trace';
  readonly bound: Readonly<Record<string, unknown>>;
  /** where it stands among all that happened */
  readonly place: string;
}

const TraceLink = z.object({ previous: z.string(), hash: z.string(), reason: z.string().optional() });

function entryOf(item: Item): ChainedEntry | undefined {
  const place = String(item.hourSk);
  if (item.entity === 'event') {
    const what = CaseEvent.parse(item.data);
    const link = EventLink.safeParse(item.link).data;
    if (!link) return undefined;
    const { hash, ...bound } = link;
    const { caseId, version: seq, at, by } = what;
    const fields = { chain: `case/${caseId}`, seq, at, by, caseId, what, reason: undefined, hash, place };
    return { ...fields, purpose: 'event', bound: { event: item.data, ...bound } };
  }
  if (item.entity !== 'trace') return undefined;
  const what = Trace.parse(item.data);
  const { hash, ...bound } = TraceLink.parse(item.link);
  const { at, by } = what;
  const caseId = 'caseId' in what ? what.caseId : undefined;
  const fields = { chain: `trace/${item.chain}`, seq: Number(item.seq), at, by, caseId, what, hash, place };
  return { ...fields, reason: reasonOf(item).reason, purpose: 'trace', bound: { trace: item.data, ...bound } };
}

function entriesOf(items: readonly Item[]): ChainedEntry[] {
  const entries = items.flatMap((item) => entryOf(item) ?? []);
  return entries.sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** All changes of a case and all that was seen or done beside, in the order it happened. Cost: two Queries a megabyte. */
export async function chainedOfCase(table: Table, id: CaseId): Promise<ChainedEntry[]> {
  const [changes, traces] = await Promise.all([readCaseChain(table, id), readTraceChain(table, id)]);
  return entriesOf([...changes.entries, ...traces.entries]);
}

export interface ChainedPeriod {
  /** an instant */
  readonly from: string;
  /** an instant, itself no more in the period */
  readonly to: string;
  /** goes on behind this place */
  readonly after?: string | undefined;
  /** of which partitions entries are wanted; left out, of all */
  readonly only?: ((pk: string) => boolean) | undefined;
}

/** Items that one page names. */
const A_PAGE = 100;
const HOUR = 3_600_000;

/**
 * Everything chained that happened in a period, in order, a page at a time. Cost: see {@link pagesInOrder}, of keys,
 * for each hour, and one read an entry that is wanted.
 */
export async function* chainedIn(
  table: Table,
  { from, to, after, only }: ChainedPeriod,
): AsyncGenerator<ChainedEntry[]> {
  const begin = after === undefined ? from : after.slice(0, from.length);
  for (let hour = Math.floor(Date.parse(begin) / HOUR) * HOUR; hour < Date.parse(to); hour += HOUR) {
    const key = indexKeys.hour(new Date(hour).toISOString());
    // every place of an instant begins with it, and comes after it
    for await (const page of pagesInOrder(table, indexes.traces, [key], A_PAGE, { after, from, to })) {
      const wanted = page.filter(({ pk }) => only?.(String(pk)) !== false);
      const items = await batchGet(
        table,
        wanted.map((item) => ({ pk: String(item.pk), sk: String(item.sk) })),
      );
      yield entriesOf(items);
    }
  }
}
