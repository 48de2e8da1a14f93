import type { FormWords, Words } from '../define.ts';
import { everyKind } from '../words.en.ts';
import type { GrantStage } from './case.ts';
import type { grantFields } from './fields.ts';
import type { GrantInput } from './input.ts';
import type { GrantOutcome } from './stages.ts';
import type { zh } from './words.zh.ts';

/** What a grant application says in English. */
export const en = {
  name: 'Micro-grant application',
  kept: '{days} days for a grant (audits of its funder)',
  next: [
    'Within seconds each rule of the programme is checked.',
    'The funder reviews it, usually within 2 days; then an approver decides.',
    'Once approved, you accept the agreement and the money is paid.',
  ],
  stages: {
    ...everyKind.stages,
    reviewing: 'Review',
    approving: 'Approval',
    'second-approval': 'Second approval',
    agreement: 'Agreement',
    disbursing: 'Payment',
    delivering: 'Project under way',
    'payment-failed': 'Payment failed',
    stopping: 'Being ended',
    reporting: 'Report',
    returning: 'Return of money',
    waiving: 'Waiver',
    terminated: 'Ended early',
    lapsed: 'Lapsed',
  },
  outcomes: {
    ...everyKind.outcomes,
    recommended: { button: 'Recommend', happened: 'Reviewed and recommended' },
    'not-recommended': { button: 'Advise against', happened: 'Reviewed and advised against' },
    approved: {
      button: 'Approve',
      happened: 'Approved',
      news: [
        'approved',
        'Case {id} was approved: {yuan} yuan. Open the link below and accept the agreement; payment follows.',
      ],
    },
    accepted: { button: 'Accept the agreement', happened: 'Agreement accepted' },
    paid: {
      button: 'Paid',
      happened: 'Paid',
      news: [
        'paid',
        'The grant of {yuan} yuan for case {id} has been paid. Open the link below by {reportDueOn} to report how it was spent.',
      ],
    },
    'payment-failed': {
      button: 'Payment failed',
      happened: 'The payment failed',
      news: [
        'payment failed',
        'The grant for case {id} could not be paid to your account. Open the link below and say where the money is to go.',
      ],
    },
    'account-corrected': { button: 'Send account details', happened: 'Account details corrected' },
    'nothing-paid': {
      button: 'Nothing was paid',
      happened: 'Ended before anything was paid',
      news: ['ended', 'Case {id} has ended. Nothing was paid, and you owe nothing.'],
    },
    reported: { button: 'Send report', happened: 'Report sent' },
    'report-accepted': {
      button: 'Accept the report',
      happened: 'Report accepted',
      news: ['report accepted', 'The report on case {id} was accepted and the case is closed. Thank you!'],
      newsAt: {
        returning: [
          'report accepted, money to be returned',
          'The report on case {id} was accepted. {owed} yuan were not spent: please pay them back to the funder’s account. The link below shows what is still owed.',
        ],
      },
    },
    returned: {
      button: 'Money came back',
      happened: 'Money came back',
      news: [
        'money received',
        'The money that you paid back for case {id} has arrived, and the case is closed. Thank you!',
      ],
      newsAt: {
        returning: [
          'money received',
          'Money that you paid back for case {id} has arrived. {owed} yuan are still owed; the link below shows it.',
        ],
        terminated: [
          'money received',
          'The money that you paid back for case {id} has arrived, and the case is closed.',
        ],
      },
    },
    'entry-corrected': { button: 'Correct an entry', happened: 'An entry of the books was corrected' },
    'waiver-asked': { button: 'Ask not to claim it', happened: 'Asked not to claim the money back' },
    waived: {
      button: 'Do not claim it back',
      happened: 'The money is not claimed back',
      news: [
        'nothing more owed',
        'The funder does not claim back the rest of the money for case {id}. The case is closed.',
      ],
      newsAt: {
        returning: [
          'less is owed',
          'The funder does not claim back a part of the money for case {id}. {owed} yuan are still owed.',
        ],
      },
    },
    'still-owed': { button: 'It stays owed', happened: 'The money stays owed' },
    stopped: {
      button: 'Stop the grant',
      happened: 'The funder stopped the grant',
      news: [
        'stopped by the funder',
        'The funder has stopped the grant for case {id}. The link below says why; its finance sees whether something was paid.',
      ],
      newsAt: {
        returning: [
          'stopped by the funder',
          'The funder has stopped the grant for case {id}. {owed} yuan are to be paid back to the funder’s account. The link below says why.',
        ],
      },
    },
    'given-up': { button: 'Give the grant up', happened: 'The applicant gave the grant up' },
    'report-returned': {
      button: 'Return the report',
      happened: 'Report returned for changes',
      news: [
        'report to be changed',
        'The report on case {id} needs a change. Open the link below, change it and send it again.',
      ],
    },
  },
  findings: {
    ...everyKind.findings,
    'outside-area': 'Outside the programme’s area ({areas})',
    'not-eligible-type': 'This type of organization is not eligible',
    'above-ceiling': 'Asks for more than the ceiling of {yuan} yuan',
    closed: 'The programme had closed when this was sent',
    unanswered: 'A required question is not answered: {question}',
    'budget-short': 'Only {yuan} yuan of the budget are left, less than was asked for',
    'already-applied': 'The organization has {count} other {count|application|applications} in this programme',
    'funded-elsewhere': 'The organization has {count} {count|application|applications} in other programmes',
  },
  fields: {
    ...everyKind.fields,
    programme: { label: 'Programme' },
    purpose: { label: 'What the money is for', hint: 'What you will do, for whom and where, in a few sentences' },
    answers: { label: 'The programme’s questions', parts: {} },
    budget: {
      label: 'Budget',
      hint: 'In yuan, for example 3000 or 3,000.50.',
      row: 'Row {row}',
      add: 'Add a row',
      parts: {
        description: { label: 'What for', hint: 'For example hire of a van, 3 days' },
        amount: { label: 'Amount' },
      },
    },
  },
  steps: { ...everyKind.steps, project: 'Your project', budget: 'Budget' },
  answered: {
    score: 'Score',
    amount: 'Amount (yuan)',
    paidOn: 'Paid on',
    reference: 'Payment reference',
    reportDueOn: 'Report due',
    summary: 'What was done',
    spent: 'Money spent (yuan)',
    evidence: 'Receipts: links or where they are',
    returnedOn: 'Came back on',
    entry: 'Wrong entry',
    on: 'Right day',
  },
} as const satisfies Words<GrantStage, GrantOutcome> &
  FormWords<GrantInput, typeof grantFields> & { answered: Record<keyof typeof zh.answered, string> };
