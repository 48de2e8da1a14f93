import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { createTransport } from 'nodemailer';
import { MAIL_TAG } from './mail-tag.ts';
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

/** Milliseconds that a mail server may take to answer: a function waits two minutes at most. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

function throughSmtp(url: string | undefined) {
  if (!url) throw new Error('SMTP_URL is needed where mail goes through SMTP');
  return createTransport({ url, ...patience });
}

interface Ways {
  /** the server, where mail goes through SMTP */
  readonly smtpUrl?: string | undefined;
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
  const sender =
    transport === 'ses'
      ? createTransport({ SES: { sesClient: new SESv2Client({}), SendEmailCommand } })
      : throughSmtp(smtpUrl);
  return {
    async send({ messageId, name, to, subject, text, html }) {
      await sender.sendMail({
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
    },
  };
}
