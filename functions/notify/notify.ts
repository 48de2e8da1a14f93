import { createHash } from 'node:crypto';
import { secretOf } from '../../shared/cases/track.ts';
import type { Case } from '../../shared/domain/case.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import type { TaskId } from '../../shared/domain/ids.ts';
import type { Task } from '../../shared/domain/task.ts';
import { readCase } from '../../shared/store/cases.ts';
import { markOnce, readOnce } from '../../shared/store/once.ts';
import type { Table } from '../../shared/store/table.ts';
import { readTask } from '../../shared/store/tasks.ts';
import { logLine } from '../log/log-line.ts';
import { compose } from './compose.ts';
import type { Mailer } from './mailer.ts';
import { type Recipient, recipientsOf } from './recipients.ts';

export interface Notifier {
  readonly table: Table;
  readonly macKeyId: string;
  readonly publicUrl: string;
  readonly mailer: Mailer;
}

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

/** How long a server may put off one address, in milliseconds; greylisting lets a mail through after some minutes. */
const PUT_OFF = 3_600_000;

/** Whether it is this mail or its address that is refused, rather than that the server takes no mail from us at present. */
function isAboutMail(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  const command = 'command' in error ? error.command : undefined;
  // an address that is none (API), one that the server does not take, a message that it does not take
  return (code === 'EENVELOPE' && command !== 'MAIL FROM') || code === 'EMESSAGE';
}

/**
 * The server will not take this mail: sending it again only delays the others.
 * @param age milliseconds since what the mail is about
 */
function isRefused(error: unknown, age: number): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'MessageRejected' || error.name === 'BadRequestException') return true;
  if (!isAboutMail(error)) return false;
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 550;
  return status >= 500 || age > PUT_OFF;
}

/** What a mail is known by: the same whenever this event is told to this recipient, and no other's. */
export function mailName({ caseId, version }: CaseEvent, { as, email }: Recipient): string {
  const what = ['mail', caseId, version, as, email.toLowerCase()];
  return createHash('sha256').update(what.join('\n')).digest('base64url');
}

async function sendOnce(
  notifier: Notifier,
  event: CaseEvent,
  subject: Case,
  task: Task | undefined,
  to: Recipient,
): Promise<void> {
  const name = mailName(event, to);
  if (await readOnce(notifier.table, name)) return;
  const mail = compose(event, subject, task, to, await linkFor(notifier, subject, to));
  const messageId = `<${name}@${new URL(notifier.publicUrl).hostname}>`;
  try {
    await notifier.mailer.send({ ...mail, messageId });
    logLine('mail-sent', { caseId: event.caseId, version: event.version });
  } catch (error) {
    if (!isRefused(error, Date.now() - Date.parse(event.at))) throw error;
    logLine('mail-refused', { caseId: event.caseId, version: event.version });
  }
  await markOnce(notifier.table, name, messageId);
}

/**
 * Tells those whom an event concerns, each once, in their language. A mail is remembered after it was sent: a crash in
 * between sends it again with the same Message-ID, never not at all. One that cannot be sent now does not keep the
 * others waiting. Cost: two reads, a Query a desk, and for each mail a read and a transaction of one item.
 * @throws what the mail server said, when a mail is to be tried again
 */
export async function notify(notifier: Notifier, event: CaseEvent): Promise<void> {
  const subject = await readCase(notifier.table, event.caseId);
  if (!subject) return;
  const id = taskOf(event);
  const task = id && (await readTask(notifier.table, id));
  const recipients = await recipientsOf(notifier.table, event, subject, task);
  // a coordinator with the applicant's address gets both mails: the links in them differ
  const each = new Map(recipients.map((to) => [`${to.as} ${to.email.toLowerCase()}`, to]));
  const failures: unknown[] = [];
  for (const to of each.values()) {
    try {
      await sendOnce(notifier, event, subject, task, to);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
