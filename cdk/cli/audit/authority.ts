import * as z from 'zod';
import { peopleChain } from '../../../shared/audit/record.ts';
import { PartyId } from '../../../shared/domain/ids.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { readTraceChain } from '../../../shared/store/chains.ts';
import { keys } from '../../../shared/store/keys.ts';
import { listParties } from '../../../shared/store/parties.ts';
import { queryAll, type Table } from '../../../shared/store/table.ts';
import { type AuthorityTold, authorityTold } from './authority-told.ts';
import { verifyBalances } from './balances.ts';
import { verifyAccounts, verifyAddresses, verifyKeptAway, verifyParty } from './belonging.ts';
import type { Fault } from './faults.ts';
import type { KnownChains } from './known-chains.ts';
import { membersTold, verifyMembers } from './members.ts';
import { verifyStandIns } from './stand-ins.ts';
import { termsNotComparable, verifyTerms } from './terms.ts';

/** What is changed while it is read looks wrong: it is read again before that is told. */
const TRIES = 3;

const Bound = z.looseObject({ digest: z.string().optional() });

/** What the trail of a party's people, and of its day, say now. */
async function toldAnew({ name, client, shards }: Table, party: string, known: KnownChains): Promise<void> {
  const plain = { name, client, shards };
  for (const chain of [peopleChain(PartyId.parse(party)), `${party}/${localDate(Date.now())}`])
    known.told(authorityTold((await readTraceChain(plain, chain)).entries));
}

async function verifyOfParty(table: Table, party: string, known: KnownChains): Promise<Fault[]> {
  const told = (...types: string[]): AuthorityTold[] => known.toldOf(types, party);
  return [
    ...(await verifyParty(table, party, told('party-entered', 'organization-registered'))),
    ...(await verifyMembers(
      table,
      party,
      told('organization-registered', 'member-invited', 'member-joined', 'member-roles-changed', 'member-removed'),
    )),
    ...(await verifyAddresses(table, party, told('address-confirmed', 'address-released'))),
    ...(await verifyStandIns(table, party, told('stand-in-named', 'stand-in-ended'))),
  ];
}

/** Parties, programmes and offers from before entries were kept that bind them: nothing says how they were. Cost: three Queries. */
export async function notComparable(table: Table, known: KnownChains): Promise<string[]> {
  const bound = new Map<string, boolean>();
  const parties = await queryAll({ name: table.name, client: table.client, shards: table.shards }, keys.party('').pk);
  for (const { pk, sk } of parties) bound.set(`${pk} ${sk}`, false);
  for (const { party, data } of known.toldOf(['party-entered', 'organization-registered'])) {
    const { pk, sk } = keys.party(party);
    const { digest } = Bound.safeParse(data).data ?? {};
    bound.set(`${pk} ${sk}`, digest !== undefined || bound.get(`${pk} ${sk}`) === true);
  }
  const unbound = [...bound].filter(([, isBound]) => !isBound).map(([place]) => place);
  return [...unbound, ...(await termsNotComparable(table, known))];
}

/**
 * Computes again who may do what from the entries that gave it: members and roles, stand-ins, hubs above, terms and balances of
 * programmes and offers, confirmed addresses, accounts of one person. To be called when all chains were gone through. Cost: four Queries
 * a party, two a member, and a read for each membership.
 */
export async function verifyAuthority(table: Table, known: KnownChains): Promise<Fault[]> {
  const faults: Fault[] = [];
  const named = known.toldOf(['organization-registered', 'member-joined', 'party-entered']).map(({ party }) => party);
  const listed = (await listParties({ name: table.name, client: table.client, shards: table.shards })).map(({ id }) =>
    String(id),
  );
  const people = new Set<string>();
  for (const party of new Set([...listed, ...named])) {
    let found = await verifyOfParty(table, party, known);
    for (let tries = 1; found.length > 0 && tries < TRIES; tries++) {
      await toldAnew(table, party, known);
      found = await verifyOfParty(table, party, known);
    }
    faults.push(...found);
    const joined = known.toldOf(['organization-registered', 'member-joined', 'member-removed'], party);
    for (const member of membersTold(joined)) people.add(member);
  }
  for (const member of people) faults.push(...(await verifyKeptAway(table, member)));
  const linked = known.toldOf(['member-joined', 'address-confirmed', 'organization-registered']);
  return [
    ...faults,
    ...(await verifyAccounts(table, linked)),
    ...(await verifyTerms(table, known)),
    ...(await verifyBalances(table, known)),
  ];
}
