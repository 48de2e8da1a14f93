import { randomUUID } from 'node:crypto';
import type { ServiceEvent } from '../events/index.ts';
import type { Json, JsonObject } from '../template/json.ts';

/** What came back of a mail to one recipient. */
export type Feedback =
  | {
      readonly type: 'BOUNCE';
      readonly recipient: string;
      readonly sort: readonly [type: string, subType: string];
      readonly status: string;
      readonly said: string;
    }
  | { readonly type: 'COMPLAINT'; readonly recipient: string };

/** A mail as its events tell of it. */
export interface SentMail {
  readonly messageId: string;
  readonly from: string;
  readonly sourceArn: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly headerMessageId: string;
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

/** Addresses of AWS's mailbox simulator: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html */
const SIMULATOR = /^(success|bounce|complaint|ooto|suppressionlist)(\+[^@]*)?@simulator\.amazonses\.com$/i;

export function isSimulated(address: string): boolean {
  return SIMULATOR.test(address);
}

/** What a mail to an address of the simulator comes to. */
export function simulated(recipient: string): Feedback | undefined {
  const what = SIMULATOR.exec(recipient)?.[1]?.toLowerCase();
  if (what === 'complaint') return { type: 'COMPLAINT', recipient };
  if (what === 'bounce' || what === 'suppressionlist') {
    const sort = ['Permanent', what === 'bounce' ? 'General' : 'Suppressed'] as const;
    return { type: 'BOUNCE', recipient, sort, status: '5.1.1', said: 'smtp; 550 5.1.1 user unknown' };
  }
  return undefined;
}

function told(feedback: Feedback, at: string): JsonObject {
  const feedbackId = `0100${randomUUID()}-000000`;
  if (feedback.type === 'COMPLAINT') {
    return {
      eventType: 'Complaint',
      complaint: {
        feedbackId,
        complaintSubType: null,
        complainedRecipients: [{ emailAddress: feedback.recipient }],
        timestamp: at,
        complaintFeedbackType: 'abuse',
      },
    };
  }
  const { recipient, sort, status, said } = feedback;
  const [bounceType = '', bounceSubType = ''] = sort;
  return {
    eventType: 'Bounce',
    bounce: {
      ...{ feedbackId, bounceType, bounceSubType, timestamp: at },
      bouncedRecipients: [{ emailAddress: recipient, action: 'failed', status, diagnosticCode: said }],
      reportingMTA: 'dns; local.invalid',
    },
  };
}

/** The event that SES gives to the default bus: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
export function feedbackEvent(mail: SentMail, feedback: Feedback, accountId: string, now: number): ServiceEvent {
  const at = new Date(now).toISOString();
  const tags: Record<string, Json> = {};
  for (const [name, values] of Object.entries(mail.tags)) tags[name] = [...values];
  return {
    source: 'aws.ses',
    detailType: feedback.type === 'BOUNCE' ? 'Email Bounced' : 'Email Complaint Received',
    resources: [mail.sourceArn],
    detail: {
      ...told(feedback, at),
      mail: {
        timestamp: at,
        source: mail.from,
        sourceArn: mail.sourceArn,
        sendingAccountId: accountId,
        messageId: mail.messageId,
        destination: [...mail.recipients],
        headersTruncated: false,
        headers: [],
        commonHeaders: {
          from: [mail.from],
          to: [...mail.recipients],
          subject: mail.subject,
          messageId: mail.headerMessageId,
        },
        tags,
      },
    },
  };
}
