import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { digest } from '../audit/digest.ts';
import { OrganizationId } from '../domain/ids.ts';
import { type KnownBy, likenessOf } from '../entities/organizations/likeness.ts';
import { lookUpKeys } from '../entities/organizations/look-up-keys.ts';
import { type Match, matchOrganizations } from '../entities/organizations/match.ts';
import { knownBy, Organization, OrganizationStep, Saying } from '../entities/organizations/organization.ts';
import { organizationHashes } from '../secrets/organization-hash.ts';
import { fromCursor, notACursor, toCursor } from './cursor.ts';
import type { Hub } from './hub.ts';
import { keys, ORGANIZATION_PARTS } from './keys.ts';
import { batchGet, get, type Item, put, putOver, query, queryAll, remove, type Table, toItem } from './table.ts';

/** How many records one key gives at most: a name that hundreds have finds the first of them. */
const MOST_BY_KEY = 25;
/** Keys are asked for so many at a time. */
const AT_ONCE = 8;

/** What a record is found by, as its item keeps it: a later version may make other keys, and takes these away. */
const Kept = z.object({ by: z.array(z.string()), numbers: z.array(z.string()) });

function fromItem(item: Item): Organization {
  return Organization.parse(item.data);
}

/** Cost: one consistent read. */
export async function readOrganization(table: Table, id: OrganizationId): Promise<Organization | undefined> {
  const item = await get(table, keys.organization(id));
  return item && fromItem(item);
}

/** What was done to a record, the last first. Cost: one Query. */
export async function organizationSteps(table: Table, id: OrganizationId): Promise<OrganizationStep[]> {
  const items = await queryAll(table, keys.organizationStep(id, 0).pk, 'STEP#');
  return items.map(({ data }) => OrganizationStep.parse(data)).reverse();
}

interface OrganizationPage {
  readonly items: Organization[];
  readonly nextCursor: string | null;
}

/**
 * All records in the order of their numbers, part by part: each once, however many are entered meanwhile. Cost: a Query a part that
 * the page touches, mostly one.
 * @throws Rejected `invalid` for a cursor of another list
 */
export async function listOrganizations(
  table: Table,
  cursor: string | undefined,
  limit: number,
): Promise<OrganizationPage> {
  const from = fromCursor(cursor);
  let part = from === undefined ? 0 : Number(from.part);
  if (!Number.isInteger(part) || part < 0 || part >= ORGANIZATION_PARTS) throw notACursor();
  let after = from?.after;
  const items: Organization[] = [];
  while (part < ORGANIZATION_PARTS) {
    const page = await query(table, {
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({ ':pk': keys.organizations(part), ':after': after }),
      Limit: limit - items.length,
      ConsistentRead: true,
    });
    items.push(...page.items.map(fromItem));
    const last = items.at(-1);
    if (items.length >= limit && last) return { items, nextCursor: toCursor({ part: String(part), after: last.id }) };
    if (page.last === undefined) {
      part += 1;
      after = undefined;
    } else after = String(page.last.sk);
  }
  return { items, nextCursor: null };
}

/** A record that may be of the same body as what was looked for. */
export interface Alike extends Match {
  readonly organization: Organization;
}

const RANK = { same: 0, probable: 1, possible: 2, different: 3 } as const;

/**
 * Records that may be of the body that is described, the surest first. Cost: a Query a key (some twelve, {@link AT_ONCE} at a
 * time), and a read a record that has a key in common.
 */
export async function alikeOrganizations(hub: Pick<Hub, 'table' | 'macKeyId'>, known: KnownBy): Promise<Alike[]> {
  const likeness = likenessOf(known);
  const hashes = await organizationHashes(hub.macKeyId, lookUpKeys(likeness).read);
  const ids = new Set<OrganizationId>();
  for (let start = 0; start < hashes.length; start += AT_ONCE) {
    const pages = await Promise.all(
      hashes.slice(start, start + AT_ONCE).map((hash) =>
        query(hub.table, {
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: toItem({ ':pk': keys.organizationsBy(hash) }),
          Limit: MOST_BY_KEY,
        }),
      ),
    );
    for (const { items } of pages) for (const { id } of items) ids.add(OrganizationId.parse(id));
  }
  const records = await batchGet(hub.table, [...ids].map(keys.organization));
  const found = records.map((item) => {
    const organization = fromItem(item);
    return { organization, ...matchOrganizations(likeness, likenessOf(knownBy(organization))) };
  });
  return found
    .filter(({ verdict }) => verdict !== 'different')
    .sort((a, b) => RANK[a.verdict] - RANK[b.verdict] || b.reasons.length - a.reasons.length);
}

/** What binds a record to the trace of what was done to it. */
export function organizationDigest(organization: Organization): string {
  return digest('organization', Organization.parse(organization));
}

