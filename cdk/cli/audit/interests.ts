import * as z from 'zod';
import { CaseId, MemberId } from '../../../shared/domain/ids.ts';
import { organizationKey, organizationKeyBefore } from '../../../shared/store/case-item.ts';
import { readCaseChain } from '../../../shared/store/chains.ts';
import { keys } from '../../../shared/store/keys.ts';
import { listParties } from '../../../shared/store/parties.ts';
import { queryAll, type Table } from '../../../shared/store/table.ts';
import { keyOfCase } from './case-chain.ts';
import type { Fault } from './faults.ts';
import { expectedOf, type InterestTold, interestsTold } from './interests-told.ts';
import type { KnownChains } from './known-chains.ts';

/** What is changed while it is read looks wrong: it is read again before that is told. */
const TRIES = 3;

function placeOf(caseId: string): string {
  return `CASE#${caseId}`;
}

/** Everybody whose interests are compared: who declared one, and all members of parties. */
async function people(table: Table, known: KnownChains): Promise<Set<MemberId>> {
  const { name, client, shards } = table;
  const found = new Set(known.interested().map((id) => MemberId.parse(id)));
  for (const { id } of await listParties(table)) {
    // names and addresses are of no interest here: the ids stand open
    for (const item of await queryAll({ name, client, shards }, keys.membersOfParty(id), 'MEMBER#')) {
      found.add(MemberId.parse(String(item.sk).slice('MEMBER#'.length)));
    }
  }
  return found;
}

const Kept = z.looseObject({ organization: z.string() });

/** Where an interest would be kept today: one about an organization may still be kept by the fold before. */
function placeToday({ sk, data }: Record<string, unknown>): string {
  const kept = Kept.safeParse(data).data;
  const isBefore = kept !== undefined && sk === organizationKeyBefore(kept.organization);
  return isBefore ? organizationKey(kept.organization) : String(sk);
}

function compare(member: MemberId, told: readonly InterestTold[], items: readonly Record<string, unknown>[]): Fault[] {
  const expected = expectedOf(told, member, placeOf);
  const inForce = new Set(items.filter(({ declared }) => declared !== undefined).map(placeToday));
  const fault = (what: Fault['what'], sk: string): Fault => ({
    what,
    chain: sk.startsWith('CASE#') ? `case/${sk.slice('CASE#'.length)}` : '',
    where: `${keys.interests(member)} ${sk}`,
  });
  return [
    ...[...expected].flatMap(([sk, is]) => (is === true && !inForce.has(sk) ? [fault('interest-removed', sk)] : [])),
    ...[...inForce].flatMap((sk) => ((expected.get(sk) ?? false) === false ? [fault('interest-added', sk)] : [])),
  ];
}

/** What the events of these cases say now. */
async function toldAnew(table: Table, cases: ReadonlySet<string>): Promise<InterestTold[]> {
  const found = await Promise.all(
    [...cases].map(async (id) => {
      const { head, entries } = await readCaseChain(
        { name: table.name, client: table.client, shards: table.shards },
        CaseId.parse(id),
      );
      return interestsTold(entries, keyOfCase(head));
    }),
  );
  return found.flat();
}

/**
 * Holds the interests that are in force against the events that declared and took back, person by person. To be called
 * when all cases were gone through. Cost: a Query a party and one a member.
 */
export async function verifyInterests(table: Table, known: KnownChains): Promise<Fault[]> {
  const plain = { name: table.name, client: table.client, shards: table.shards };
  const faults: Fault[] = [];
  for (const member of await people(table, known)) {
    let told = known.interestsOf(member);
    let found = compare(member, told, await queryAll(plain, keys.interests(member)));
    for (let tries = 1; found.length > 0 && tries < TRIES; tries++) {
      const items = await queryAll(plain, keys.interests(member));
      const named = [...told.map(({ caseId }) => caseId), ...items.map(({ sk }) => String(sk).replace(/^CASE#/, ''))];
      const cases = new Set(named.filter((id) => CaseId.safeParse(id).success));
      const fresh = await toldAnew(table, cases);
      told = [...told.filter(({ caseId }) => !cases.has(caseId)), ...fresh];
      found = compare(member, told, items);
    }
    faults.push(...found);
  }
  return faults;
}
