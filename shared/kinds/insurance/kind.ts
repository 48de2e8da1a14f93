import type { KindOf } from '../define.ts';
import type { InsuranceCase } from './case.ts';
import { gapOf, isStartPassed } from './days.ts';
import { type InsuranceOutcome, insuranceOutcomes, insuranceStages } from './stages.ts';

/** A volunteer insurance request as a kind of case. */
export const insurance: KindOf<InsuranceCase, InsuranceOutcome> = {
  stages: insuranceStages,
  outcomes: insuranceOutcomes,
  // a claim under accident cover can be made for two years (Insurance Law of the PRC, article 26)
  keptDays: 730,
  partnerType: 'insurer',
  partner: ({ insurer }) => insurer,
  isPromised: () => false,
  until: () => undefined,
  details: (subject, now) => ({
    coverFrom: subject.coverFrom,
    coverTo: subject.coverTo,
    ...(isStartPassed(subject, now) && { startPassed: subject.coverFrom }),
    ...(subject.roster.leftOut !== undefined && { leftOut: subject.roster.leftOut }),
    ...('policy' in subject && { policy: subject.policy.number, ...gapOf(subject) }),
  }),
};
