import * as z from 'zod';
import { Email } from './applicant.ts';
import { MemberId, PartyId, Slug } from './ids.ts';
import { Language } from './language.ts';
import { Role } from './party.ts';
import { classed } from './privacy/classes.ts';
import { line } from './text.ts';
import { Instant } from './time.ts';

/** How long an invitation can be accepted, in days, counted anew each time that it is sent. */
export const INVITATION_DAYS = 5;
/** How often one invitation is mailed at most; then it is cancelled and made anew. */
export const MOST_SENDINGS = 5;
/** How many invitations of a party may be open at once. */
export const MOST_OPEN = 50;

export const InvitationInput = z.strictObject({
  email: Email,
  language: Language.default('zh'),
  roles: z.array(Role).min(1).max(10),
});

/** Somebody was asked by mail to become a member of a party. */
export const Invitation = z.strictObject({
  ...classed('party', {
    id: Slug,
    party: PartyId,
    language: Language,
    roles: z.array(Role).min(1),
    /** raised each time that it is sent: an older mail's link is void */
    version: z.int().min(1),
    by: MemberId,
    at: Instant,
    endsAt: Instant,
  }),
  ...classed('personal', { email: Email }),
  /** what became of it; left out while it can be accepted */
  ended: z.enum(['accepted', 'cancelled']).optional(),
});
export type Invitation = z.infer<typeof Invitation>;

/** How the invited person wants to be known in the party. */
export const AcceptanceInput = z.strictObject({ name: line(60), email: Email, language: Language.default('zh') });

export function isOpen(invitation: Invitation, now: Instant): boolean {
  return invitation.ended === undefined && invitation.endsAt > now;
}
