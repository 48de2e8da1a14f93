import type { Case } from '../../shared/domain/case.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Task } from '../../shared/domain/task.ts';
import { membersOf } from '../../shared/store/parties.ts';
import type { Table } from '../../shared/store/table.ts';

/** Somebody to be told, and what for. */
export interface Recipient {
  readonly email: string;
  readonly language: Language;
  readonly as: 'applicant' | 'member';
}

function applicant(subject: Case): Recipient[] {
  const email = subject.contact?.email;
  return email ? [{ email, language: subject.language, as: 'applicant' }] : [];
}

async function deskOf(table: Table, task: Task): Promise<Recipient[]> {
  const { assignee } = task;
  if (assignee.type === 'applicant') return [];
  const members = await membersOf(table, assignee.party, assignee.roles);
  return members.map(({ email, language }) => ({ email, language, as: 'member' }));
}

async function hubLeads(table: Table, subject: Case): Promise<Recipient[]> {
  const members = await membersOf(table, subject.hub, ['lead']);
  return members.map(({ email, language }) => ({ email, language, as: 'member' }));
}

/** Stage changes that an applicant wants to hear of; the quiet ones in between only fill a mailbox. */
const applicantNews = new Set([
  'verified',
  'merged',
  'rejected',
  'changes-requested',
  'approved',
  'dispatched',
  'arrival-due',
  'expired',
  'withdrawn',
  'enough',
  'paid',
  'report-accepted',
  'report-returned',
  'bound',
  'ended',
]);

/**
 * Whom an event concerns: those who can act on the task it opened, and the applicant where it is news to them.
 * @param task the task that the event is about, as it is now
 */
export async function recipientsOf(
  table: Table,
  event: CaseEvent,
  subject: Case,
  task: Task | undefined,
): Promise<Recipient[]> {
  const openTask = task?.status === 'open' ? task : undefined;
  switch (event.type) {
    case 'submitted':
      return applicant(subject);
    case 'stage-changed': {
      // a first of two approvals is not yet an approval to the applicant
      const isNews = applicantNews.has(event.on) && event.stage !== 'second-approval';
      const news = isNews ? applicant(subject) : [];
      return [...news, ...(openTask && event.openedTask ? await deskOf(table, openTask) : [])];
    }
    case 'task-opened':
    case 'stuck': {
      if (!openTask) return [];
      if (openTask.assignee.type !== 'applicant') return deskOf(table, openTask);
      // the decision that led here was mailed already, but for a report nobody asked yet
      return event.stage === 'reporting' ? applicant(subject) : [];
    }
    case 'reminded':
      if (!openTask) return [];
      return openTask.assignee.type === 'applicant' ? applicant(subject) : deskOf(table, openTask);
    case 'escalated': {
      if (!openTask) return [];
      const desk = await deskOf(table, openTask);
      return [
        ...desk,
        ...(await hubLeads(table, subject)),
        ...(openTask.assignee.type === 'party' && openTask.assignee.onBehalf ? applicant(subject) : []),
      ];
    }
    case 'ending-soon':
      return applicant(subject);
    default:
      return [];
  }
}
