import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import { type Member, memberOf, type Role } from '../../shared/domain/party.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { saveMember, saveParty } from '../../shared/store/parties.ts';
import type { Table } from '../../shared/store/table.ts';
import { parties } from '../factory/hub.ts';

const memberships: readonly (readonly [person: string, party: string, ...roles: Role[]])[] = [
  ['hub-coordinator', 'hub', 'coordinator'],
  ['hub-lead', 'hub', 'lead', 'coordinator'],
  ['hub-helper', 'hub', 'coordinator'],
  ['funder-reviewer', 'river-foundation', 'reviewer'],
  ['funder-approver', 'river-foundation', 'approver', 'programme-manager'],
  ['funder-second-approver', 'river-foundation', 'approver'],
  ['funder-finance', 'river-foundation', 'finance'],
  ['programme-manager', 'river-foundation', 'programme-manager'],
  ['many-roles', 'river-foundation', 'reviewer', 'approver'],
  ['other-funder-approver', 'lantern-foundation', 'approver', 'reviewer'],
  ['insurer', 'insurer', 'insurer'],
  ['org-manager', 'river-hospital', 'manager'],
  ['org-applicant', 'river-hospital', 'applicant'],
  ['auditor', 'auditor', 'auditor'],
  ['operator', 'operator', 'operator'],
  // somebody with two hats
  ['two-hats', 'lantern-foundation', 'approver', 'reviewer'],
  ['two-hats', 'hub', 'coordinator'],
];

/** What a person of the tests is called. */
export function nameOf(person: string): string {
  return `Name of ${person}`;
}

/** A hub with the parties and people that tests act as, see {@link enterPeople}. */
export async function aHubOfPeople(table: Table): Promise<Hub> {
  await enterPeople(table);
  return { table, macKeyId: 'key', hub: PartyId.parse('hub'), insurer: PartyId.parse('insurer') };
}

/** Enters the parties and people that tests act as; their ids are those of the demo. */
export async function enterPeople(table: Table): Promise<void> {
  for (const party of parties) await saveParty(table, party);
  for (const [person, id, ...roles] of memberships) {
    const party = parties.find((one) => one.id === id);
    if (!party) throw new Error(`no party ${id}`);
    const member: Member = {
      id: MemberId.parse(person),
      ...memberOf(party),
      name: nameOf(person),
      email: `${person}@example.org`,
      language: 'zh',
      roles: [...roles],
    };
    await saveMember(table, member);
  }
}
