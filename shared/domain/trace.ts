import * as z from 'zod';
import { MailHash } from './applicant.ts';
import { Actor } from './case-base.ts';
import { CaseId, MemberId, OfferId, OrganizationId, PartyId, ProgrammeId, ReferralId, Slug } from './ids.ts';
import { jobKindNames } from './jobs/job.ts';
import { Role } from './party.ts';
import { classed } from './privacy/classes.ts';
import { Instant, LocalDate } from './time.ts';

/** Through which door something was done or seen; `command`: what an operator types. */
export const doors = ['console', 'api', 'site', 'mail', 'background', 'command'] as const;

/** What of a person or case was shown: groups of personal fields, as a reader of the trace would ask for them. */
export const shownGroups = [
  /** name, telephone and e-mail of whom to ask */
  'contact',
  /** recipient, telephone and address of a delivery */
  'delivery',
  /** what an applicant wrote: purpose, answers, notes, reports */
  'application',
  /** names of volunteers, numbers masked */
  'roster',
  /** identity numbers and telephones in full */
  'identity',
  /** who decided, by name, and the reasons they gave */
  'decisions',
  /** people of a party: names and mail addresses */
  'members',
  /** the private link, with which whoever has it acts as the applicant */
  'link',
] as const;
export type ShownGroup = (typeof shownGroups)[number];

const trace = z.strictObject({ ...classed('public', { at: Instant }), by: Actor, door: z.enum(doors) });

/** A change of who belongs to a party, or of what it owns: written in the transaction that makes it. */
const ofPeople = trace.extend(classed('party', { party: PartyId }));
const roles = z.array(Role);

/**
 * Something that was seen or done and is no change of a case: a view, an export, a sign-in. Like events, traces hold ids
 * and codes, no name and no free text.
 */
export const Trace = z.discriminatedUnion('type', [
  trace.extend({
    type: z.literal('viewed'),
    ...classed('public', { caseId: CaseId, shown: z.array(z.enum(shownGroups)).min(1) }),
  }),
  /** personal data left as a file; `entries`: how many rows or people were in it */
  trace.extend({
    type: z.literal('exported'),
    what: z.enum(['insurance-batch', 'case-audit', 'period-audit', 'case', 'person']),
    ...classed('public', {
      caseId: CaseId.optional(),
      from: LocalDate.optional(),
      to: LocalDate.optional(),
      entries: z.int().min(0),
    }),
  }),
  trace.extend({ type: z.literal('members-viewed'), ...classed('party', { party: PartyId }) }),
  /** a request that a colleague has not sent yet was opened by another */
  trace.extend({ type: z.literal('draft-viewed'), ...classed('party', { draft: Slug }) }),
  trace.extend({ type: z.enum(['signed-in', 'signed-out']) }),
  /** `by` is the member in the party that they act for from now on */
  trace.extend({ type: z.literal('party-switched'), ...classed('party', { before: PartyId }) }),
  ofPeople.extend({
    type: z.literal('organization-registered'),
    ...classed('party', {
      /** other accounts of who registered it, which have the same mailbox */
      accounts: z.array(MemberId).optional(),
      /** binds the organization's name, and `person` the name and address of who manages it; older ones have neither */
      digest: z.string().optional(),
      person: z.string().optional(),
    }),
  }),
  ofPeople.extend({ type: z.literal('member-invited'), ...classed('party', { invitation: Slug.optional(), roles }) }),
  ofPeople.extend({
    type: z.enum(['invitation-resent', 'invitation-cancelled']),
    ...classed('party', { invitation: Slug }),
  }),
  ofPeople.extend({
    type: z.literal('member-joined'),
    ...classed('party', {
      invitation: Slug.optional(),
      member: MemberId,
      roles,
      /** their other accounts, which have the same mailbox */
      accounts: z.array(MemberId).optional(),
      /** binds their name and address; older ones do not have it */
      person: z.string().optional(),
    }),
  }),
  /** `from`: the roles before; `invitations`: what they had sent as a lead and nobody had accepted, which ended with that */
  ofPeople.extend({
    type: z.literal('member-roles-changed'),
    ...classed('party', {
      member: MemberId,
      from: roles.optional(),
      roles,
      invitations: z.array(Slug).optional(),
    }),
  }),
  /** `invitations`: what they had sent and nobody had accepted, which ended with them */
  ofPeople.extend({
    type: z.literal('member-removed'),
    ...classed('party', { member: MemberId, roles, invitations: z.array(Slug).optional() }),
  }),
  ofPeople.extend({
    type: z.enum(['address-asked', 'address-confirmed', 'address-released']),
    /** `accounts`: other accounts of who confirmed it, who has the same mailbox as a member */
    ...classed('party', { address: MailHash, accounts: z.array(MemberId).optional() }),
  }),
  trace.extend({
    type: z.enum(['stand-in-named', 'stand-in-ended']),
    /** `whose`: in whose place; older entries of an end do not say it, nor the days */
    ...classed('party', {
      standIn: MemberId,
      whose: MemberId.optional(),
      from: LocalDate.optional(),
      to: LocalDate.optional(),
    }),
  }),
  /** the owner's file entered or changed a party, or it was found without an entry: `digest` binds all of it, its parent too */
  trace.extend({ type: z.literal('party-entered'), ...classed('party', { party: PartyId, digest: z.string() }) }),
  /** a funder's call: `digest` binds its terms, its budget and its limits, which nothing changes */
  trace.extend({
    type: z.literal('programme-published'),
    ...classed('public', { programme: ProgrammeId, digest: z.string() }),
  }),
  trace.extend({ type: z.literal('programme-closed'), ...classed('public', { programme: ProgrammeId }) }),
  /** what a donor wants to give: `digest` binds all that is not personal, which nothing changes but what is left */
  trace.extend({ type: z.literal('offer-made'), ...classed('public', { offer: OfferId, digest: z.string() }) }),
  /** the record of an organization: `digest` binds all of it as it was then */
  trace.extend({
    type: z.literal('organization-record'),
    on: z.enum(['entered', 'changed', 'checked', 'said-same', 'said-other', 'said-branch', 'taken-back']),
    /** `about`: the other record, of what was said of two */
    ...classed('public', { organization: OrganizationId, digest: z.string(), about: OrganizationId.optional() }),
  }),
  /** a person in need who was referred: made, seen, answered, ended */
  trace.extend({
    type: z.literal('referral'),
    ...classed('public', {
      referral: ReferralId,
      on: z.enum(['offered', 'viewed', 'accepted', 'declined', 'done', 'withdrawn', 'erased']),
    }),
  }),
  trace.extend({ type: z.literal('key-rotated') }),
  /** work on many rows: each row's own change is told where it is made */
  trace.extend({
    type: z.literal('job'),
    on: z.enum(['started', 'cancelled', 'done', 'retried']),
    ...classed('public', { job: Slug, kind: z.enum(jobKindNames), rows: z.int().min(0) }),
  }),
  /** a person asked to see or to erase what is kept about them */
  trace.extend({
    type: z.enum(['data-requested', 'data-erased']),
    ...classed('party', { caseId: CaseId.optional() }),
  }),
  /** a document about that was made for them: `document` is the SHA-256 of its text, by which it can be checked */
  trace.extend({ type: z.literal('proof-given'), ...classed('public', { document: z.string().length(64) }) }),
]);
export type Trace = z.infer<typeof Trace>;

/** A trace of a change of a party's people. */
export type PeopleTrace = Extract<
  Trace,
  { party: PartyId; type: `${'organization' | 'member' | 'invitation' | 'address'}-${string}` }
>;
