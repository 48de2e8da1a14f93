import type { Assignee } from '../domain/task.ts';
import type { Case } from './case.ts';

/** Whether the applicant can be reached by mail; if not, the hub's coordinators may act for them. */
export function hasMail(subject: Case): boolean {
  return subject.contact?.email !== undefined;
}

/** Who is asked when the case is in its present stage; undefined where nobody is (automatic stages and ends). */
export function assigneeOf(subject: Case): Assignee | undefined {
  const hub: Assignee = { type: 'party', party: subject.hub, roles: ['coordinator', 'lead'] };
  const applicant: Assignee = hasMail(subject) ? { type: 'applicant' } : { ...hub, onBehalf: true };
  switch (subject.stage) {
    case 'changes-requested':
    case 'in-transit':
    case 'confirming':
    case 'agreement':
    case 'delivering':
      return applicant;
    case 'verifying':
    case 'matching':
    case 'dispatching':
      return hub;
    case 'approving':
      if (subject.kind === 'insurance') return hub;
      return {
        type: 'party',
        party: subject.kind === 'need' ? subject.donor.party : subject.funder,
        roles: ['approver'],
      };
    case 'reviewing':
      return { type: 'party', party: subject.funder, roles: ['reviewer'] };
    case 'second-approval':
      return { type: 'party', party: subject.funder, roles: ['approver'] };
    case 'disbursing':
      return { type: 'party', party: subject.funder, roles: ['finance'] };
    case 'reporting':
      return subject.kind === 'need' ? applicant : { type: 'party', party: subject.funder, roles: ['reviewer'] };
    case 'binding':
      return { type: 'party', party: subject.insurer, roles: ['insurer'] };
    default:
      return undefined;
  }
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
