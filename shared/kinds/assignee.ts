import { Permanent } from '../domain/errors.ts';
import type { Assignee } from '../domain/task.ts';
import type { Case } from './case.ts';
import { hubDesk } from './define.ts';
import { stageOf } from './lifecycle.ts';
import { partnerOf } from './partner.ts';

/** Whether the applicant can be reached by mail; if not, the hub's coordinators may act for them. */
export function hasMail(subject: Case): boolean {
  return subject.contact?.email !== undefined;
}

/** Who is asked when the case is in its present stage; undefined where nobody is (automatic stages and ends). */
export function assigneeOf(subject: Case): Assignee | undefined {
  const asks = stageOf(subject.kind, subject.stage)?.asks;
  if (!asks) return undefined;
  const hub: Assignee = { type: 'party', party: subject.hub, roles: [...hubDesk.roles] };
  if (asks.by === 'applicant') return hasMail(subject) ? { type: 'applicant' } : { ...hub, onBehalf: true };
  if (asks.by === 'hub') return hub;
  const partner = partnerOf(subject);
  if (!partner) throw new Permanent(`nobody beside the hub has part in a case that is ${subject.stage}`);
  return { type: 'party', party: partner, roles: [...asks.roles] };
}

/** Whether the applicant's private link may answer a task of this assignee. */
export function applicantMayAnswer(assignee: Assignee): boolean {
  return assignee.type === 'applicant' || assignee.onBehalf === true;
}

/** An overdue task goes to the leads: an applicant's to the hub, a hub's to its lead, another party's stays and the hub is told. */
export function escalated(subject: Case, assignee: Assignee): Assignee {
  if (assignee.type === 'applicant')
    return { type: 'party', party: subject.hub, roles: ['coordinator', 'lead'], onBehalf: true };
  return assignee;
}
