import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { Member, memberFields, memberOf, Party } from '../../shared/domain/party.ts';
import { enterMember } from '../../shared/people/enter-member.ts';
import { listMembers, listParties, saveParty } from '../../shared/store/parties.ts';
import type { Table } from '../../shared/store/table.ts';

/** `{ parties: [{ id, type, name, nameEn? }], members: [{ id, party, name, email, language?, roles }] }` */
const PartiesFile = z.object({
  parties: z.array(Party),
  members: z.array(z.strictObject(memberFields).omit({ partyType: true, partyName: true, partyNameEn: true })),
});

export interface Parties {
  readonly parties: readonly Party[];
  readonly members: readonly Member[];
}

/**
 * Parties and their members from a JSON file. A member's `id` is the `sub` that the OIDC issuer gives the person.
 * @throws when the file cannot be read, a member's party is not in it, or a role is none that such a party has
 */
export function readPartiesFile(path: string): Parties {
  const { parties, members } = PartiesFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  return {
    parties,
    members: members.map((member) => {
      const party = parties.find((one) => one.id === member.party);
      if (!party) throw new Error(`${path} has no party ${member.party}, of which ${member.id} is a member`);
      return Member.parse({ ...member, ...memberOf(party) });
    }),
  };
}

/**
 * Enters parties and those of their members who are not known yet: whoever was given other roles since, or was removed,
 * stays so. Cost: a Query, one for each party with members, and what is new.
 */
export async function enterParties(table: Table, { parties, members }: Parties): Promise<void> {
  const there = new Map((await listParties(table)).map((party) => [party.id, party]));
  const changed = parties.filter((party) => !isDeepStrictEqual(there.get(party.id), party));
  await Promise.all(changed.map((party) => saveParty(table, party)));
  const ofParties = [...Map.groupBy(members, ({ party }) => party)];
  await Promise.all(
    ofParties.map(async ([party, own]) => {
      const known = new Set((await listMembers(table, party)).map(({ id }) => id));
      // each is an entry in the one trail of the party's people
      for (const member of own) if (!known.has(member.id)) await enterMember(table, member);
    }),
  );
}
