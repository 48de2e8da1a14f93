import * as z from 'zod';
import { Permanent } from '../../../shared/domain/errors.ts';
import { MemberId, PartyId } from '../../../shared/domain/ids.ts';
import { Role } from '../../../shared/domain/party.ts';
import { memberDigest } from '../../../shared/people/member-digest.ts';
import { keys } from '../../../shared/store/keys.ts';
import { batchGet, get, type Item, queryAll, type Table } from '../../../shared/store/table.ts';
import type { AuthorityTold } from './authority-told.ts';
import type { Fault } from './faults.ts';

const roles = z.array(Role);
const Told = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('organization-registered'),
    by: z.looseObject({ member: z.string() }),
    person: z.string().optional(),
  }),
  z.looseObject({ type: z.literal('member-invited'), invitation: z.string().optional(), roles }),
  z.looseObject({
    type: z.literal('member-joined'),
    member: z.string(),
    invitation: z.string().optional(),
    roles,
    person: z.string().optional(),
  }),
  z.looseObject({ type: z.literal('member-roles-changed'), member: z.string(), roles }),
  z.looseObject({ type: z.literal('member-removed'), member: z.string() }),
]);

/** What a party's trail gives its members, and where somebody joined with other roles than they were invited to. */
function replayed(told: readonly AuthorityTold[]) {
  const held = new Map<string, readonly Role[]>();
  const persons = new Map<string, string | undefined>();
  const invited = new Map<string, readonly Role[]>();
  const uninvited: AuthorityTold[] = [];
  for (const entry of told) {
    const one = Told.safeParse(entry.data).data;
    if (one?.type === 'organization-registered') {
      held.set(one.by.member, ['manager']);
      persons.set(one.by.member, one.person);
    }
    if (one?.type === 'member-invited' && one.invitation) invited.set(one.invitation, one.roles);
    if (one?.type === 'member-roles-changed') held.set(one.member, one.roles);
    if (one?.type === 'member-removed') held.delete(one.member);
    if (one?.type !== 'member-joined') continue;
    held.set(one.member, one.roles);
    persons.set(one.member, one.person);
    const asked = one.invitation === undefined ? undefined : invited.get(one.invitation);
    if (asked && !isSame(asked, one.roles)) uninvited.push(entry);
  }
  return { held, persons, uninvited };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((role) => b.includes(role));
}

const Member = z.looseObject({ id: z.string(), party: z.string(), roles });

/** Both copies of each membership, by member. */
async function copiesOf(
  { name, client, shards }: Table,
  party: PartyId,
  named: Iterable<string>,
): Promise<Map<string, Item[]>> {
  const plain = { name, client, shards };
  const ofParty = await queryAll(plain, keys.membersOfParty(party), 'MEMBER#');
  const ids = new Set([...named, ...ofParty.map(({ sk }) => String(sk).slice('MEMBER#'.length))]);
  const own = await batchGet(
    plain,
    [...ids].map((id) => keys.member(MemberId.parse(id), party)),
  );
  const all = [...ofParty, ...own];
  return new Map(
    [...ids].map((id) => {
      const places = [keys.member(MemberId.parse(id), party), keys.memberOfParty(party, MemberId.parse(id))];
      return [id, all.filter(({ pk, sk }) => places.some((place) => place.pk === pk && place.sk === sk))] as const;
    }),
  );
}

const Person = z.object({ id: z.string(), name: z.string(), email: z.string(), salt: z.string().optional() });

/**
 * Whether name and address of a membership are those with which they joined; also where they cannot be read without a key. Cost: a read.
 */
async function isSamePerson(table: Table, party: PartyId, { pk, sk }: Item, digest: string): Promise<boolean> {
  try {
    const item = await get(table, { pk: String(pk), sk: String(sk) });
    if (typeof item?.personal !== 'string') return table.vault === undefined && item !== undefined;
    const { salt, ...named } = Person.parse({ ...Object(item.data), ...Object(JSON.parse(item.personal)) });
    return salt !== undefined && memberDigest({ ...named, id: MemberId.parse(named.id), party }, salt) === digest;
  } catch (error) {
    if (error instanceof Permanent || error instanceof z.ZodError) return false;
    throw error;
  }
}

/** Holds the members of a party, their roles, names and addresses against its trail. Cost: a Query, and three reads a member. */
export async function verifyMembers(table: Table, id: string, told: readonly AuthorityTold[]): Promise<Fault[]> {
  const party = PartyId.parse(id);
  const chain = `trace/${id}/people`;
  const { held, persons, uninvited } = replayed(told);
  const faults: Fault[] = uninvited.map(({ seq }) => ({ what: 'roles-altered', chain, seq, where: 'as they joined' }));
  for (const [member, copies] of await copiesOf(table, party, held.keys())) {
    const wanted = held.get(member);
    const where = `${keys.membersOfParty(party)} MEMBER#${member}`;
    if (!wanted) faults.push({ what: 'member-added', chain, where });
    else if (copies.length < 2) faults.push({ what: 'member-removed', chain, where });
    else {
      const isTheirs = copies.every(({ data }) => {
        const one = Member.safeParse(data).data;
        return one?.id === member && one.party === id && isSame(one.roles, wanted);
      });
      if (!isTheirs) faults.push({ what: 'roles-altered', chain, where });
      const digest = persons.get(member);
      // who joined before names were bound has no digest
      const same = await Promise.all(
        digest === undefined ? [] : copies.map((copy) => isSamePerson(table, party, copy, digest)),
      );
      if (same.includes(false)) faults.push({ what: 'member-altered', chain, where });
    }
  }
  return faults;
}

/** Of whom the trails say that they joined, and are members still: whose interests and accounts are looked at. */
export function membersTold(told: readonly AuthorityTold[]): string[] {
  return [...replayed(told).held.keys()];
}
