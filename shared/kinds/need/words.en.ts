import type { FormWords, Words } from '../define.ts';
import { everyKind } from '../words.en.ts';
import type { NeedStage } from './case.ts';
import type { needFields } from './fields.ts';
import type { NeedInput } from './input.ts';
import type { NeedOutcome } from './stages.ts';
import type { zh } from './words.zh.ts';

/** What a need says in English. */
export const en = {
  name: 'Need',
  kept: '{days} days for a need (recalls, disputed deliveries)',
  next: [
    'Within seconds we look for duplicates.',
    'The hub verifies it, usually within 24 hours, and may telephone you.',
    'Then a donor is looked for; once one approves, the goods are dispatched.',
  ],
  stages: {
    ...everyKind.stages,
    verifying: 'Verification',
    matching: 'Finding a donor',
    approving: 'Approval',
    dispatching: 'Arranging dispatch',
    'in-transit': 'In transit',
    confirming: 'Confirming receipt',
    reporting: 'Report',
    expired: 'Expired',
    merged: 'Merged',
    undelivered: 'Not delivered',
  },
  outcomes: {
    ...everyKind.outcomes,
    verified: {
      button: 'Verified',
      happened: 'Need verified',
      news: ['verified', 'Case {id} has been verified, and a donor is being looked for.'],
    },
    matched: { button: 'Match to a donor', happened: 'A donor was found and asked to approve' },
    approved: {
      button: 'Approve',
      happened: 'Approved',
      news: [
        'a donor has agreed',
        'A donor gives goods of case {id}, and dispatch is being arranged. What could not be given goes on looking for a donor under a number of its own.',
      ],
    },
    declined: { button: 'Decline', happened: 'The donor declined' },
    merged: {
      button: 'Merge with another need',
      happened: 'Merged with another need',
      news: [
        'merged',
        'Case {id} asks for the same as another need of your organization. It goes on there, and nothing is lost.',
      ],
    },
    enough: {
      button: 'Enough',
      happened: 'The applicant said it is enough',
      news: ['closed', 'You said that no more is needed: case {id} is closed.'],
    },
    dispatched: {
      button: 'Dispatched',
      happened: 'Dispatched',
      news: [
        'on its way',
        'The goods of case {id} are on their way with {carrier} and should arrive on {expectedOn}. When they are there, open the link below and say for each line how much came.',
      ],
    },
    'called-off': {
      button: 'Call the dispatch off',
      happened: 'The dispatch was called off',
      news: [
        'dispatch called off',
        'The goods of case {id} cannot be sent this time. It goes on looking for a donor, and you need not fill in anything again.',
      ],
      newsAt: {
        undelivered: [
          'the goods will not arrive',
          'The goods of case {id} that were sent will not arrive. They go on looking for a donor under a number of their own, and you need not fill in anything again.',
        ],
      },
    },
    'not-arrived': {
      button: 'Nothing arrived',
      happened: 'Nothing arrived',
      news: [
        'noted that nothing arrived',
        'It is noted that the goods of case {id} did not arrive. They go on looking for a donor under a number of their own, and you need not fill in anything again.',
      ],
    },
    'arrival-due': {
      button: 'Expected arrival has passed',
      happened: 'The expected arrival has passed: please confirm receipt',
      news: [
        'has it arrived?',
        'The goods of case {id} should have arrived. Open the link below and say for each line how much came.',
      ],
    },
    confirmed: { button: 'Confirm receipt', happened: 'Receipt confirmed' },
    reported: { button: 'Send report', happened: 'Report sent' },
  },
  findings: {
    ...everyKind.findings,
    'likely-double': 'The organization has another open need with the same items ({lines})',
  },
  fields: {
    ...everyKind.fields,
    lines: {
      label: 'Items',
      hint: 'Quantity may be left empty: “needed, amount unknown”. You can give a number later.',
      row: 'Item {row}',
      add: 'Add an item',
      parts: {
        item: { label: 'Item', hint: 'For example medical respirators' },
        specification: { label: 'Specification', hint: 'For example GB 19083, or “any”' },
        quantity: { label: 'Quantity' },
        unit: { label: 'Unit', hint: 'pieces, sets, boxes' },
      },
    },
    careTier: {
      label: 'Care provided',
      hint: 'Decides who is served first',
      choices: {
        general: 'General care or community',
        suspected: 'Treats suspected cases',
        severe: 'Treats severe cases',
      },
    },
    note: {
      label: 'Anything else we should know',
      hint: 'For example how many days your stock will last, or whether roads are open',
    },
    urgency: { label: 'Urgency', choices: { normal: 'Normal', urgent: 'Urgent', critical: 'Critical' } },
    neededBy: { label: 'Needed by', hint: 'Leave empty if you cannot say' },
    delivery: {
      label: 'Delivery',
      parts: {
        address: { label: 'Delivery address' },
        recipient: { label: 'Recipient', hint: 'Leave empty if it is the contact person' },
        phone: { label: 'Recipient’s telephone', hint: 'Mobile or landline' },
      },
    },
  },
  steps: { ...everyKind.steps, lines: 'What you need', delivery: 'Where to, and by when' },
  told: { written: 'As written', dailyUse: 'Used a day', onHand: 'In stock' },
  answered: {
    donor: 'Donor',
    carrier: 'Carrier',
    trackingNumber: 'Tracking number',
    expectedOn: 'Expected on',
    lots: 'Lot numbers',
    received: 'Quantity received',
    report: 'Report',
    into: 'Merge into which case',
  },
} as const satisfies Words<NeedStage, NeedOutcome> &
  FormWords<NeedInput, typeof needFields> & {
    answered: Record<keyof typeof zh.answered, string>;
    told: Record<keyof typeof zh.told, string>;
  };
