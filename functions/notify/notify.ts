import { assertByWorkflow } from '../../shared/answering/write-by-workflow.ts';
import type { MailCause } from '../../shared/case/limits.ts';
import { secretOf } from '../../shared/case/track.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import type { TaskId } from '../../shared/domain/ids.ts';
import type { Letter } from '../../shared/domain/letter.ts';
import type { MailAbout } from '../../shared/domain/mail.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCase, readEvent } from '../../shared/store/cases.ts';
import { readParty } from '../../shared/store/parties.ts';
import { readTask } from '../../shared/store/tasks.ts';
import { logLine } from '../log/log-line.ts';
import { compose } from './compose.ts';
import { collected, type Telling } from './digest.ts';
import { nameOf } from './name-of.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { type Notifier, sendOnce } from './send-once.ts';

function taskOf(event: CaseEvent): TaskId | undefined {
  if (event.type === 'reminded' || event.type === 'escalated') return event.task;
  if (event.type === 'handed-over' || event.type === 'interest-declared' || event.type === 'interest-retracted')
    return event.task;
  return 'openedTask' in event ? event.openedTask : undefined;
}

async function linkFor(notifier: Notifier, subject: Case, to: Recipient): Promise<string> {
  if (to.as === 'member') return `${notifier.publicUrl}/console/cases/${subject.id}`;
  return `${notifier.publicUrl}/track/${await secretOf(notifier, subject)}?lang=${to.language}`;
}

/**
 * What a mail is known by: the same whenever this event is told to this recipient, and no other's. Not by the address: it
 * lies in the table, where nobody without a key should be able to try addresses.
 */
export function mailName({ caseId, version }: CaseEvent, { as, who }: Recipient): string {
  return nameOf('mail', caseId, version, as, who);
}

/** What an applicant's own people do, they may have done in anybody's name; what a hub types in for them is news to them. */
function causeOf({ event: { by }, subject, to }: Telling): MailCause {
  if (to.as === 'member') return { type: to.ofOrganization ? 'news' : 'duty' };
  const isTheirs = by.type === 'applicant' || (by.type === 'member' && by.party === subject.organizationParty);
  return { type: isTheirs ? 'receipt' : 'news' };
}

function writing(notifier: Notifier, told: Telling) {
  const { event, subject, task, to } = told;
  const cause = causeOf(told);
  return async () => {
    const [link, hub] = await Promise.all([
      linkFor(notifier, subject, to),
      to.as === 'applicant' ? readParty(notifier.table, subject.hub) : undefined,
    ]);
    return { ...compose(event, subject, task, to, link, hub), cause };
  };
}

async function tell(notifier: Notifier, told: Telling): Promise<void> {
  const { event, to } = told;
  const { caseId, version, at } = event;
  const name = mailName(event, to);
  if (await collected(notifier, name, told)) return;
  const mail = { type: 'event', caseId, version, as: to.as, who: to.who } as const;
  await sendOnce(notifier, { name, at, mail }, writing(notifier, told));
}

/** Those whom an event concerns, each address once; a coordinator with the applicant's address gets both mails: the links in them differ. */
async function readersOf(
  { table }: Notifier,
  event: CaseEvent,
  subject: Case,
  task: Task | undefined,
): Promise<Recipient[]> {
  const recipients = await recipientsOf(table, event, subject, task);
  return [...new Map(recipients.map((to) => [`${to.as} ${to.email.toLowerCase()}`, to])).values()];
}

/** The case of an event and the task that it is about, as they are now. Cost: two reads. */
async function placeOf({ table }: Notifier, event: CaseEvent) {
  const id = taskOf(event);
  const [subject, task] = await Promise.all([readCase(table, event.caseId), id && readTask(table, id)]);
  return { subject, task };
}

/** Writes a mail about an event that waits anew; undefined where it concerns this reader no more. Cost: three reads and a Query a desk. */
export async function rewritten(notifier: Notifier, about: Extract<MailAbout, { type: 'event' }>) {
  const event = await readEvent(notifier.table, about.caseId, about.version);
  const { subject, task } = event ? await placeOf(notifier, event) : {};
  if (!event || !subject) return undefined;
  const readers = await readersOf(notifier, event, subject, task);
  const to = readers.find(({ as, who }) => as === about.as && who === about.who);
  return to && writing(notifier, { event, subject, task, to });
}

/**
 * Tells those whom an event concerns, each once, in their language: at once, or in the digest of who is at a desk. One that cannot be sent now does not keep the
 * others waiting. Cost: two reads, a Query a desk, for an applicant a read of the hub, and for each mail a read and a transaction of one item.
 * @throws what the mail server said, when a mail is to be tried again
 */
export async function notify(notifier: Notifier, event: CaseEvent): Promise<void> {
  const { subject, task } = await placeOf(notifier, event);
  if (!subject) return;
  assertByWorkflow('tell-by-mail', subject);
  if (event.handedTo?.nobody) logLine('nobody-may-answer', { caseId: event.caseId });
  const readers = await readersOf(notifier, event, subject, task);
  const told = await Promise.allSettled(readers.map((to) => tell(notifier, { event, subject, task, to })));
  const failed = told.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** Tells an event that a stream lost, or set aside: what was mailed already is not mailed again. Cost: a read, and what {@link notify} costs. */
export async function tellAgain(notifier: Notifier, letter: Extract<Letter, { type: 'tell-again' }>): Promise<void> {
  const event = await readEvent(notifier.table, letter.event, letter.version);
  if (event) await notify(notifier, event);
}
