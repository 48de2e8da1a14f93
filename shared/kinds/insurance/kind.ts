import type { KindOf } from '../define.ts';
import type { InsuranceCase } from './case.ts';
import { gapOf, isStartPassed } from './days.ts';
import { type InsuranceOutcome, insuranceOutcomes, insuranceStages } from './stages.ts';

/** A volunteer insurance request as a kind of case. */
export const insurance: KindOf<InsuranceCase, InsuranceOutcome> = {
  stages: insuranceStages,
  outcomes: insuranceOutcomes,
  partnerType: 'insurer',
  partner: ({ insurer }) => insurer,
  isPromised: () => false,
  until: () => undefined,
  details: (subject, now) => ({
    coverFrom: subject.coverFrom,
    coverTo: subject.coverTo,
    ...(isStartPassed(subject, now) && { startPassed: subject.coverFrom }),
    ...('policy' in subject && { policy: subject.policy.number, ...gapOf(subject) }),
  }),
};