/**
 * The writes of a new record, or of one over the version that was read, with what it is found by. They fail where the record was
 * changed meanwhile, or another one has a number of it. Cost: an item for the record, one for the step and one for each key that
 * is new or gone; before it one read.
 */
export async function keepingOrganization(
  hub: Hub,
  organization: Organization,
  step: OrganizationStep,
): Promise<TransactWriteItem[]> {
  const { table } = hub;
  const { id, version } = organization;
  const before = version === 1 ? undefined : await get(table, keys.organization(id));
  const kept = before ? Kept.parse(before) : { by: [], numbers: [] };
  const { written } = lookUpKeys(likenessOf(knownBy(organization)));
  const numbered = written.filter((key) => key.startsWith('#'));
  const [by, numbers] = await Promise.all([
    organizationHashes(hub.macKeyId, written),
    organizationHashes(hub.macKeyId, numbered),
  ]);
  const item: Item = {
    ...keys.organization(id),
    entity: 'organization',
    version,
    by,
    numbers,
    data: Organization.parse(organization),
  };
  const only = (all: readonly string[], others: readonly string[]) => all.filter((one) => !others.includes(one));
  return [
    version === 1 ? put(table, item, true) : putOver(table, item, version - 1),
    put(
      table,
      { ...keys.organizationStep(id, version), entity: 'organization-step', data: OrganizationStep.parse(step) },
      true,
    ),
    ...only(numbers, kept.numbers).map((hash) =>
      put(table, { ...keys.organizationNumber(hash), entity: 'organization-by', id }, true),
    ),
    ...only(kept.numbers, numbers).map((hash) => remove(table, keys.organizationNumber(hash))),
    ...only(by, kept.by).map((hash) => put(table, { ...keys.organizationBy(hash, id), entity: 'organization-by', id })),
    ...only(kept.by, by).map((hash) => remove(table, keys.organizationBy(hash, id))),
  ];
}

/** What staff said of a record and others. Cost: one Query. */
export async function sayingsOf(table: Table, id: OrganizationId): Promise<Saying[]> {
  return (await queryAll(table, keys.organizationStep(id, 0).pk, 'SAID#')).map(({ data }) => Saying.parse(data));
}

/** Writes that keep a saying beside both records; they fail where something was said of them already. */
export function keepingSaying(table: Table, id: OrganizationId, saying: Saying): TransactWriteItem[] {
  const { about, says } = saying;
  const mirrored = { ...saying, about: id, says: says === 'branch' ? ('has-branch' as const) : says };
  const both = [
    [keys.organizationSaid(id, about), saying],
    [keys.organizationSaid(about, id), mirrored],
  ] as const;
  return both.map(([key, data]) => put(table, { ...key, entity: 'organization-said', data: Saying.parse(data) }, true));
}

/** Writes that take it away again; they fail where there is none. */
export function takingBackSaying(table: Table, id: OrganizationId, about: OrganizationId): TransactWriteItem[] {
  return [keys.organizationSaid(id, about), keys.organizationSaid(about, id)].map((key) => ({
    Delete: { TableName: table.name, Key: toItem({ ...key }), ConditionExpression: 'attribute_exists(pk)' },
  }));
}

/** Records that may be of the same body as this one, of which nobody has said anything yet. Cost: as {@link alikeOrganizations}, and a Query. */
export async function proposedFor(hub: Hub, organization: Organization): Promise<Alike[]> {
  const [found, said] = await Promise.all([
    alikeOrganizations(hub, knownBy(organization)),
    sayingsOf(hub.table, organization.id),
  ]);
  const done = new Set<string>([organization.id, ...said.map(({ about }) => about)]);
  return found.filter((one) => !done.has(one.organization.id));
}

/**
 * All names of the body that is described: those of records that are it, or probably, and of records that staff said to be the same.
 * What staff said to be another one is left out of them. Cost: as {@link alikeOrganizations}, and a Query and a few reads a record.
 */
export async function namesOfBody(hub: Pick<Hub, 'table' | 'macKeyId'>, known: KnownBy): Promise<string[]> {
  const sure = (await alikeOrganizations(hub, known)).filter(
    ({ verdict }) => verdict === 'same' || verdict === 'probable',
  );
  const names = await Promise.all(
    sure.map(async ({ organization }) => {
      const same = (await sayingsOf(hub.table, organization.id)).filter(({ says }) => says === 'same');
      const others = await batchGet(
        hub.table,
        same.map(({ about }) => keys.organization(about)),
      );
      return [organization, ...others.map(fromItem)].flatMap(({ name, aliases }) => [name, ...aliases]);
    }),
  );
  return [...new Set(names.flat())];
}
