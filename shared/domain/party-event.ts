import * as z from 'zod';
import { MailHash } from './applicant.ts';
import { MemberId, PartyId } from './ids.ts';
import { Slug } from './letter.ts';
import { Role } from './party.ts';
import { classed } from './privacy/classes.ts';
import { Instant } from './time.ts';

const event = z.strictObject(
  classed('party', {
    party: PartyId,
    /** counts the changes of the party: order without a clock */
    version: z.int().min(1),
    at: Instant,
    /** who did it */
    by: MemberId,
  }),
);

const roles = z.array(Role).min(1);

/**
 * An appended fact about the people of a party: who, when, what changed. Nothing personal and no free text is in it: the
 * reason of a removal lies with the record of the removed person.
 */
export const PartyEvent = z.discriminatedUnion('type', [
  event.extend({ type: z.literal('registered') }),
  event.extend({ type: z.literal('invited'), ...classed('party', { invitation: Slug, roles }) }),
  event.extend({ type: z.literal('invitation-resent'), ...classed('party', { invitation: Slug }) }),
  event.extend({ type: z.literal('invitation-cancelled'), ...classed('party', { invitation: Slug }) }),
  event.extend({ type: z.literal('joined'), ...classed('party', { invitation: Slug, member: MemberId, roles }) }),
  event.extend({ type: z.literal('roles-changed'), ...classed('party', { member: MemberId, from: roles, to: roles }) }),
  event.extend({ type: z.literal('member-removed'), ...classed('party', { member: MemberId, roles }) }),
  event.extend({ type: z.literal('address-asked'), ...classed('party', { address: MailHash }) }),
  event.extend({ type: z.literal('address-confirmed'), ...classed('party', { address: MailHash }) }),
]);
export type PartyEvent = z.infer<typeof PartyEvent>;
