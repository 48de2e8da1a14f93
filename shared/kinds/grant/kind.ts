import { endOfDay } from '../../domain/time.ts';
import type { KindOf } from '../define.ts';
import type { GrantCase } from './case.ts';
import { type GrantOutcome, grantOutcomes, grantStages } from './stages.ts';

/** A grant application as a kind of case. */
export const grant: KindOf<GrantCase, GrantOutcome> = {
  stages: grantStages,
  outcomes: grantOutcomes,
  // who gave money to whom, and what they reported, is audited for five years
  keptDays: 1825,
  partnerType: 'funder',
  partner: ({ funder }) => funder,
  isPromised: () => false,
  until: (subject) => (subject.stage === 'delivering' ? endOfDay(subject.reportDueOn) : undefined),
  details: (subject) => ({
    ...('award' in subject && subject.award && { fen: subject.award.amount }),
    ...('reportDueOn' in subject && { reportDueOn: subject.reportDueOn }),
  }),
};
