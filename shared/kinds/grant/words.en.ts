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
  stages: {
    ...everyKind.stages,
    reviewing: 'Review',
    approving: 'Approval',
    'second-approval': 'Second approval',
    agreement: 'Agreement',
    disbursing: 'Payment',
    delivering: 'Project under way',
    reporting: 'Report',
    lapsed: 'Lapsed',
  },
  outcomes: {
    ...everyKind.outcomes,
    recommended: { button: 'Recommend', happened: 'Reviewed and recommended' },
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
    reported: { button: 'Send report', happened: 'Report sent' },
    'report-accepted': {
      button: 'Accept the report',
      happened: 'Report accepted',
      news: ['report accepted', 'The report on case {id} was accepted and the case is closed. Thank you!'],
    },
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
  },
} as const satisfies Words<GrantStage, GrantOutcome> &
  FormWords<GrantInput, typeof grantFields> & { answered: Record<keyof typeof zh.answered, string> };
