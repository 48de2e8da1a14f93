import * as z from 'zod';
import { type ActingMember, actorOf, assertMay, may } from '../answering/acting.ts';
import { handBack, handOverDesk } from '../answering/hand-over.ts';
import { requestOwnRechecks } from '../answering/recheck-cases.ts';
import { recordTrace, type TraceChannel } from '../audit/record.ts';
import { Rejected } from '../domain/errors.ts';
import { MemberId } from '../domain/ids.ts';
import { type Invitation, isOpen } from '../domain/invitation.ts';
import { type Member, Role } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import { prose } from '../domain/text.ts';
import type { Instant } from '../domain/time.ts';
import { changingInvitation, listInvitations } from '../store/invitations.ts';
import { changingMember, listMembers, removing } from '../store/parties.ts';
import { endSessionsOf } from '../store/sessions.ts';
import type { Table } from '../store/table.ts';
import { atConsole, changePeople, type Through } from './change-people.ts';
import { assertLeadStays, assertRolesOf, assertStillMay, isLead } from './leading.ts';

export const RolesInput = z.strictObject({ roles: z.array(Role).min(1).max(10) });
export const RemovalInput = z.strictObject({ reason: prose(500) });

/** The people of a party, and whom it has invited: those invitations that were not accepted or taken back. */
export interface PartyPeople {
  readonly members: readonly Member[];
  /** none where the reader does not invite */
  readonly invitations: readonly Invitation[];
}

/**
 * The people of a member's party. That they are looked at is recorded before. Cost: a Query, one more for who leads, and
 * the record.
 * @throws {@link Rejected} `forbidden`
 */
export async function seePeople(table: Table, acting: ActingMember, door: TraceChannel): Promise<PartyPeople> {
  const { party } = acting.member;
  assertMay(acting, 'see-members', { ownedBy: party });
  const members = await listMembers(table, party);
  const asked = may(acting, 'invite-member', { ownedBy: party }) ? await listInvitations(table, party) : [];
  await recordTrace(table, { type: 'members-viewed', by: actorOf(acting), door, party });
  return { members, invitations: asked.filter(({ ended }) => ended === undefined) };
}

/** The member of the lead's party whom a change is about, and the lead as they are now: pages grow old. */
async function found(table: Table, lead: Member, action: 'change-roles' | 'remove-member', id: string) {
  const members = await listMembers(table, lead.party);
  assertStillMay(
    members.find((one) => one.id === lead.id),
    action,
  );
  const member = members.find((one) => one.id === id);
  if (!member) throw new Rejected('not-found');
  return { members, member };
}

/** Ends what a lead had sent and nobody had accepted: who leads no more lets nobody in. Cost: a Query, and one write an invitation. */
async function endingInvitations(table: Table, lead: Member, at: Instant) {
  const sent = (await listInvitations(table, lead.party)).filter((one) => one.by === lead.id && isOpen(one, at));
  return {
    writes: sent.map((one) => changingInvitation(table, one, { ...one, ended: 'cancelled' })),
    told: sent.length > 0 ? { invitations: sent.map(({ id }) => id) } : {},
  };
}

/**
 * Gives a member other roles of the party. What nobody may answer any more goes to who leads, and what they may answer now comes back.
 * The open invitations of who leads no more end. Cost: a Query, a transaction of four items, and what handing over costs; for who
 * leads no more a Query, and one item an invitation.
 * @throws {@link Rejected} `forbidden`, `not-found`, `last-lead`, `invalid` for roles that the party does not have
 */
export async function changeRoles(
  table: Table,
  lead: Member,
  id: string,
  body: unknown,
  through: Through = atConsole,
): Promise<Member> {
  const { roles } = parseInput(RolesInput, body);
  assertRolesOf(lead.partyType, roles);
  const wanted = [...new Set(roles)];
  const { after, lost, gained } = await changePeople(table, lead.party, lead.id, through, async (at) => {
    const { members, member } = await found(table, lead, 'change-roles', id);
    const after: Member = { ...member, roles: wanted };
    if (!isLead(after)) assertLeadStays(members, member);
    const ended = isLead(member) && !isLead(after) ? await endingInvitations(table, member, at) : undefined;
    return {
      writes: [...changingMember(table, after), ...(ended?.writes ?? [])],
      told: { type: 'member-roles-changed', member: member.id, from: member.roles, roles: wanted, ...ended?.told },
      result: {
        after,
        lost: member.roles.filter((role) => !wanted.includes(role)),
        gained: wanted.some((role) => !member.roles.includes(role)),
      },
    };
  });
  if (lost.length > 0) await handOverDesk(table, lead.party, lost);
  if (gained) await handBack(table, after);
  return after;
}

/**
 * Ends a membership: the person's next request, from whatever page, finds them no longer there, and their sessions end. So do
 * the invitations that they sent: whoever was removed lets nobody in after them. Cost: two Queries, a transaction of up to ten items
 * and one an invitation, and what ending their sessions costs.
 * @throws {@link Rejected} `forbidden`, `not-found`, `last-lead`, `invalid`
 */
export async function removeMember(
  table: Table,
  lead: Member,
  id: string,
  body: unknown,
  through: Through = atConsole,
): Promise<void> {
  const { reason } = parseInput(RemovalInput, body);
  const lost = await changePeople(table, lead.party, lead.id, through, async (at) => {
    const { members, member } = await found(table, lead, 'remove-member', id);
    assertLeadStays(members, member);
    const { party, roles } = member;
    const ended = await endingInvitations(table, member, at);
    return {
      writes: [
        ...removing(table, member, { member: member.id, party, at, by: lead.id }),
        ...ended.writes,
        ...requestOwnRechecks(table, member, at),
      ],
      told: { type: 'member-removed', member: member.id, roles, ...ended.told },
      reason,
      result: roles,
    };
  });
  await endSessionsOf(table, MemberId.parse(id));
  await handOverDesk(table, lead.party, lost);
}
