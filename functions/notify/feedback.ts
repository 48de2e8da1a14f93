import * as z from 'zod';
import { Retryable } from '../../shared/domain/errors.ts';
import { instant } from '../../shared/domain/time.ts';
import { recordMailTrouble } from '../../shared/store/health.ts';
import { keepGivenUp, readMailAbout } from '../../shared/store/mails.ts';
import { logLine } from '../log/log-line.ts';
import { MAIL_TAG } from './mail-tag.ts';
import { idsOf, type Notifier, noteAddress, tellCase } from './send-once.ts';

const recipients = z.array(z.object({ emailAddress: z.string() }));
const mail = z.object({ tags: z.record(z.string(), z.array(z.string())).default({}) });

/** What SES gives to the bus of a mail that came back or was complained about, as far as it matters here. */
export const MailFeedback = z.object({
  source: z.literal('aws.ses'),
  detail: z.union([
    z.object({ bounce: z.object({ bounceType: z.string(), bouncedRecipients: recipients }), mail }),
    z.object({ complaint: z.object({ complainedRecipients: recipients }), mail }),
  ]),
});
export type MailFeedback = z.input<typeof MailFeedback>;
type Detail = z.output<typeof MailFeedback>['detail'];

function outcomeOf(detail: Detail) {
  if ('complaint' in detail)
    return { why: 'complained', hard: true, to: detail.complaint.complainedRecipients } as const;
  return {
    why: 'bounced',
    // whatever else: the mailbox is full, the mail too large. SES has tried long enough, the address may be right
    hard: detail.bounce.bounceType === 'Permanent',
    to: detail.bounce.bouncedRecipients,
  } as const;
}

/**
 * A mail came back, or whoever got it called it junk. No mail goes to an address that does not exist or complained until somebody has seen
 * to it; its case and coordinators hear of it, and a mail that did not arrive is kept with those given up. Cost: a read, some writes.
 * @throws {@link Retryable} when the mail is not yet remembered as sent: it came back at once
 */
export async function takeFeedback(notifier: Notifier, { detail }: z.output<typeof MailFeedback>): Promise<void> {
  const name = detail.mail.tags[MAIL_TAG]?.[0];
  const about = name === undefined ? undefined : await readMailAbout(notifier.table, name);
  // not one of ours, or of another installation with the same account
  if (name === undefined) return;
  if (about === undefined) throw new Retryable('the mail is not remembered yet');
  const { why, hard, to } = outcomeOf(detail);
  logLine('mail-came-back', { ...idsOf(about), why });
  if (hard) for (const { emailAddress } of to) await noteAddress(notifier, emailAddress, about, why);
  else await tellCase(notifier, about, 'given-up');
  if (why === 'complained') return;
  await recordMailTrouble(notifier.table, 'refused');
  const now = instant(Date.now());
  await keepGivenUp(notifier.table, {
    name,
    about,
    since: now,
    at: now,
    tries: 1,
    why: hard ? 'recipient' : 'put-off',
  });
}
