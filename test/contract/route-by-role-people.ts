import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import type { PartyType, Role } from '../../shared/domain/party.ts';
import { keys } from '../../shared/store/keys.ts';
import { saveMember, saveParty } from '../../shared/store/parties.ts';
import { type Table, toItem, transact } from '../../shared/store/table.ts';

const outsiders: readonly (readonly [person: string, party: string, type: PartyType, ...roles: Role[]])[] = [
  ['other-manager', 'other-hospital', 'organization', 'manager'],
  ['parent-lead', 'province', 'hub', 'lead'],
  ['other-coordinator', 'other-hub', 'hub', 'coordinator'],
  ['other-insurer', 'other-insurer', 'insurer', 'insurer'],
  ['removed-lead', 'hub', 'hub', 'lead', 'coordinator'],
];

/** People of other parties, a hub above the hub, and a lead of the hub who will be removed. */
export async function enterOutsiders(table: Table): Promise<void> {
  for (const [person, id, type, ...roles] of outsiders) {
    const party = PartyId.parse(id);
    const above = id === 'hub' ? { parent: PartyId.parse('province') } : {};
    await saveParty(table, { id: party, type, name: id, ...above });
    const whose = { party, partyType: type, partyName: id };
    const email = `${person}@example.org`;
    await saveMember(table, {
      id: MemberId.parse(person),
      ...whose,
      name: person,
      email,
      language: 'zh',
      roles: [...roles],
    });
  }
}

/** Takes the lead's membership away, while their console is open. */
export async function removeMember(table: Table): Promise<void> {
  const person = MemberId.parse('removed-lead');
  const hub = PartyId.parse('hub');
  const Key = (key: { pk: string; sk: string }) => ({ Delete: { TableName: table.name, Key: toItem(key) } });
  await transact(table, [Key({ ...keys.member(person, hub) }), Key({ ...keys.memberOfParty(hub, person) })]);
}
