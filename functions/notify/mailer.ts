import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { createTransport } from 'nodemailer';
import { MAIL_TAG } from './mail-tag.ts';
import { createSmtpServer, type SmtpServer, type SmtpUrl } from './smtp-server.ts';
import type { SubjectLine } from './subject-line.ts';

/** A mail as it goes out, in text and HTML. */
export interface Mail {
  /** the same each time this mail is sent, so that a mail server or a reader can tell a repetition */
  readonly messageId: string;
  /** what it is known by, for what comes back */
  readonly name: string;
  readonly to: string;
  readonly subject: SubjectLine;
  readonly text: string;
  readonly html: string;
}

/** Where mail goes. Throws when the server did not take it. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

function throughSmtp(url: SmtpUrl | undefined): SmtpServer {
  if (!url) throw new Error('SMTP_URL or SMTP_SECRET is needed where mail goes through SMTP');
  return createSmtpServer(typeof url === 'string' ? async () => url : url);
}

/** SES as a mail server that is always at the same place. */
function throughSes(): SmtpServer {
  const transport = createTransport({ SES: { sesClient: new SESv2Client({}), SendEmailCommand } });
  return { transport: async () => transport, forget: () => {} };
}

interface Ways {
  /** the server, where mail goes through SMTP */
  readonly smtpUrl?: SmtpUrl | undefined;
  /** the set of SES that tells what came back */
  readonly configurationSet?: string | undefined;
}

/**
 * Mail through SES, or through any SMTP server where there is no SES. nodemailer composes the message either way.
 * @param from the sender, as in a From header
 * @throws when mail goes through SMTP and no server is named
 */
export function createMailer(
  from: string,
  transport: 'ses' | 'smtp',
  { smtpUrl, configurationSet }: Ways = {},
): Mailer {
  const server = transport === 'ses' ? throughSes() : throughSmtp(smtpUrl);
  return {
    async send({ messageId, name, to, subject, text, html }) {
      const sender = await server.transport();
      const sent = sender.sendMail({
        from,
        to,
        subject,
        text,
        html,
        messageId,
        // SES puts a Message-ID of its own in the place of ours: the tag comes back with a bounce
        ...(configurationSet !== undefined && {
          ses: { ConfigurationSetName: configurationSet, EmailTags: [{ Name: MAIL_TAG, Value: name }] },
        }),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      await sent.catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'EAUTH') server.forget();
        throw error;
      });
    },
  };
}
