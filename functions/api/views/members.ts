import * as z from 'zod';
import { personKey } from '../../../shared/answering/person-key.ts';
import { type MemberId, Slug } from '../../../shared/domain/ids.ts';
import type { Invitation } from '../../../shared/domain/invitation.ts';
import { Language } from '../../../shared/domain/language.ts';
import { type Member, Role } from '../../../shared/domain/party.ts';
import { Instant } from '../../../shared/domain/time.ts';
import type { PartyPeople } from '../../../shared/people/members.ts';

/** A member of the caller's party, for colleagues. */
export const MemberView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(Role),
  /** whether it is the caller */
  you: z.boolean(),
});

/** An invitation that was mailed; `endsAt` is until when it can be accepted. */
export const InvitationView = z.object({
  id: Slug,
  email: z.string(),
  language: Language,
  roles: z.array(Role),
  invitedAt: Instant,
  endsAt: Instant,
  /** how often it was sent; the link of the last mail alone is good */
  sent: z.int().min(1),
  ended: z.enum(['accepted', 'cancelled']).optional(),
});

/** The people of the caller's party; whom it has invited, for who leads it. */
export const MemberBoardView = z.object({ members: z.array(MemberView), invitations: z.array(InvitationView) });

/** Who is no longer a member. */
export const RemovedView = z.object({ removed: z.string() });

export function viewMember(member: Member, caller: MemberId): z.infer<typeof MemberView> {
  return MemberView.parse({ ...member, id: personKey(member.id), you: member.id === caller });
}

export function viewInvitation(invitation: Invitation): z.infer<typeof InvitationView> {
  return InvitationView.parse({ ...invitation, invitedAt: invitation.at, sent: invitation.version });
}

export function viewBoard({ members, invitations }: PartyPeople, caller: MemberId): z.infer<typeof MemberBoardView> {
  return {
    members: members.map((member) => viewMember(member, caller)),
    invitations: invitations.map(viewInvitation),
  };
}
