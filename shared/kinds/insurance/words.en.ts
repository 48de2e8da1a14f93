import type { Words } from '../define.ts';
import { everyKind } from '../words.en.ts';
import type { InsuranceStage } from './case.ts';
import type { InsuranceOutcome } from './stages.ts';

/** What a volunteer insurance request says in English. */
export const en = {
  name: 'Volunteer insurance',
  stages: {
    ...everyKind.stages,
    approving: 'Approval',
    binding: 'With the insurer',
    active: 'Covered',
  },
  outcomes: {
    ...everyKind.outcomes,
    approved: {
      button: 'Approve',
      happened: 'Approved',
      news: ['approved', 'Case {id} was approved and is with the insurer now.'],
    },
    bound: {
      button: 'Cover bound',
      happened: 'Cover bound',
      news: [
        'covered',
        'The volunteers of case {id} are covered from {coverFrom} to {coverTo}, both days included. Policy number: {policy}.',
      ],
    },
    ended: {
      button: 'Cover ended',
      happened: 'Cover ended',
      news: ['cover has ended', 'Cover for the volunteers of case {id} ended on {coverTo}.'],
    },
  },
  findings: {
    ...everyKind.findings,
    'already-covered': '{count} {count|volunteer already has|volunteers already have} cover in this period',
    'cover-in-the-past': 'Cover would begin before the request was sent',
  },
} as const satisfies Words<InsuranceStage, InsuranceOutcome>;
