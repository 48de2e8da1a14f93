import * as z from 'zod';
import { MailHash, OnBehalf, organizationFields, PartialContact, Place } from './applicant.ts';
import { Bar } from './bar.ts';
import { Consent } from './consent.ts';
import { CaseId, MemberId, PartyId } from './ids.ts';
import { classed } from './privacy/classes.ts';
import { Instant } from './time.ts';

/** Who did something: a member acting for a party, the applicant by the private link, or the workflow by itself. */
export const Actor = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('member'),
    ...classed('party', {
      member: MemberId,
      party: PartyId,
      onBehalf: z.boolean().optional(),
      /** the member in whose place they acted, as their stand-in */
      standInFor: MemberId.optional(),
    }),
  }),
  z.strictObject({ type: z.literal('applicant') }),
  z.strictObject({ type: z.literal('workflow') }),
]);
export type Actor = z.infer<typeof Actor>;

/** What somebody decided about a case, and why. The reason is free text and therefore lives here, never in an event. */
export const DecisionRecord = z.strictObject({
  ...classed('public', {
    /** the case's version that this decision made */
    version: z.int(),
    stage: z.string(),
    outcome: z.string(),
    at: Instant,
  }),
  by: Actor,
  ...classed(
    'personal',
    {
      /** the name of the member who decided, as it was then */
      name: z.string().optional(),
      /** the name of the member in whose place they decided */
      inPlaceOf: z.string().optional(),
    },
    'people',
  ),
  ...classed('personal', { reason: z.string().optional() }, 'words'),
  ...classed('personal', {
    /** The event of this version holds a digest of these words with this salt. The store makes the salt and erases it with the words. */
    salt: z.string().optional(),
  }),
  ...classed('party', {
    /** the points that the reviewer gave to the application, 0–100 */
    score: z.int().optional(),
  }),
});
export type DecisionRecord = z.infer<typeof DecisionRecord>;

/** Something the automatic screening noticed: a rule that failed, or a likely double. */
export const Finding = z.strictObject({
  ...classed('party', {
    code: z.string(),
    severity: z.enum(['notice', 'failed']),
    /** other cases that this is about */
    cases: z.array(CaseId).optional(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
});
export type Finding = z.infer<typeof Finding>;

/** Who acted in the earlier need that a linked need continues. They are kept from the same acts in the linked one, see `eligibility.ts`. */
export const Earlier = z.strictObject(
  classed('party', {
    /** acted for the applicant */
    asked: z.array(MemberId),
    /** acted for the donor */
    gave: z.array(MemberId),
    /** verified the need */
    verified: z.array(MemberId),
  }),
);
export type Earlier = z.infer<typeof Earlier>;

/** What every case has, whatever its kind and stage. */
export const caseFields = {
  ...organizationFields,
  ...classed('public', {
    id: CaseId,
    /** counts the changes; a write names the version it read */
    version: z.int().min(1),
    hub: PartyId,
    submittedAt: Instant,
    /** when, with which version, and as the how-manyth of its stages, the case came to the stage it is in */
    entered: z.strictObject(classed('public', { at: Instant, version: z.int(), stages: z.int().optional() })),
    /** the hash of the event that made this version: where the case's chain ends; the store alone writes it */
    chain: z.string().optional(),
    /** raised to revoke the private link */
    linkVersion: z.int().min(1),
    /** counts the executions of its workflow */
    run: z.int().min(1),
    /** the case that this one continues */
    parent: CaseId.optional(),
    /** cases that continue this one */
    children: z.array(CaseId),
    /** when what is personal in it was erased, its time being over */
    erasedAt: Instant.optional(),
  }),
  /** random, new with every version, so that a digest of what is personal says nothing about it */
  ...classed('personal', { salt: z.string().optional() }),
  place: Place,
  contact: PartialContact.optional(),
  onBehalf: OnBehalf.optional(),
  ...classed('party', {
    /** the organization with an account whose case this is: its members see it and answer for it */
    organizationParty: PartyId.optional(),
    /** its member who sent it, who stays on the applicant's side when they leave */
    sentBy: MemberId.optional(),
  }),
  /** what whoever sent the case agreed to; absent where nobody was asked yet, as in an import */
  consent: Consent.optional(),
  /** of the contact's address: by it an organization that confirms the address finds the case */
  ...classed('personal', { mailHash: MailHash.optional() }),
  earlier: Earlier.optional(),
  /** whom what the applicant typed keeps from answering */
  bars: z.array(Bar).optional(),
  screening: z.array(Finding),
  decisions: z.array(DecisionRecord),
};
