import type { MemberId, PartyId } from '../domain/ids.ts';
import { Member, Party, type Role } from '../domain/party.ts';
import { membershipInterest } from './interests.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { get, type Item, put, queryAll, type Table, transact } from './table.ts';

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

export async function saveParty(table: Table, party: Party): Promise<void> {
  await transact(table, [put(table, { ...keys.party(party.id), entity: 'party', data: Party.parse(party) })]);
}

/**
 * Keeps a member, found from the person and from the party. Who becomes a member of an organization has an interest in its
 * cases from the same moment.
 */
export async function saveMember(table: Table, member: Member): Promise<void> {
  const data = dataOf(Member, Member.parse(member));
  await transact(table, [
    put(table, { ...keys.member(member.id, member.party), entity: 'member', ...data }),
    put(table, { ...keys.memberOfParty(member.party, member.id), entity: 'member', ...data }),
    ...membershipInterest(table, member, 'made'),
  ]);
}

/** A person's memberships: none when the person is unknown here. Cost: one Query. */
export async function membershipsOf(table: Table, member: MemberId): Promise<Member[]> {
  return (await queryAll(table, keys.memberships(member))).map(fromItem);
}

/** The members of a party who have one of the roles. Cost: one Query. */
export async function membersOf(table: Table, party: PartyId, roles: readonly Role[]): Promise<Member[]> {
  const items = await queryAll(table, keys.membersOfParty(party));
  return items.map(fromItem).filter((member) => member.roles.some((role) => roles.includes(role)));
}
