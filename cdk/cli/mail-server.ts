import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { smtpVerdict } from '../../functions/notify/verdict.ts';
import { askForMails } from '../../shared/store/letters.ts';
import { countUnsent } from '../../shared/store/mails.ts';
import type { Table } from '../../shared/store/table.ts';

/** Milliseconds that a mail server may take to answer at the start. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 };

/** One step of talking to a server: it is done, or it is refused. */
type Step = (done: (error?: Error | null) => void) => void;

function taken(connection: SMTPConnection, step: Step): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    step((error) => (error ? reject(error) : resolve()));
  });
}

/**
 * Offers a mail from our sender to our sender, since many servers judge a sender by the first recipient, and goes before a word of it is
 * sent: nothing is delivered. A sender that gets no mail is none the worse.
 */
async function offer(connection: SMTPConnection, sender: string): Promise<void> {
  const offering = taken(connection, (done) => {
    const nothing = new Readable({
      read() {
        connection.close();
        done();
      },
    });
    connection.send({ from: sender, to: sender }, nothing, done);
  });
  await offering.catch((error: unknown) => {
    const verdict = smtpVerdict(error);
    if (verdict !== 'recipient' && verdict !== 'put-off') throw error;
  });
}

/**
 * Signs in at an SMTP server and has it judge the sender; sends nothing. Gives why it does not let us in, or takes no mail from that sender,
 * without the URL and its password.
 */
async function refusalOf(url: string, sender: string): Promise<string | undefined> {
  const { auth, ...server } = parseConnectionUrl(url);
  const connection = new SMTPConnection({ ...server, ...patience });
  try {
    await taken(connection, (done) => connection.connect(done));
    if (auth) await taken(connection, (done) => connection.login({ credentials: auth }, done));
    await offer(connection, sender);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    connection.close();
  }
}

/**
 * Says at the start, in one line, whether the mail server takes user, password and sender. Where it does, mails that wait are tried at once:
 * it may have been mended. Cost: two Queries a partition.
 */
export async function greetMailServer(
  table: Table,
  { smtpUrl, mailFrom }: { readonly smtpUrl: string; readonly mailFrom: string },
  say: (line: string) => void,
): Promise<void> {
  const { hostname } = new URL(smtpUrl);
  const refusal = await refusalOf(smtpUrl, mailFrom);
  const { waiting } = await countUnsent(table);
  const many = waiting.reduce((all, { count }) => all + count, 0);
  if (refusal === undefined) {
    const rest = many > 0 ? ` Mails that waited and are sent now: ${many}.` : '';
    say(`Mail server ${hostname}: it lets us in.${rest}`);
    if (many > 0) await askForMails(table, 'waiting');
    return;
  }
  say(
    `Mail server ${hostname}: IT DOES NOT LET US IN (${refusal.replaceAll(/\s+/g, ' ')}). Mails wait and are tried for five days; mend JIELI_SMTP_URL or JIELI_MAIL_FROM and start again.`,
  );
}
