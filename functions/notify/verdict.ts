/**
 * What a mail server's or SES's refusal is about. `recipient` and `content` are final: the same mail fails again. The others wait:
 * `put-off`, this mailbox takes no mail now; `sender`, nothing is taken from us (password, sandbox, quota, paused);
 * `server`, it is away, slow, or stumbled.
 */
export type Verdict = 'recipient' | 'content' | 'put-off' | 'sender' | 'server';

export function isFinal(verdict: Verdict): verdict is 'recipient' | 'content' {
  return verdict === 'recipient' || verdict === 'content';
}

/** What servers say without an enhanced code when they mean whoever sends, or how much of it. */
const ABOUT_SENDER = /authenti|relay|sender|quota|limit|too many|blocked|block list|blacklist|reputation|spf|dmarc/i;

/** By RFC 3463: class, subject, detail. */
const ENHANCED = /^\d{3}[ -]5\.(\d{1,3})\.(\d{1,3})\b/;

/** What an enhanced code that begins with 5 is about, by its subject (RFC 3463, section 3) and, where these differ, its detail. */
function byEnhancedCode(subject: number, detail: number): Verdict {
  switch (subject) {
    case 1:
      return detail === 7 || detail === 8 ? 'sender' : 'recipient';
    case 2:
      if (detail === 2) return 'put-off';
      return detail === 3 ? 'content' : 'recipient';
    case 3:
      return detail === 4 ? 'content' : 'server';
    case 4:
      return detail === 5 ? 'sender' : 'server';
    case 6:
      return 'content';
    case 7:
      // policy: relaying denied, sender not owned, unauthenticated: of us rather than of whom we write to
      return 'sender';
    default:
      return 'server';
  }
}

/** Statuses that a server has for a recipient alone (RFC 5321, section 4.2.3), where it gives no enhanced code. */
const ABOUT_RECIPIENT = new Set([550, 551, 553]);
const ABOUT_CONTENT = new Set([552, 554]);

function textOf(error: Error, field: string): string {
  const value: unknown = Reflect.get(error, field);
  return typeof value === 'string' ? value : '';
}

/** What an SMTP server's answer, as nodemailer tells it, is about. */
export function smtpVerdict(error: unknown): Verdict {
  if (!(error instanceof Error)) return 'server';
  const [code, command, response] = ['code', 'command', 'response'].map((field) => textOf(error, field));
  const status = Number(Reflect.get(error, 'responseCode') ?? 0);
  if (code === 'EAUTH' || command === 'MAIL FROM')
    return code === 'EMESSAGE' ? 'content' : status < 500 && status > 0 ? 'server' : 'sender';
  const atRecipient = code === 'EENVELOPE';
  if (!atRecipient && code !== 'EMESSAGE') return status >= 500 ? 'sender' : 'server';
  // refused before any server was asked: no address, or nothing that could be sent
  if (status === 0) return atRecipient ? 'recipient' : 'content';
  if (status < 500) return atRecipient ? 'put-off' : 'server';
  const [, subject, detail] = ENHANCED.exec(response ?? '') ?? [];
  if (subject !== undefined && subject !== '0') return byEnhancedCode(Number(subject), Number(detail));
  if (ABOUT_SENDER.test(response ?? '')) return 'sender';
  if (atRecipient) return ABOUT_RECIPIENT.has(status) ? 'recipient' : status === 552 ? 'put-off' : 'sender';
  return ABOUT_CONTENT.has(status) || status === 550 ? 'content' : 'sender';
}

/** What SES says of this account or sender: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors */
const SES_SENDER = new Set([
  'AccountSuspendedException',
  'SendingPausedException',
  'MailFromDomainNotVerifiedException',
  'LimitExceededException',
  'NotFoundException',
  'AccessDeniedException',
]);

/** What SES or an SMTP server refused a mail for. Whatever is not known waits: a mail too often is better than none. */
export function verdictOf(error: unknown): Verdict {
  if (!(error instanceof Error)) return 'server';
  const { name, message } = error;
  // sandbox, and a sender's domain that is not verified yet, come under the same name as content that SES will not have
  if (name === 'MessageRejected')
    return /not verified|not authorized|paused|suspended|sandbox/i.test(message) ? 'sender' : 'content';
  if (name === 'BadRequestException') return /address|domain|recipient/i.test(message) ? 'recipient' : 'content';
  if (SES_SENDER.has(name)) return 'sender';
  if (name === 'TooManyRequestsException') return /quota/i.test(message) ? 'sender' : 'server';
  return smtpVerdict(error);
}
