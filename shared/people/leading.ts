import { assertMay } from '../answering/acting.ts';
import { Rejected } from '../domain/errors.ts';
import type { Member, Role } from '../domain/party.ts';
import { isRoleOf, leadRoleOf } from '../domain/party.ts';

/** Whether these roles lead a party of the type: invite, change roles and remove. */
export function isLead({ partyType, roles }: Pick<Member, 'partyType' | 'roles'>): boolean {
  return roles.includes(leadRoleOf[partyType]);
}

/** Refuses roles that a party of this type does not have. @throws {@link Rejected} `invalid` */
export function assertRolesOf(partyType: Member['partyType'], roles: readonly Role[]): void {
  if (roles.every((role) => isRoleOf(partyType, role))) return;
  throw new Rejected('invalid', { fields: [{ pointer: '/roles', code: 'not-a-choice' }] });
}

/** Whether nobody else leads the party. */
export function isLastLead(members: readonly Member[], member: Member): boolean {
  return isLead(member) && !members.some((one) => one.id !== member.id && isLead(one));
}

/** A party is never left without somebody who leads it. @throws {@link Rejected} `last-lead` */
export function assertLeadStays(members: readonly Member[], without: Member): void {
  if (isLastLead(members, without)) throw new Rejected('last-lead');
}

/** The person as a member now, whatever the page said that they came from. @throws {@link Rejected} `forbidden` */
export function assertStillMay(
  member: Member | undefined,
  action: 'invite-member' | 'change-roles' | 'remove-member' | 'claim-cases' | 'release-address',
): void {
  if (!member) throw new Rejected('forbidden');
  assertMay({ type: 'member', member }, action, { ownedBy: member.party });
}
