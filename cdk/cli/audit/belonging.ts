import * as z from 'zod';
import { MemberId, PartyId } from '../../../shared/domain/ids.ts';
import { partyDigest } from '../../../shared/people/enter-party.ts';
import { accountsOf } from '../../../shared/store/accounts.ts';
import { everyKeyOf, organizationKey } from '../../../shared/store/case-item.ts';
import { keys } from '../../../shared/store/keys.ts';
import { batchGet, get, queryAll, type Table } from '../../../shared/store/table.ts';
import type { AuthorityTold } from './authority-told.ts';
import type { Fault } from './faults.ts';

const Entered = z.looseObject({ digest: z.string().optional() });

/** Holds a party, and the hub above it, against the last entry that binds it. Cost: one read. */
export async function verifyParty(table: Table, id: string, told: readonly AuthorityTold[]): Promise<Fault[]> {
  const digest = told.map(({ data }) => Entered.safeParse(data).data?.digest).findLast((one) => one !== undefined);
  // one from before this was kept has no entry: the report names it
  if (digest === undefined) return [];
  const { pk, sk } = keys.party(id);
  const item = await get({ name: table.name, client: table.client, shards: table.shards }, { pk, sk });
  const isSame = item !== undefined && partyDigest(item.data) === digest;
  return isSame ? [] : [{ what: 'party-altered', chain: `trace/${id}/people`, where: `${pk} ${sk}` }];
}

const Address = z.looseObject({ type: z.string(), address: z.string() });

/** Holds which mail addresses are an organization's own against its trail. Cost: a Query, and a read an address. */
export async function verifyAddresses(table: Table, id: string, told: readonly AuthorityTold[]): Promise<Fault[]> {
  const plain = { name: table.name, client: table.client, shards: table.shards };
  const party = PartyId.parse(id);
  const own = new Set<string>();
  for (const { data } of told) {
    const one = Address.safeParse(data).data;
    if (one?.type === 'address-confirmed') own.add(one.address);
    if (one?.type === 'address-released') own.delete(one.address);
  }
  const prefix = keys.address(party, '').sk;
  const items = await queryAll(plain, keys.membersOfParty(party), prefix);
  const confirmed = items
    .filter((item) => item.confirmed !== undefined)
    .map(({ sk }) => String(sk).slice(prefix.length));
  const all = [...new Set([...own, ...confirmed])];
  const owners = new Map(
    (await batchGet(plain, all.map(keys.addressOwner))).map(({ pk, party: whose }) => [pk, whose]),
  );
  return all
    .filter((hash) => {
      const isOwner = owners.get(keys.addressOwner(hash).pk) === id;
      return !own.has(hash) || !isOwner || !confirmed.includes(hash);
    })
    .map((hash) => ({ what: 'address-altered', chain: `trace/${id}/people`, where: `ADDRESS#${hash}` }));
}

const Linked = z.looseObject({
  member: z.string().optional(),
  accounts: z.array(z.string()).optional(),
  by: z.looseObject({ member: z.string().optional() }),
});

/** Holds whose accounts count as one person's against the entries that say so. Cost: a read for each who has several. */
export async function verifyAccounts(table: Table, told: readonly AuthorityTold[]): Promise<Fault[]> {
  const plain = { name: table.name, client: table.client, shards: table.shards };
  const faults: Fault[] = [];
  for (const { chain, seq, data } of told) {
    const { member, accounts = [], by } = Linked.safeParse(data).data ?? { by: {} };
    const who = member ?? by.member;
    if (who === undefined || accounts.length === 0) continue;
    for (const [one, other] of accounts.flatMap((each) => [[who, each] as const, [each, who] as const])) {
      const found = (await accountsOf(plain, [MemberId.parse(one)]))(MemberId.parse(one));
      if (!found.some((each) => each === other))
        faults.push({
          what: 'account-unlinked',
          chain: `trace/${chain}`,
          seq,
          where: keys.accounts(MemberId.parse(one)).pk,
        });
    }
  }
  return faults;
}

const Membership = z.looseObject({
  party: PartyId,
  partyType: z.string(),
  partyName: z.string(),
  partyNameEn: z.string().optional(),
});

/**
 * Holds what keeps a member of organizations from their cases against their memberships. Cost: two Queries a member.
 */
export async function verifyKeptAway(table: Table, id: string): Promise<Fault[]> {
  const plain = { name: table.name, client: table.client, shards: table.shards };
  const member = MemberId.parse(id);
  const memberships = (await queryAll(plain, keys.memberships(member))).flatMap(({ data }) => {
    const one = Membership.safeParse(data).data;
    return one?.partyType === 'organization' ? [one] : [];
  });
  if (memberships.length === 0) return [];
  const items = new Map((await queryAll(plain, keys.interests(member))).map((item) => [item.sk, item.memberOf]));
  const isKept = (key: string, party: PartyId) => {
    const parties = items.get(key);
    return parties instanceof Set && parties.has(party);
  };
  return memberships
    .flatMap(({ partyName, partyNameEn, party }) =>
      [...new Set([partyName, partyNameEn ?? partyName])].map((name) => ({ name, party })),
    )
    .filter(({ name, party }) => !everyKeyOf(name).some((key) => isKept(key, party)))
    .map(({ name }) => organizationKey(name))
    .map((key) => ({ what: 'membership-hidden', chain: '', where: `${keys.interests(member)} ${key}` }));
}
