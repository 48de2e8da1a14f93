import { recordMailTrouble } from '../../shared/store/health.ts';
import { markOnce, readOnce } from '../../shared/store/once.ts';
import type { Table } from '../../shared/store/table.ts';
import { type LogDetails, logLine } from '../log/log-line.ts';
import type { Mail, Mailer } from './mailer.ts';

/** What the notifier rests on. */
export interface Notifier {
  readonly table: Table;
  readonly macKeyId: string;
  /** where people reach the hub, without a slash at the end */
  readonly publicUrl: string;
  readonly mailer: Mailer;
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

/** What a mail is about, for the log and to tell how long it has been tried. */
export interface About {
  /** an instant */
  readonly at: string;
  readonly ids: LogDetails;
}

/**
 * Sends a mail that was not sent before. It is remembered after it was sent: a crash in between sends it again with the
 * same Message-ID, never not at all.
 * @param name what the mail is known by: a hash of what it is about and whom it is for
 * @throws what the mail server said, when the mail is to be tried again
 */
export async function sendOnce(
  notifier: Notifier,
  name: string,
  about: About,
  write: () => Promise<Omit<Mail, 'messageId'>>,
): Promise<void> {
  if (await readOnce(notifier.table, name)) return;
  const mail = await write();
  const messageId = `<${name}@${new URL(notifier.publicUrl).hostname}>`;
  try {
    await notifier.mailer.send({ ...mail, messageId });
    logLine('mail-sent', about.ids);
  } catch (error) {
    const refused = isRefused(error, Date.now() - Date.parse(about.at));
    await recordMailTrouble(notifier.table, refused ? 'refused' : 'failed');
    if (!refused) throw error;
    logLine('mail-refused', about.ids);
  }
  await markOnce(notifier.table, name, messageId);
}
