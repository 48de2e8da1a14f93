import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { ServiceError } from '../types.ts';
import type { MailStore, NewMail } from './mail-store.ts';

/** Takes mail on its way. */
export interface Post {
  /** Resolves when the mail is in the mailbox or the server has taken it. Throws when it was not taken. */
  deliver(mail: Omit<NewMail, 'subject'>): Promise<void>;
  stop(): void;
}

/** Puts mail into the mailbox of the data folder. */
export function postToMailbox(store: MailStore): Post {
  return {
    async deliver(mail) {
      const { subject = '' } = await simpleParser(mail.source, { skipHtmlToText: true, skipTextToHtml: true });
      store.add({ ...mail, subject });
    },
    stop: () => undefined,
  };
}

/** Hands mail to an SMTP server, given as a URL with user and password if it wants them. */
export function postToServer(smtpUrl: string): Post {
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 4 });
  return {
    async deliver({ from, recipients, source }) {
      try {
        await transport.sendMail({ envelope: { from, to: [...recipients] }, raw: source });
      } catch (error) {
        const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
        const message = error instanceof Error ? error.message : String(error);
        // What the server refuses for good, another try does not mend.
        if (code >= 500) throw new ServiceError('MessageRejected', message);
        throw new ServiceError('InternalServiceErrorException', `The mail server did not take it: ${message}`, 500);
      }
    },
    stop: () => transport.close(),
  };
}
