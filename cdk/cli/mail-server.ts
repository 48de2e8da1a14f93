import { createTransport } from 'nodemailer';
import { askForMails } from '../../shared/store/letters.ts';
import { countUnsent } from '../../shared/store/mails.ts';
import type { Table } from '../../shared/store/table.ts';

/** Milliseconds that a mail server may take to answer at the start. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 10_000 };

/** Signs in at an SMTP server, sends nothing. Gives why it does not let us in, without the URL and its password. */
async function refusalOf(url: string): Promise<string | undefined> {
  const transport = createTransport({ url, ...patience });
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    transport.close();
  }
}

/**
 * Says at the start, in one line, whether the mail server takes user and password. Where it does, mails that wait are tried at once: it
 * may have been mended. Cost: two Queries a partition.
 */
export async function greetMailServer(table: Table, smtpUrl: string, say: (line: string) => void): Promise<void> {
  const { hostname } = new URL(smtpUrl);
  const refusal = await refusalOf(smtpUrl);
  const { waiting } = await countUnsent(table);
  const many = waiting.reduce((all, { count }) => all + count, 0);
  if (refusal === undefined) {
    const rest = many > 0 ? ` Mails that waited and are sent now: ${many}.` : '';
    say(`Mail server ${hostname}: it lets us in.${rest}`);
    if (many > 0) await askForMails(table, 'waiting');
    return;
  }
  say(
    `Mail server ${hostname}: IT DOES NOT LET US IN (${refusal.replaceAll(/\s+/g, ' ')}). Mails wait and are tried for five days; mend JIELI_SMTP_URL and start again.`,
  );
}
