import * as z from 'zod';
import { Actor } from './case-base.ts';
import { Consent } from './consent.ts';
import { CaseId, Kind, MemberId, PartyId, TaskId } from './ids.ts';
import { Role } from './party.ts';
import { classed } from './privacy/classes.ts';
import { Instant } from './time.ts';

const event = z.strictObject({
  ...classed('public', {
    caseId: CaseId,
    kind: Kind,
    /** the case's version that this event made: order without a clock */
    version: z.int().min(1),
    at: Instant,
    /** what the case's stage is after the event */
    stage: z.string(),
    hub: PartyId,
  }),
  by: Actor,
  /**
   * whose the open task is now, by their role, where nobody who was asked at first may answer; `back`: they are asked again,
   * since somebody of them may; `nobody`: they may not answer it either, and are to find somebody who may
   */
  handedTo: z
    .strictObject(
      classed('public', {
        party: PartyId,
        role: Role,
        back: z.boolean().optional(),
        nobody: z.boolean().optional(),
      }),
    )
    .optional(),
});

/**
 * An appended fact: who, when, what changed, why (`on`: the outcome; a person's words are in the case's decision of the
 * same version). Events are the audit, the outbox and the history; nothing personal and no free text is in them.
 */
export const CaseEvent = z.discriminatedUnion('type', [
  event.extend({
    type: z.literal('submitted'),
    ...classed('public', { run: z.int(), parent: CaseId.optional() }),
  }),
  event.extend({
    type: z.literal('stage-changed'),
    ...classed('public', {
      from: z.string(),
      on: z.string(),
      /** the task that this closed */
      closedTask: TaskId.optional(),
      /** the task that this opened */
      openedTask: TaskId.optional(),
      /** needs that go on with what was not given */
      children: z.array(CaseId).optional(),
    }),
  }),
  event.extend({ type: z.literal('task-opened'), ...classed('public', { openedTask: TaskId }) }),
  event.extend({ type: z.literal('reminded'), ...classed('public', { task: TaskId, round: z.int() }) }),
  event.extend({ type: z.literal('escalated'), ...classed('public', { task: TaskId, round: z.int() }) }),
  event.extend({ type: z.literal('amended'), ...classed('public', { on: z.string() }) }),
  /** the consent to a case that came without one: on the applicant's page, or as a coordinator was told */
  event.extend({ type: z.literal('consented'), how: Consent.shape.how }),
  /** somebody said that they should not act on the case; `task`: what was open to them */
  event.extend({
    type: z.literal('interest-declared'),
    ...classed('public', { standing: z.boolean(), task: TaskId.optional() }),
    /** the organization with an account whose case it is, where all of its cases are meant */
    ...classed('party', { organization: PartyId.optional() }),
  }),
  /** who leads found a declared interest to be a mistake */
  event.extend({
    type: z.literal('interest-retracted'),
    ...classed('public', { task: TaskId.optional() }),
    /** whose it was, which older events do not say; the organization with an account whose case it is */
    ...classed('party', { whose: MemberId.optional(), organization: PartyId.optional() }),
  }),
  /** what the applicant typed keeps these members from answering: they are not asked, and those who lead them are told */
  event.extend({
    type: z.literal('barred'),
    members: z.array(z.strictObject(classed('party', { member: MemberId, party: PartyId }))),
  }),
  /** who leads wants that lifted, and a second member does so with them */
  event.extend({ type: z.enum(['bar-lift-asked', 'bar-lifted']), ...classed('party', { whose: MemberId }) }),
  /** who is asked changed, since who may answer did */
  event.extend({ type: z.literal('handed-over'), ...classed('public', { task: TaskId }) }),
  /** the private link opens no more; another one is mailed for the case that somebody did this to, not for linked ones */
  event.extend({ type: z.literal('link-revoked'), ...classed('public', { alongWith: CaseId.optional() }) }),
  /** an organization confirmed the address of its contact: the case is its own now */
  event.extend({ type: z.literal('claimed'), ...classed('party', { organization: PartyId }) }),
  event.extend({ type: z.literal('stuck'), ...classed('public', { openedTask: TaskId }) }),
  event.extend({ type: z.literal('resumed'), ...classed('public', { closedTask: TaskId }) }),
  event.extend({ type: z.literal('ending-soon') }),
  /**
   * Mail to the applicant does not arrive. It came back, they complained, a server refused the address: none goes there any more. `given-up`:
   * one mail was tried long enough, or what it says is not taken; the next one is sent.
   */
  event.extend({
    type: z.literal('mail-undelivered'),
    ...classed('public', { why: z.enum(['bounced', 'complained', 'refused', 'given-up']) }),
  }),
  /** Mail about the case to one of the parties' people does not arrive: as `mail-undelivered` says of the applicant. */
  event.extend({
    type: z.literal('member-unreached'),
    ...classed('public', { why: z.enum(['bounced', 'complained', 'refused', 'given-up']) }),
    ...classed('party', { whose: MemberId, party: PartyId }),
  }),
  /** a coordinator has found that the applicant's address is right: mail goes there again */
  event.extend({ type: z.literal('mail-resumed') }),
  /** what was personal in the case is gone: so many values, and so many people of a roster */
  event.extend({
    type: z.literal('personal-erased'),
    why: z.enum(['retention', 'request']),
    ...classed('public', { fields: z.int().min(0), people: z.int().min(0) }),
  }),
  /** the sweep asks for what the workflow still owes; `run` is the execution that must be there */
  event.extend({
    type: z.literal('nudged'),
    ...classed('public', { run: z.int(), closedTask: TaskId.optional() }),
  }),
]);
export type CaseEvent = z.infer<typeof CaseEvent>;
