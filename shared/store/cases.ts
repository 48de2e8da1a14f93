import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { CaseEvent } from '../domain/event.ts';
import { CASE_NUMBER, type CaseId, type Kind, kinds, type PartyId } from '../domain/ids.ts';
import type { Task } from '../domain/task.ts';
import type { Case } from '../kinds/case.ts';
import { endStages } from '../kinds/lifecycle.ts';
import { partnerOf } from '../kinds/partner.ts';
import { rosterRefOf } from '../kinds/parts.ts';
import { genesisOf, linked, salted } from './case-chain.ts';
import { caseItem, eventItem, everyKeyOf, fromCaseItem, fromEventItem, fromTaskItem } from './case-item.ts';
import { fromCursor, notACursor, toCursor } from './cursor.ts';
import { firstInOrder } from './in-order.ts';
import { indexes, indexKeys, keys } from './keys.ts';
import { takingRoster } from './rosters.ts';
import { everyShardOf } from './shards.ts';
import { batchGet, get, type Item, put, query, queryAll, type Table, toItem } from './table.ts';

export interface List<T> {
  readonly items: T[];
  /** where the list goes on, or null at its end */
  readonly nextCursor: string | null;
}

/** A case with all that happened to it. */
export interface CaseFile {
  readonly subject: Case;
  readonly events: CaseEvent[];
  readonly tasks: Task[];
}

/** The case as it is written and the event that made it, each bound to what went before. */
function chainedItems(previous: string, after: Case, event: CaseEvent): { subject: Item; event: Item; hash: string } {
  const kept = salted(after);
  const item = caseItem(kept);
  const link = linked(previous, event, kept, item);
  return {
    subject: { ...item, data: Object.assign({}, item.data, { chain: link.hash }) },
    event: eventItem(event, link),
    hash: link.hash,
  };
}

/** A case that is new, with the event it begins with. */
export interface NewCase {
  readonly subject: Case;
  readonly event: CaseEvent;
}

/**
 * Writes that bring a new case into the table: the case and the event it begins with. Cost: two items in a transaction,
 * and see {@link takingRoster}.
 * @param parent for a case that continues another: the hash of the event by which that one was split
 */
export function creation(table: Table, subject: Case, event: CaseEvent, parent?: string): TransactWriteItem[] {
  const made = chainedItems(genesisOf(subject.id, parent), subject, event);
  const roster = rosterRefOf(subject);
  const rows = roster ? takingRoster(table, roster) : [];
  return [put(table, made.subject, true), put(table, made.event, true), ...rows];
}

/** What becomes of the rows where a roster took the place of another. */
function rosterChange(table: Table, before: Case, after: Case): TransactWriteItem[] {
  const roster = rosterRefOf(after);
  const replaced = rosterRefOf(before);
  return roster && replaced && roster.id !== replaced.id ? takingRoster(table, roster, replaced) : [];
}

/**
 * Writes that change a case from the version that was read, and append the event of it to the case's chain. Where the
 * case was changed meanwhile, the failed condition has the item that was there. Cost: two items in a transaction, two for
 * each child, and for a roster instead of another see {@link takingRoster}.
 * @param children cases that continue this one; their chains begin at this event
 */
