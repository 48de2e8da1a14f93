import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { ServiceError } from '../types.ts';

const text = z.strictObject({ Data: z.string(), Charset: z.string().optional() });
const addresses = z.array(z.string()).default([]);

/**
 * The input of SendEmail, as far as it is done here: what is not named is refused, since mail would go without it.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export const sendEmailInput = z.strictObject({
  FromEmailAddress: z.string().optional(),
  Destination: z.strictObject({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses }).optional(),
  ReplyToAddresses: addresses,
  FeedbackForwardingEmailAddress: z.string().optional(),
  ConfigurationSetName: z.string().optional(),
  // for statistics and events of AWS
  EmailTags: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).optional(),
  Content: z.strictObject({
    Raw: z.strictObject({ Data: z.base64() }).optional(),
    Simple: z
      .strictObject({
        Subject: text,
        Body: z.strictObject({ Text: text.optional(), Html: text.optional() }),
        Headers: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
      })
      .optional(),
  }),
});

export interface Composed {
  readonly from: string;
  readonly fromName: string | undefined;
  readonly recipients: readonly string[];
  readonly source: Buffer;
  readonly subject: string;
  /** The Message-ID in its head. */
  readonly headerMessageId: string;
}

const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/** The message that SendEmail asks for, as it goes over the wire. Throws BadRequestException. */
export async function compose(input: z.output<typeof sendEmailInput>, messageId: string, now: Date): Promise<Composed> {
  const { Content, Destination, FromEmailAddress } = input;
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = Destination ?? {};
  const source =
    Content.Raw === undefined ? await composeSimple(input, messageId, now) : Buffer.from(Content.Raw.Data, 'base64');
  const parsed = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true });
  const sender = parsed.from?.value[0];
  const from = bare(FromEmailAddress) ?? sender?.address;
  if (from === undefined) throw new ServiceError('BadRequestException', 'Missing final "From" address.');
  const inHeaders = [parsed.to ?? [], parsed.cc ?? [], parsed.bcc ?? []].flat().flatMap((each) => each.value);
  const given = [...ToAddresses, ...CcAddresses, ...BccAddresses].map(bare);
  const recipients = given.length > 0 ? given : inHeaders.map((each) => each.address);
  const all = [...new Set(recipients.filter((each) => each !== undefined))];
  if (all.length === 0) throw new ServiceError('BadRequestException', 'No recipients.');
  if (all.length > 50) throw new ServiceError('BadRequestException', 'Recipient count exceeds 50.');
  const { subject = '', messageId: headerMessageId = '' } = parsed;
  return { from, fromName: sender?.name || undefined, recipients: all, source, subject, headerMessageId };
}

async function composeSimple(
  { Content, Destination, FromEmailAddress, ReplyToAddresses }: z.output<typeof sendEmailInput>,
  messageId: string,
  now: Date,
): Promise<Buffer> {
  const { Simple } = Content;
  if (Simple === undefined || FromEmailAddress === undefined) {
    throw new ServiceError('BadRequestException', 'Simple or Raw content with a sender is needed here.');
  }
  const { message } = await composer.sendMail({
    from: FromEmailAddress,
    to: Destination?.ToAddresses ?? [],
    cc: Destination?.CcAddresses ?? [],
    replyTo: ReplyToAddresses,
    subject: Simple.Subject.Data,
    ...(Simple.Body.Text && { text: Simple.Body.Text.Data }),
    ...(Simple.Body.Html && { html: Simple.Body.Html.Data }),
    headers: Simple.Headers.map(({ Name, Value }) => ({ key: Name, value: Value })),
    messageId: `<${messageId}@email.amazonses.com>`,
    date: now,
  });
  if (!Buffer.isBuffer(message)) throw new TypeError('The composer gave no buffer.');
  return message;
}

/** The address alone of `Name <address>`. */
function bare(address: string | undefined): string | undefined {
  return address === undefined ? undefined : (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address.trim());
}
