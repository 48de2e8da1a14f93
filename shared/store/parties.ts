import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { MemberId, PartyId } from '../domain/ids.ts';
import { Member, Party, type Role } from '../domain/party.ts';
import { classed } from '../domain/privacy/classes.ts';
import { Instant } from '../domain/time.ts';
import { membershipInterest } from './interests.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { batchGet, get, type Item, put, queryAll, type Table, toItem, transact } from './table.ts';

/** How the sort keys of members begin, beside what else is kept of a party. */
const MEMBERS = 'MEMBER#';

function fromItem(item: Item): Member {
  return wholeOf(Member, item);
}

/** Cost: one consistent read. */
export async function readParty(table: Table, id: PartyId): Promise<Party | undefined> {
  const item = await get(table, keys.party(id));
  return item && Party.parse(item.data);
}

/** All parties: a hub has tens, not thousands. Cost: one Query. */
export async function listParties(table: Table): Promise<Party[]> {
  return (await queryAll(table, keys.party('').pk)).map((item) => Party.parse(item.data));
}

/** The write of a party, whatever was there. */
export function enteringParty(table: Table, party: Party): TransactWriteItem {
  return put(table, { ...keys.party(party.id), entity: 'party', data: Party.parse(party) });
}

export async function saveParty(table: Table, party: Party): Promise<void> {
  await transact(table, [enteringParty(table, party)]);
}

/** The write of a party that is not there yet. */
export function creatingParty(table: Table, party: Party): TransactWriteItem {
  return put(table, { ...keys.party(party.id), entity: 'party', data: Party.parse(party) }, true);
}

/** A membership is kept twice: found from the person and from the party. */
function copies(member: Member): Item[] {
  const { id, party } = member;
  const data = dataOf(Member, Member.parse(member));
  return [keys.member(id, party), keys.memberOfParty(party, id)].map((key) => ({ ...key, entity: 'member', ...data }));
}

/**
 * Enters a member, whoever was there before. Who becomes a member of an organization has an interest in its cases from the
 * same moment. Cost: two to four items in a transaction.
 */
export async function saveMember(table: Table, member: Member): Promise<void> {
  await transact(table, [
    ...copies(member).map((item) => put(table, item)),
    ...membershipInterest(table, member, 'made'),
  ]);
}

/** Whether the person was a member of the party and was removed. Cost: one consistent read. */
export async function wasRemoved(table: Table, party: PartyId, member: MemberId): Promise<boolean> {
  return (await get(table, keys.removal(party, member))) !== undefined;
}

/**
 * Writes of a new membership, with the interest that it is in an organization's cases; they fail where the person is a
 * member of the party. Cost: two to four items in a transaction.
 */
export function joining(table: Table, member: Member): TransactWriteItem[] {
  return [...copies(member).map((item) => put(table, item, true)), ...membershipInterest(table, member, 'made')];
}

function isThere(table: Table) {
  return { TableName: table.name, ConditionExpression: 'attribute_exists(pk)' };
}

/** Writes that change a membership that is there. Cost: two items in a transaction. */
export function changingMember(table: Table, after: Member): TransactWriteItem[] {
  return copies(after).map((item) => ({ Put: { ...isThere(table), Item: toItem(item) } }));
}

/** What members choose for themselves. */
type Chosen = Required<Pick<Member, 'mails' | 'calendar'>>;

/**
 * Writes of what a member has chosen, and of nothing else of theirs: roles may be changed meanwhile. Cost: two items in a transaction.
 * @param value undefined to have it no more
 */
export function choosing<K extends keyof Chosen>(
  table: Table,
  { id, party }: Pick<Member, 'id' | 'party'>,
  what: K,
  value: Chosen[K] | undefined,
): TransactWriteItem[] {
  return [keys.member(id, party), keys.memberOfParty(party, id)].map((key) => ({
    Update: {
      ...isThere(table),
      Key: toItem({ ...key }),
      UpdateExpression: value === undefined ? 'REMOVE #data.#what' : 'SET #data.#what = :value',
      ExpressionAttributeNames: { '#data': 'data', '#what': what },
      ...(value !== undefined && { ExpressionAttributeValues: toItem({ ':value': value }) }),
    },
  }));
}

/**
 * That somebody is no longer a member, so that no file enters them again. Why stands in the trail of the party's people. `by` is left
 * out where it was the installation's owner.
 */
export const Removal = z.strictObject(
  classed('party', { member: MemberId, party: PartyId, at: Instant, by: MemberId.optional() }),
);
export type Removal = z.infer<typeof Removal>;

/** Writes that end a membership and keep that it was ended. Cost: three to five items in a transaction. */
export function removing(table: Table, member: Member, removal: Removal): TransactWriteItem[] {
  const { id, party } = member;
  return [
    ...membershipInterest(table, member, 'ended'),
    ...[keys.member(id, party), keys.memberOfParty(party, id)].map((key) => ({
      Delete: { ...isThere(table), Key: toItem({ ...key }) },
    })),
    put(table, { ...keys.removal(party, id), entity: 'removal', data: Removal.parse(removal) }),
  ];
}

/** A person's memberships: none when the person is unknown here. Cost: one Query. */
export async function membershipsOf(table: Table, member: MemberId): Promise<Member[]> {
  return (await queryAll(table, keys.memberships(member))).map(fromItem);
}

/** Cost: one consistent read. */
export async function readMember(table: Table, party: PartyId, member: MemberId): Promise<Member | undefined> {
  const item = await get(table, keys.memberOfParty(party, member));
  return item && fromItem(item);
}

/** What those who are members now are called by their parties. Cost: one read each, whoever is asked for more than once. */
export async function memberNames(
  table: Table,
  wanted: readonly { readonly party: PartyId; readonly id: MemberId }[],
): Promise<Map<MemberId, string>> {
  const items = await batchGet(
    table,
    wanted.map(({ party, id }) => keys.memberOfParty(party, id)),
  );
  return new Map(items.map(fromItem).map(({ id, name }) => [id, name]));
}

/** All members of a party, in order of their names. Cost: one Query. */
export async function listMembers(table: Table, party: PartyId): Promise<Member[]> {
  const items = await queryAll(table, keys.membersOfParty(party), MEMBERS);
  return items.map(fromItem).sort((a, b) => a.name.localeCompare(b.name, 'zh'));
}

/** The members of a party who have one of the roles. Cost: one Query. */
export async function membersOf(table: Table, party: PartyId, roles: readonly Role[]): Promise<Member[]> {
  const members = await listMembers(table, party);
  return members.filter((member) => member.roles.some((role) => roles.includes(role)));
}
