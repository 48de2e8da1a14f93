import * as z from 'zod';
import { CaseId, MemberId, PartyId } from './ids.ts';
import { classed } from './privacy/classes.ts';
import { Instant } from './time.ts';

/** Why somebody says that they should not act on a case: a short list, so that nothing personal needs to be typed. */
export const interestReasons = ['works-there', 'close-person', 'money', 'gave-or-received', 'other'] as const;

/** A declared interest as it is sent. */
export const InterestInput = z.strictObject({
  reason: z.enum(interestReasons),
  /** for every case of that organization, those to come too */
  ...classed('party', { standing: z.boolean().default(false) }),
});
export type InterestInput = z.infer<typeof InterestInput>;

/**
 * A declared interest: this person does not act on the case, or on any case of the organization. It stays in force until
 * somebody else, who leads, finds it to be a mistake; what was taken back is kept.
 */
export const Interest = InterestInput.extend(
  classed('party', {
    member: MemberId,
    /** the party that the person acted for when they declared it */
    party: PartyId,
    /** the case on which it was declared */
    caseId: CaseId,
    organization: z.string(),
    /** the organization with an account whose case that was: its cases may come under other names */
    organizationParty: PartyId.optional(),
    declaredAt: Instant,
    retractedAt: Instant.optional(),
    retractedBy: MemberId.optional(),
  }),
);
export type Interest = z.infer<typeof Interest>;
