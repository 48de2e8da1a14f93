import type { MailCause } from '../../shared/case/limits.ts';
import { mailboxHash, noteUndelivered, noteUnreached, type Undelivered } from '../../shared/case/undelivered.ts';
import { caseOf, type MailAbout, type UnsentMail } from '../../shared/domain/mail.ts';
import { instant } from '../../shared/domain/time.ts';
import { readOnce } from '../../shared/store/done-once.ts';
import { recordMailTrouble } from '../../shared/store/health.ts';
import { keepGivenUp, keepWaiting, settleMail } from '../../shared/store/mails.ts';
import { type Table, transact } from '../../shared/store/table.ts';
import { deliverableAgain, isUndeliverable, markUndeliverable } from '../../shared/store/undeliverable.ts';
import { type LogDetails, logLine } from '../log/log-line.ts';
import { firstCaseOf } from './digest-lines.ts';
import { mailAllowed } from './mail-allowed.ts';
import type { Mail, Mailer } from './mailer.ts';
import { isFinal, type Verdict, verdictOf } from './verdict.ts';

/** What the notifier rests on. */
export interface Notifier {
  readonly table: Table;
  readonly macKeyId: string;
  /** where people reach the hub, without a slash at the end */
  readonly publicUrl: string;
  readonly mailer: Mailer;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * So long the stream itself tries a mail again, from second to second, while those behind it wait: a server that restarts takes minutes, and
 * no other mail goes out meanwhile. Of one mailbox that takes none now the others must not hear late: what is critical comes within five.
 */
const QUICK = { server: 10 * MINUTE, 'put-off': 2 * MINUTE } as const;
/** A mail that waits is tried after a quarter of an hour, and then less and less often, but so often at least. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [15 * MINUTE, 6 * HOUR];
/** How long a mail is tried: a weekend without a mail server, an account that waits for AWS to let it out of the sandbox. */
const TRIED_FOR = 5 * 24 * HOUR;

/** What a mail is about, for the log, for writing it anew, and to tell how long it has been tried. */
export interface MailAttempt {
  /** what the mail is known by: a hash of what it is about and whom it is for */
  readonly name: string;
  /** an instant */
  readonly at: string;
  readonly mail: MailAbout;
}

/** A mail as it is written, with what causes it. */
export interface Written extends Omit<Mail, 'messageId' | 'name'> {
  readonly cause: MailCause;
}

/** What became of a mail: `sent` before or now, `refused` for good, or what it waits for. */
export type SendOutcome = 'sent' | 'refused' | Exclude<Verdict, 'recipient' | 'content'>;

/** Ids of what a mail is about, for the log. */
export function idsOf(about: MailAbout): LogDetails {
  if (about.type === 'event') return { caseId: about.caseId, version: about.version };
  return about.type === 'letter' ? { letter: about.letter.id } : {};
}

/** When a mail is tried again: later each time, and not all at once when the server is back. */
function nextTry(now: number, tries: number): number {
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1));
  return now + pause * (0.75 + Math.random() / 2);
}

/**
 * Tells the case whose applicant, or one of whose people, did not get a mail, and its coordinators. Cost: a Query or two and a transaction of
 * two items, where there is a case.
 * @param isNews mail had gone to the address until now
 */
export async function tellCase(
  { table }: Notifier,
  about: MailAbout,
  why: Undelivered['why'],
  isNews = false,
): Promise<void> {
  const caseId = about.type === 'digest' ? await firstCaseOf(table, about) : caseOf(about);
  if (!caseId) return;
  const who = about.type === 'letter' ? 'applicant' : about.who;
  if (who === 'applicant') await noteUndelivered(table, caseId, why);
  else await noteUnreached(table, caseId, who, { why, isNews });
}

/**
 * Mail to this address does not arrive: none goes there until somebody has seen to it, and the case that the mail is about and its
 * coordinators are told. Cost: a read and a write, and {@link tellCase}.
 */
export async function noteAddress(
  notifier: Notifier,
  email: string,
  about: MailAbout,
  why: Exclude<Undelivered['why'], 'given-up'>,
): Promise<void> {
  const address = await mailboxHash(notifier, email);
  const isKnown = await isUndeliverable(notifier.table, address);
  await markUndeliverable(notifier.table, address, instant(Date.now()));
  await tellCase(notifier, about, why, !isKnown);
}