export function replacement(
  table: Table,
  before: Case,
  after: Case,
  event: CaseEvent,
  children: readonly NewCase[] = [],
): TransactWriteItem[] {
  const made = chainedItems(before.chain ?? genesisOf(before.id), after, event);
  return [
    {
      Put: {
        TableName: table.name,
        Item: toItem(made.subject),
        // the chain goes on from the event that was read, never beside it
        ConditionExpression: `version = :read AND ${before.chain ? '#data.#chain = :chain' : 'attribute_not_exists(#data.#chain)'}`,
        ExpressionAttributeNames: { '#data': 'data', '#chain': 'chain' },
        ExpressionAttributeValues: toItem({ ':read': before.version, ':chain': before.chain }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    put(table, made.event, true),
    ...rosterChange(table, before, after),
    ...children.flatMap((child) => creation(table, child.subject, child.event, made.hash)),
  ];
}

/** Cost: one consistent read. */
export async function readCase(table: Table, id: CaseId): Promise<Case | undefined> {
  const item = await get(table, keys.case(id));
  return item && fromCaseItem(item);
}

/** One event of a case. Cost: one consistent read. */
export async function readEvent(table: Table, id: CaseId, version: number): Promise<CaseEvent | undefined> {
  const item = await get(table, keys.event(id, version));
  return item && fromEventItem(item);
}

/**
 * The case, its events in order and its tasks: history grows with what people do, some hundred items at most. Cost: one
 * Query of the case's partition a megabyte.
 */
export async function readCaseFile(table: Table, id: CaseId): Promise<CaseFile | undefined> {
  const items = await queryAll(table, keys.case(id).pk);
  const subject = items.find((item) => item.entity === 'case');
  if (!subject) return undefined;
  return {
    subject: fromCaseItem(subject),
    events: items.filter((item) => item.entity === 'event').map(fromEventItem),
    tasks: items.filter((item) => item.entity === 'task').map(fromTaskItem),
  };
}

/** Cases by id in the order asked for, missing ones left out. Cost: one read a case. */
export async function readCases(table: Table, ids: readonly CaseId[]): Promise<Case[]> {
  const items = await batchGet(table, ids.map(keys.case));
  const found = new Map(items.map((item) => [item.pk, fromCaseItem(item)]));
  return ids.flatMap((id) => found.get(keys.case(id).pk) ?? []);
}

/** The cases that an index named, as they are now, in its order. */
async function withCases(table: Table, named: readonly Item[]): Promise<Case[]> {
  const wanted = named.map((item) => ({ pk: String(item.pk), sk: String(item.sk) }));
  const items = await batchGet(table, wanted);
  const found = new Map(items.map((item) => [item.pk, fromCaseItem(item)]));
  return wanted.flatMap((key) => found.get(key.pk) ?? []);
}

export interface CaseQuery {
  /** whose cases: the hub's own, or those a funder, donor or insurer has part in */
  readonly as: 'hub' | 'partner';
  readonly party: PartyId;
  readonly kind: Kind;
  readonly stage?: string | undefined;
  readonly cursor?: string | undefined;
  /** at most this many, 1–100 */
  readonly limit?: number | undefined;
}

const PLACE = new RegExp(`^~?[a-z-]{1,30}#\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z#(${CASE_NUMBER})$`);

/**
 * Where a list goes on. A cursor says a place in the order of a list and nothing of whose list it is: one that came from
 * another party's list leads to the same place in the own one.
 * @throws Rejected `invalid` when it is no place in this list
 */
function startOf({ cursor, stage }: CaseQuery): string | undefined {
  const position = fromCursor(cursor);
  if (!position) return undefined;
  const [place] = PLACE.exec(position.after ?? '') ?? [];
  if (!place || (stage && !place.startsWith(indexKeys.stage(stage)))) throw notACursor();
  return place;
}

/** Whether the case is still what the list is of: an index tells it late when a case moved on or changed hands. */
function belongs(subject: Case, { as, party, stage }: CaseQuery): boolean {
  const whose = as === 'hub' ? subject.hub : partnerOf(subject);
  return whose === party && (stage === undefined || subject.stage === stage);
}

/**
 * A party's cases of a kind, by stage and then by how long they have been in it. The index gives the keys only, the
 * cases themselves are read consistently; a page may be shorter than asked for where a case moved on this moment. Cost: see
 * {@link firstInOrder}, of keys, and one read a case.
 */
export async function listCases(table: Table, wanted: CaseQuery): Promise<List<Case>> {
  const index = wanted.as === 'hub' ? indexes.hubCases : indexes.partnerCases;
  const after = startOf(wanted);
  const limit = wanted.limit ?? 25;
  const ofStage = wanted.stage && indexKeys.stage(wanted.stage);
  const part = { after, ...(ofStage && { from: ofStage, to: `${ofStage}~` }) };
  // one more than is shown tells whether there is more
  const found = await firstInOrder(table, index, [indexKeys.cases(wanted.party, wanted.kind)], limit + 1, part);
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const items = (await withCases(table, shown)).filter((subject) => belongs(subject, wanted));
  return { items, nextCursor: last ? toCursor({ after: String(last[index.sk]) }) : null };
}

/** The latest cases of an organization, newest first, at most 50. Cost: two Queries of keys and one read a case. */
export async function casesOfOrganization(table: Table, organization: string): Promise<Case[]> {
  const { name, pk, sk } = indexes.organizationCases;
  const pages = await Promise.all(
    everyKeyOf(organization).map((key) =>
      query(table, {
        IndexName: name,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': pk },
        ExpressionAttributeValues: toItem({ ':pk': key }),
        ScanIndexForward: false,
        Limit: 50,
      }),
    ),
  );
  const items = pages.flatMap((page) => page.items).sort((a, b) => (String(a[sk]) < String(b[sk]) ? 1 : -1));
  // one that is brought along this moment may still stand in both places
  const named = [...new Map(items.map((item) => [item.pk, item])).values()];
  return withCases(table, named.slice(0, 50));
}

/**
 * Keys of a hub's cases of a kind that have not ended, as the stage index has them, a page of each shard at a time, in no order. Cost: a
 * Query a shard for each megabyte of its keys.
 */
export async function* openKeys(
  table: Table,
  hub: PartyId,
  kind: Kind,
): AsyncGenerator<{ readonly items: readonly Item[]; readonly hasMore: boolean }> {
  const { name, pk, sk } = indexes.hubCases;
  let left = everyShardOf(indexKeys.cases(hub, kind), table.shards).map((key): [string, Item | undefined] => [
    key,
    undefined,
  ]);
  while (left.length > 0) {
    const pages = await Promise.all(
      left.map(async ([key, last]) => {
        const page = await query(table, {
          IndexName: name,
          KeyConditionExpression: '#pk = :pk AND #sk < :ended',
          ExpressionAttributeNames: { '#pk': pk, '#sk': sk },
          ExpressionAttributeValues: toItem({ ':pk': key, ':ended': indexKeys.ended }),
          ...(last && { ExclusiveStartKey: toItem(last) }),
        });
        return { key, ...page };
      }),
    );
    left = pages.flatMap(({ key, last }) => (last ? [[key, last]] : []));
    yield { items: pages.flatMap(({ items }) => items), hasMore: left.length > 0 };
  }
}

/** Those of them that came to their stage in a period. */
async function openKeysSince(table: Table, kind: Kind, { hub, from, to }: SweepQuery): Promise<Item[]> {
  const found: Item[] = [];
  for await (const { items } of openKeys(table, hub, kind)) {
    for (const item of items) {
      const at = String(item[indexes.hubCases.sk]).split('#')[1] ?? '';
      if (from <= at && at < to) found.push(item);
    }
  }
  const place = (item: Item) => String(item[indexes.hubCases.sk]);
  return found.sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

export interface SweepQuery {
  readonly hub: PartyId;
  /** an instant */
  readonly from: string;
  /** an instant, itself no more in the period */
  readonly to: string;
}

/**
 * Cases of all kinds that have not ended and came to the stage they are in within a period, a hundred at a time: what
 * the sweep looks through. Cost: see {@link openKeys}, for each kind, and one read a case of the period.
 */
export async function* openCasesSince(table: Table, period: SweepQuery): AsyncGenerator<Case[]> {
  const named = (await Promise.all(kinds.map((kind) => openKeysSince(table, kind, period)))).flat();
  for (let start = 0; start < named.length; start += 100) {
    const cases = await withCases(table, named.slice(start, start + 100));
    yield cases.filter((subject) => !endStages.has(subject.stage));
  }
}
