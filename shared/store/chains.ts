import * as z from 'zod';
import { CaseId, type Kind, type PartyId } from '../domain/ids.ts';
import { EventLink } from './case-chain.ts';
import { fromCursor, toCursor } from './cursor.ts';
import { indexes, indexKeys, keys } from './keys.ts';
import { everyShardOf } from './shards.ts';
import { type Item, query, queryAll, type Table, toItem } from './table.ts';

/** Where a chain had come to: an entry of it and its hash. */
export const ChainHead = z.object({
  /** `case/…` for the changes of a case, `trace/…` for a chain of traces */
  chain: z.string(),
  /** the entry's place in the chain, from 1 */
  seq: z.int().min(1),
  hash: z.string(),
  /** when what the entry says happened */
  at: z.string(),
});
export type ChainHead = z.infer<typeof ChainHead>;

const EventItem = z.object({
  entity: z.literal('event'),
  data: z.object({ caseId: z.string(), version: z.int(), at: z.string() }),
  link: EventLink,
});
const TraceItem = z.object({
  entity: z.literal('trace'),
  chain: z.string(),
  seq: z.int(),
  data: z.object({ at: z.string() }),
  link: z.object({ hash: z.string() }),
});

/** What is to be anchored of an item of a chain; undefined for any other item. */
export function headOf(item: Item): ChainHead | undefined {
  const event = EventItem.safeParse(item).data;
  if (event) {
    const { data, link } = event;
    return { chain: `case/${data.caseId}`, seq: data.version, hash: link.hash, at: data.at };
  }
  const trace = TraceItem.safeParse(item).data;
  return trace && { chain: `trace/${trace.chain}`, seq: trace.seq, hash: trace.link.hash, at: trace.data.at };
}

/** A chain as it is kept: where it ends, and its entries in the order of their keys. */
export interface RawChain {
  /** for a case the case itself */
  readonly head: Item | undefined;
  readonly entries: readonly Item[];
}

/** A case and its events, as they are kept. Cost: one Query a megabyte. */
export async function readCaseChain(table: Table, id: CaseId): Promise<RawChain> {
  const { pk, from, to } = keys.caseChain(id);
  const items: Item[] = [];
  let last: Item | undefined;
  do {
    const page = await query(table, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':from': from, ':to': to }),
      ConsistentRead: true,
      ...(last && { ExclusiveStartKey: toItem(last) }),
    });
    items.push(...page.items);
    last = page.last;
  } while (last);
  const eventsBegin = keys.event(id, 0).sk.slice(0, 6);
  return {
    head: items.find(({ sk }) => sk === keys.case(id).sk),
    entries: items.filter(({ sk }) => String(sk).startsWith(eventsBegin)),
  };
}

/** A chain of traces, as it is kept. Cost: one Query a megabyte. */
export async function readTraceChain(table: Table, chain: string): Promise<RawChain> {
  const { pk, sk: headKey } = keys.traceHead(chain);
  const items = await queryAll(table, pk);
  return { head: items.find(({ sk }) => sk === headKey), entries: items.filter(({ sk }) => sk !== headKey) };
}

/**
 * The numbers of some cases of a hub and kind, shard after shard as the index has them, after a place; `next` is the place they end
 * at. A case that is written anew meanwhile may come twice. Cost: one Query of keys.
 */
export async function caseIdsFrom(
  table: Table,
  hub: PartyId,
  kind: Kind,
  after?: string,
  limit?: number,
): Promise<{ readonly ids: CaseId[]; readonly next: string | undefined }> {
  const { name, pk } = indexes.hubCases;
  const shards = everyShardOf(indexKeys.cases(hub, kind), table.shards);
  const last = fromCursor(after);
  const key = last?.[pk] ?? shards[0];
  const page = await query(table, {
    IndexName: name,
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': pk },
    ExpressionAttributeValues: toItem({ ':pk': key }),
    ...(last?.sk && { ExclusiveStartKey: toItem(last) }),
    ...(limit !== undefined && { Limit: limit }),
  });
  const ids = page.items.map((item) => CaseId.parse(String(item.pk).slice(keys.casePrefix.length)));
  const then = shards.find((_, shard) => shard > 0 && shards[shard - 1] === key);
  return { ids, next: toCursor(page.last ?? (then === undefined ? undefined : { [pk]: then })) ?? undefined };
}

/** The numbers of all cases of a hub and kind, as the index has them, page by page. Cost: one Query of keys a shard and megabyte. */
export async function* caseIdsOf(table: Table, hub: PartyId, kind: Kind): AsyncGenerator<CaseId[]> {
  let after: string | undefined;
  do {
    const { ids, next } = await caseIdsFrom(table, hub, kind, after);
    yield ids;
    after = next;
  } while (after !== undefined);
}