/** Keeps a mail that was not taken: to be tried again, or, where that is of no use, until somebody has it sent again. */
async function putAside(
  notifier: Notifier,
  { name, mail: about }: MailAttempt,
  verdict: Verdict,
  before?: UnsentMail,
): Promise<SendOutcome> {
  const { table } = notifier;
  const now = Date.now();
  const since = before?.since ?? instant(now);
  const tries = (before?.tries ?? 0) + 1;
  const unsent = { name, since, tries, why: verdict, about, ...(before?.confirmed && { confirmed: true }) };
  const details = { ...idsOf(about), why: verdict };
  if (isFinal(verdict) || now - Date.parse(since) > TRIED_FOR) {
    // of an address that was refused the case knows already; what no server took for days says nothing about a member's address
    const isMembers = about.type === 'digest' || (about.type === 'event' && about.as === 'member');
    if (verdict !== 'recipient' && !isMembers) await tellCase(notifier, about, 'given-up');
    await keepGivenUp(table, { ...unsent, at: instant(now) }, before);
    logLine('mail-refused', details);
    return 'refused';
  }
  await keepWaiting(table, { ...unsent, at: instant(nextTry(now, tries)) }, before);
  logLine('mail-waits', details);
  return verdict;
}

/** Whether the stream should come with the mail again before it is put aside: what is about us alone does not pass in minutes. */
function mayPassSoon(verdict: Verdict, at: string): boolean {
  return (verdict === 'server' || verdict === 'put-off') && Date.now() - Date.parse(at) < QUICK[verdict];
}

async function hand(
  notifier: Notifier,
  about: MailAttempt,
  write: () => Promise<Written>,
  before?: UnsentMail,
): Promise<SendOutcome> {
  const { cause, ...mail } = await write();
  const messageId = `<${about.name}@${new URL(notifier.publicUrl).hostname}>`;
  const address = await mailboxHash(notifier, mail.to);
  if (!before?.confirmed && (await isUndeliverable(notifier.table, address))) {
    await noteAddress(notifier, mail.to, about.mail, 'refused');
    return putAside(notifier, about, 'recipient', before);
  }
  // who has one sent again that was given up has decided that it goes
  const leave = before?.confirmed ? 'go' : await mailAllowed(notifier, about.name, cause, mail.to);
  if (leave !== 'go') {
    logLine('mail-over-allowance', idsOf(about.mail));
    if (leave === 'wait') return putAside(notifier, about, 'put-off', before);
    if (before) await settleMail(notifier.table, about.name, 'over-allowance', about.mail, before);
    return 'refused';
  }
  try {
    await notifier.mailer.send({ ...mail, messageId, name: about.name });
  } catch (error) {
    const verdict = verdictOf(error);
    await recordMailTrouble(notifier.table, isFinal(verdict) ? 'refused' : 'failed');
    if (!before && mayPassSoon(verdict, about.at)) throw error;
    if (verdict === 'recipient') await noteAddress(notifier, mail.to, about.mail, 'refused');
    return putAside(notifier, about, verdict, before);
  }
  logLine('mail-sent', idsOf(about.mail));
  if (before?.confirmed) await transact(notifier.table, [deliverableAgain(notifier.table, address)]);
  await settleMail(notifier.table, about.name, messageId, about.mail, before);
  return 'sent';
}

/**
 * Sends a mail that was not sent before, if its mailbox may have it now. It is remembered after it was sent: a crash in between sends it again with the
 * same Message-ID, never not at all. One that is not taken, or that is too many, waits in the table, or is given up and kept there.
 * @throws what the mail server said, when the stream is to come with the mail again at once
 */
export async function sendOnce(notifier: Notifier, about: MailAttempt, write: () => Promise<Written>): Promise<void> {
  if (await readOnce(notifier.table, about.name)) return;
  await hand(notifier, about, write);
}

/** Sends a mail that waits; see {@link sendOnce}. One that went out meanwhile waits no more. */
export async function sendWaiting(
  notifier: Notifier,
  waiting: UnsentMail,
  write: (() => Promise<Written>) | undefined,
): Promise<SendOutcome> {
  const { name, about: mail, since } = waiting;
  const known = (await readOnce(notifier.table, name))?.result;
  const gone = known?.startsWith('<') ? known : write ? undefined : 'overtaken';
  if (gone === undefined && write) return hand(notifier, { name, at: since, mail }, write, waiting);
  await settleMail(notifier.table, name, gone ?? 'overtaken', mail, waiting);
  return 'sent';
}
