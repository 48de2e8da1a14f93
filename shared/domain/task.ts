import * as z from 'zod';
import { Actor } from './case-base.ts';
import { CaseId, Kind, PartyId, TaskId } from './ids.ts';
import { Role } from './party.ts';
import { classed } from './privacy/classes.ts';
import { Instant } from './time.ts';

/** Who a task is put to: members of a party who have one of the roles, or the applicant by the private link. */
export const Assignee = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('party'),
    ...classed('party', {
      party: PartyId,
      roles: z.array(Role).min(1),
      onBehalf: z.boolean().optional(),
      /** those who are asked at first may not answer, or there is none of them: it went to who leads */
      handedOver: z.boolean().optional(),
      /** nobody at any desk may answer it: it waits until the hub's lead has found somebody */
      nobody: z.boolean().optional(),
    }),
  }),
  z.strictObject({ type: z.literal('applicant') }),
]);
export type Assignee = z.infer<typeof Assignee>;

const task = z.strictObject({
  ...classed('public', {
    id: TaskId,
    caseId: CaseId,
    kind: Kind,
    hub: PartyId,
    /** the stage that the question is about */
    stage: z.string(),
    outcomes: z.array(z.string()).min(1),
    openedAt: Instant,
    dueAt: Instant,
    /** how often its due time has passed: 0, then reminded, then escalated */
    round: z.int().min(0),
  }),
  assignee: Assignee,
  ...classed('party', {
    organization: z.string(),
    /** the organization with an account whose case it is: what its applicant is asked is put to its members too */
    organizationParty: PartyId.optional(),
  }),
});

/** A question to one party, with its allowed outcomes and a due time: the only thing a person ever acts on. */
export const Task = z.discriminatedUnion('status', [
  task.extend({ status: z.literal('open') }),
  task.extend({
    status: z.literal('closed'),
    ...classed('public', { outcome: z.string(), closedAt: Instant }),
    closedBy: Actor,
    ...classed('personal', { closedByName: z.string().optional(), closedInPlaceOf: z.string().optional() }, 'people'),
  }),
]);
export type Task = z.infer<typeof Task>;
export type OpenTask = Extract<Task, { status: 'open' }>;
export type ClosedTask = Extract<Task, { status: 'closed' }>;
