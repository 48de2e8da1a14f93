import * as z from 'zod';
import { MailHash } from './applicant.ts';
import { CaseId, PartyId, ReferralId, Slug } from './ids.ts';
import { Language } from './language.ts';
import { classed } from './privacy/classes.ts';
import { Instant } from './time.ts';

/** Why a mail was not taken, see `functions/notify/verdict.ts`. */
export const mailTroubles = ['recipient', 'content', 'put-off', 'sender', 'server'] as const;

/** Some of the mails that were given up: by what they are known by, the case they are about, or why. All that is named must be so. */
export const MailFilter = z.strictObject(
  classed('public', {
    name: z.string().optional(),
    caseId: CaseId.optional(),
    why: z.enum(mailTroubles).optional(),
  }),
);
export type MailFilter = z.infer<typeof MailFilter>;

const letter = z.strictObject(
  classed('party', {
    id: Slug,
    at: Instant,
    /** the party whose member sends it: counted for them when it was posted, and its sender told where it is too many */
    by: PartyId.optional(),
  }),
);

/**
 * A mail that is to be written and is about no event of a case. What faces the internet writes the letter, the stream
 * brings it to `notify`, which looks up whom it is for. It names things and holds nothing personal.
 */
export const Letter = z.discriminatedUnion('type', [
  letter.extend({
    type: z.literal('invitation'),
    ...classed('party', { party: PartyId, invitation: Slug, version: z.int() }),
  }),
  letter.extend({
    type: z.literal('confirm-address'),
    ...classed('party', { party: PartyId, address: MailHash, version: z.int() }),
  }),
  /** somebody who may or may not be the applicant asks for the private link of a case again, to be sent to this address */
  letter.extend({
    type: z.literal('link-again'),
    ...classed('party', { caseId: CaseId, address: MailHash, language: Language }),
  }),
  /** somebody is asked to help a person who was referred to their party, or is told that they no longer may */
  letter.extend({
    type: z.literal('referral'),
    on: z.enum(['offered', 'withdrawn']),
    ...classed('party', { party: PartyId, referral: ReferralId }),
  }),
  /** no mail of its own: what a stream lost is told, each mail once as ever */
  letter.extend({ type: z.literal('tell-again'), ...classed('public', { event: CaseId, version: z.int().min(1) }) }),
  /** no mail of its own: whoever runs the installation has those tried at once that wait, and those too that were given up, or some of them */
  letter.extend({
    type: z.literal('mails-again'),
    ...classed('public', { which: z.enum(['waiting', 'given-up']), some: MailFilter.optional() }),
  }),
]);
export type Letter = z.infer<typeof Letter>;
