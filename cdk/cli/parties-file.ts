import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { isRoleOf, Member, memberFields, memberOf, Party, rolesOf } from '../../shared/domain/party.ts';
import { hubContactWords } from '../../shared/i18n/hub-contact.ts';
import { enterMember } from '../../shared/people/enter-member.ts';
import { enterParty } from '../../shared/people/enter-party.ts';
import { listMembers } from '../../shared/store/parties.ts';
import type { Table } from '../../shared/store/table.ts';
import { linesOf, Mistaken } from './problems.ts';

/** `{ parties: [{ id, type, name, nameEn?, parent?, contact? }], members: [{ id, party, name, email, language?, roles }] }` */
const PartiesFile = z.object({
  parties: z.array(Party),
  members: z.array(
    z.strictObject(memberFields).omit({ partyType: true, partyName: true, partyNameEn: true, salt: true }),
  ),
});

export interface Parties {
  readonly parties: readonly Party[];
  readonly members: readonly Member[];
}

/** Hubs of which no page and no mail can say how to reach them, each in a line. */
export function hubsWithoutContact({ parties }: Parties): string[] {
  return parties
    .filter((party) => party.type === 'hub' && hubContactWords('en', party) === undefined)
    .map(
      ({ id }) => `${id} has no contact: give the hub one, or nobody reads how to reach it (cdk/README.md, Parties).`,
    );
}

/**
 * Parties and their members from a JSON file. A member's `id` is the `sub` that the OIDC issuer gives the person.
 * @throws {@link Mistaken} with a line for each thing that is wrong: no JSON, a party that is not there, a role that none has
 */
export function readPartiesFile(path: string): Parties {
  const { parties, members } = parsed(path, PartiesFile, readJson(path));
  const wrong: string[] = [];
  const entered = members.flatMap((member, index) => {
    const party = parties.find((one) => one.id === member.party);
    if (!party) wrong.push(`${path}: members[${index}].party: there is no party ${member.party} in this file`);
    const others = party && member.roles.filter((role) => !isRoleOf(party.type, role));
    if (party && others && others.length > 0) {
      const possible = rolesOf[party.type].join(', ');
      wrong.push(
        `${path}: members[${index}].roles: ${others.join(', ')}: a party of type ${party.type} has ${possible}`,
      );
    }
    return party && others?.length === 0 ? [Member.parse({ ...member, ...memberOf(party) })] : [];
  });
  if (wrong.length > 0) throw new Mistaken(wrong);
  return { parties, members: entered };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Mistaken([`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function parsed<S extends z.ZodType>(path: string, schema: S, content: unknown): z.output<S> {
  const read = schema.safeParse(content);
  if (!read.success) throw new Mistaken(linesOf(path, read.error));
  return read.data;
}

/**
 * Enters parties and those of their members who are not known yet: whoever was given other roles since, or was removed,
 * stays so. Cost: a Query a party, one for each with members, and what is new.
 */
export async function enterParties(table: Table, { parties, members }: Parties): Promise<void> {
  await Promise.all(parties.map((party) => enterParty(table, party)));
  const ofParties = [...Map.groupBy(members, ({ party }) => party)];
  // one after another: who has an account in two parties is found as one person
  for (const [party, own] of ofParties) {
    const known = new Set((await listMembers(table, party)).map(({ id }) => id));
    for (const member of own) if (!known.has(member.id)) await enterMember(table, member);
  }
}
