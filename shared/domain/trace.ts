import * as z from 'zod';
import { Actor } from './case-base.ts';
import { CaseId, MemberId, PartyId, ReferralId } from './ids.ts';
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
] as const;
export type ShownGroup = (typeof shownGroups)[number];

const trace = z.strictObject({ ...classed('public', { at: Instant }), by: Actor, door: z.enum(doors) });

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
  trace.extend({ type: z.enum(['signed-in', 'signed-out']) }),
  /** `by` is the member in the party that they act for from now on */
  trace.extend({ type: z.literal('party-switched'), ...classed('party', { before: PartyId }) }),
  trace.extend({
    type: z.enum(['member-invited', 'member-joined', 'member-roles-changed', 'member-removed']),
    ...classed('party', { party: PartyId, member: MemberId.optional(), roles: z.array(Role) }),
  }),
  trace.extend({
    type: z.enum(['link-revoked', 'link-renewed', 'case-claimed']),
    ...classed('public', { caseId: CaseId }),
  }),
  trace.extend({
    type: z.enum(['stand-in-named', 'stand-in-ended']),
    ...classed('party', { standIn: MemberId, from: LocalDate.optional(), to: LocalDate.optional() }),
  }),
  trace.extend({
    type: z.enum(['interest-declared', 'interest-withdrawn']),
    ...classed('party', { caseId: CaseId.optional() }),
  }),
  /** a person in need who was referred: made, seen, answered, ended */
  trace.extend({
    type: z.literal('referral'),
    ...classed('public', {
      referral: ReferralId,
      on: z.enum(['offered', 'viewed', 'accepted', 'declined', 'done', 'withdrawn']),
    }),
  }),
  trace.extend({ type: z.literal('key-rotated') }),
  /** a person asked to see or to erase what is kept about them */
  trace.extend({
    type: z.enum(['data-requested', 'data-erased']),
    ...classed('party', { caseId: CaseId.optional() }),
  }),
]);
export type Trace = z.infer<typeof Trace>;
