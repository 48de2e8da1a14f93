import { formatFen } from '../../domain/money.ts';
import { endOfDay } from '../../domain/time.ts';
import type { KindOf } from '../define.ts';
import type { GrantCase } from './case.ts';
import { outstanding } from './money.ts';
import { rulesTold } from './rules.ts';
import { type GrantOutcome, grantOutcomes, grantStages } from './stages.ts';

/** A grant application as a kind of case. */
export const grant: KindOf<GrantCase, GrantOutcome> = {
  stages: grantStages,
  outcomes: grantOutcomes,
  // who gave money to whom, and what they reported, is audited for five years
  keptDays: 1825,
  partnerType: 'funder',
  partner: ({ funder }) => funder,
  told: rulesTold,
  isPromised: () => false,
  until: (subject) => (subject.stage === 'delivering' ? endOfDay(subject.reportDueOn) : undefined),
  details: (subject) => ({
    ...('award' in subject && subject.award && { fen: subject.award.amount }),
    ...((subject.stage === 'returning' || subject.stage === 'waiving') && { owed: formatFen(outstanding(subject)) }),
    ...('reportDueOn' in subject && subject.reportDueOn && { reportDueOn: subject.reportDueOn }),
  }),
};
