import type { OutcomeWords } from './define.ts';

/** What every kind says alike in English. */
export const everyKind = {
  stages: {
    submitted: 'Submitted',
    screening: 'Automatic checks',
    'changes-requested': 'Changes requested',
    closed: 'Closed',
    rejected: 'Not approved',
    withdrawn: 'Withdrawn',
  },
  outcomes: {
    screen: { button: 'Checks started', happened: 'Checks started' },
    screened: { button: 'Checks finished', happened: 'Automatic checks finished' },
    'changes-requested': {
      button: 'Request changes',
      happened: 'Changes requested from the applicant',
      news: [
        'please add to it',
        'Case {id} needs something changed or added before it can go on. Open the link below, make the changes and send it again.',
      ],
    },
    resubmitted: { button: 'Send again', happened: 'Sent again by the applicant' },
    rejected: {
      button: 'Reject',
      happened: 'Not approved',
      news: ['not approved', 'We are sorry: case {id} was not approved.'],
    },
    expired: {
      button: 'Not answered in time',
      happened: 'Not answered in time',
      news: [
        'ended unanswered',
        'Case {id} has ended because it was not answered in time. If there is still a need, please send it anew.',
      ],
    },
    withdrawn: {
      button: 'Withdraw',
      happened: 'Withdrawn by the applicant',
      news: ['withdrawn', 'Case {id} has been withdrawn.'],
    },
  },
  findings: {
    'name-nearly': 'The name is nearly that of “{name}”, which is known here: please look whether it is the same',
  },
} as const satisfies { stages: object; outcomes: Readonly<Record<string, OutcomeWords>>; findings: object };
