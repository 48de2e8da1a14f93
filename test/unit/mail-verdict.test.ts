import { describe, expect, test } from 'vitest';
import { isFinal, smtpVerdict, type Verdict, verdictOf } from '../../functions/notify/verdict.ts';

/** An error as nodemailer makes it of a server's answer. */
function answered(code: string, command: string, response: string): Error {
  return Object.assign(new Error(response), { code, command, response, responseCode: Number(response.slice(0, 3)) });
}

const smtp: readonly (readonly [code: string, command: string, response: string, verdict: Verdict])[] = [
  // about us: all of these come back by themselves when somebody mends account, sender or quota
  ['EAUTH', 'AUTH PLAIN', '535 5.7.8 Error: authentication failed', 'sender'],
  ['EAUTH', 'AUTH LOGIN', '534 5.7.9 Application-specific password required', 'sender'],
  ['EENVELOPE', 'MAIL FROM', '530 5.7.0 Authentication required', 'sender'],
  ['EENVELOPE', 'MAIL FROM', '550 Sender not allowed', 'sender'],
  ['EENVELOPE', 'RCPT TO', '530 5.7.0 Must issue a STARTTLS command first', 'sender'],
  ['EENVELOPE', 'RCPT TO', '553 5.7.1 <hub@example.org>: Sender address rejected: not logged in', 'sender'],
  ['EENVELOPE', 'RCPT TO', '554 5.7.1 <a@example.org>: Relay access denied', 'sender'],
  ['EENVELOPE', 'RCPT TO', '550 relay not permitted', 'sender'],
  ['EENVELOPE', 'RCPT TO', '550 5.4.5 Daily sending quota exceeded', 'sender'],
  ['EENVELOPE', 'RCPT TO', '550 5.1.8 Sender address rejected: Domain not found', 'sender'],
  ['EMESSAGE', 'DATA', '554 5.7.1 Message rejected due to local policy', 'sender'],
  ['EMESSAGE', 'DATA', '550 daily quota of this account is used up', 'sender'],
  // about the server, or the way to it
  ['ESOCKET', 'CONN', '', 'server'],
  ['ETIMEDOUT', 'CONN', '', 'server'],
  ['EENVELOPE', 'MAIL FROM', '451 4.3.0 try again later', 'server'],
  ['EMESSAGE', 'DATA', '451 4.3.2 system not accepting network messages', 'server'],
  // about a mailbox, for now
  ['EENVELOPE', 'RCPT TO', '450 4.2.0 greylisted', 'put-off'],
  ['EENVELOPE', 'RCPT TO', '552 5.2.2 mailbox full', 'put-off'],
  ['EENVELOPE', 'RCPT TO', '552 no space left', 'put-off'],
  // final: the address, the content
  ['EENVELOPE', 'RCPT TO', '550 5.1.1 User unknown', 'recipient'],
  ['EENVELOPE', 'RCPT TO', '550 no such user here', 'recipient'],
  ['EENVELOPE', 'RCPT TO', '550 5.2.1 The account is disabled', 'recipient'],
  ['EENVELOPE', 'API', '', 'recipient'],
  ['EMESSAGE', 'DATA', '554 5.6.0 message content rejected', 'content'],
  ['EMESSAGE', 'DATA', '552 5.3.4 message too big', 'content'],
  ['EMESSAGE', 'DATA', '554 virus found', 'content'],
];

describe('only what a server says about a recipient or the content is final', () => {
  test.each(smtp)('%s at %s, “%s”: %s', (code, command, response, verdict) => {
    expect(smtpVerdict(answered(code, command, response))).toBe(verdict);
    expect(verdictOf(answered(code, command, response))).toBe(verdict);
  });

  const ses: readonly (readonly [name: string, message: string, verdict: Verdict])[] = [
    [
      'MessageRejected',
      'Email address is not verified. The following identities failed the check in region X: a@b.c',
      'sender',
    ],
    ['MessageRejected', 'Sending paused for this account.', 'sender'],
    ['SendingPausedException', 'x', 'sender'],
    ['AccountSuspendedException', 'x', 'sender'],
    ['MailFromDomainNotVerifiedException', 'x', 'sender'],
    ['LimitExceededException', 'x', 'sender'],
    ['AccessDeniedException', 'x', 'sender'],
    ['TooManyRequestsException', 'Maximum sending rate exceeded.', 'server'],
    ['TooManyRequestsException', 'Daily message quota exceeded.', 'sender'],
    ['InternalServiceErrorException', 'x', 'server'],
    ['TimeoutError', 'x', 'server'],
    ['MessageRejected', 'Message content rejected.', 'content'],
    ['BadRequestException', 'Local address contains control or whitespace', 'recipient'],
  ];
  test.each(ses)('SES’s %s “%s”: %s', (name, message, verdict) => {
    expect(verdictOf(Object.assign(new Error(message), { name, code: 'ESES' }))).toBe(verdict);
  });

  test('whatever is not known waits', () => {
    expect([verdictOf('?'), verdictOf(new TypeError('x'))].some(isFinal)).toBe(false);
  });
});
