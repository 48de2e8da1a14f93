import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { ServiceError } from '../types.ts';
import type { MailStore, NewMail } from './mail-store.ts';

/** The server will never take this mail: for its recipient, or for what is in it. SES hears that after it has taken the mail itself. */
export class NotDeliverable extends Error {
  readonly about: 'recipient' | 'content';
  constructor(about: 'recipient' | 'content', said: string) {
    super(said);
    this.name = 'NotDeliverable';
    this.about = about;
  }
}

/** Takes mail on its way. */
export interface Post {
  /** Resolves when the mail is in the mailbox or the server has taken it. Throws {@link NotDeliverable}, or ServiceError when it was not taken. */
  deliver(mail: Omit<NewMail, 'subject'>): Promise<void>;
  stop(): void;
}

/** Whether what an SMTP server said is about the recipient or the content, for good, or about who sends; anything else passes. */
export type JudgeMail = (error: unknown) => 'recipient' | 'content' | 'sender' | 'server' | 'put-off';

/** Puts mail into the mailbox of the data folder; `durable` resolves when all in there is on disk. */
export function postToMailbox(store: MailStore, durable: () => Promise<void>): Post {
  return {
    async deliver(mail) {
      const { subject = '' } = await simpleParser(mail.source, { skipHtmlToText: true, skipTextToHtml: true });
      store.add({ ...mail, subject });
      await durable();
    },
    stop: () => undefined,
  };
}

/** Milliseconds that a mail server may take to answer: who waits for it is a function with a timeout. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Hands mail to an SMTP server, given as a URL with user and password if it wants them. */
export function postToServer(smtpUrl: string, judge: JudgeMail): Post {
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 4, ...patience });
  return {
    async deliver({ from, recipients, source }) {
      try {
        await transport.sendMail({ envelope: { from, to: [...recipients] }, raw: source });
      } catch (error) {
        throw refusal(judge(error), error instanceof Error ? error.message : String(error));
      }
    },
    stop: () => transport.close(),
  };
}

/** What SES would say: it takes no mail from an account that it has stopped, refuses a mail, or stumbles. */
function refusal(verdict: ReturnType<JudgeMail>, message: string): Error {
  const said = `The mail server did not take it: ${message}`;
  if (verdict === 'recipient' || verdict === 'content') return new NotDeliverable(verdict, message);
  if (verdict === 'sender') return new ServiceError('SendingPausedException', said);
  return new ServiceError('InternalServiceErrorException', said, 500);
}
