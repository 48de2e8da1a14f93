import type { Words } from '../define.ts';
import { everyKind } from '../words.en.ts';
import type { GrantStage } from './case.ts';
import type { GrantOutcome } from './stages.ts';

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
} as const satisfies Words<GrantStage, GrantOutcome>;
