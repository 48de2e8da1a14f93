import * as z from 'zod';
import { MemberId, PartyId } from './ids.ts';
import { classed } from './privacy/classes.ts';
import { prose } from './text.ts';
import { Instant } from './time.ts';

/**
 * That somebody may not answer about a case since the applicant typed their mail address as its contact, or the name of an
 * organization of which they are a member. Nobody confirmed what was typed: two people of the party lift it together.
 */
export const Bar = z.strictObject(
  classed('party', {
    member: MemberId,
    party: PartyId,
    by: z.enum(['contact', 'organization']),
    at: Instant,
    /** who leads and wants it lifted */
    askedBy: MemberId.optional(),
    askedAt: Instant.optional(),
    /** the second person, with whom it is lifted */
    liftedBy: MemberId.optional(),
    liftedAt: Instant.optional(),
  }),
);
export type Bar = z.infer<typeof Bar>;

/** Which bar of a case somebody wants lifted, and why. */
export const LiftInput = z.strictObject({ reason: prose(500) });

/** Whether what the applicant typed keeps the member from the case no more. */
export function isLifted({ bars }: { readonly bars?: readonly Bar[] | undefined }, member: MemberId): boolean {
  return bars?.some((bar) => bar.member === member && bar.liftedAt !== undefined) === true;
}
