import type { KindOf } from '../define.ts';
import type { InsuranceCase } from './case.ts';
import { type InsuranceOutcome, insuranceOutcomes, insuranceStages } from './stages.ts';

/** A volunteer insurance request as a kind of case. */
export const insurance: KindOf<InsuranceCase, InsuranceOutcome> = {
  stages: insuranceStages,
  outcomes: insuranceOutcomes,
  partnerType: 'insurer',
  partner: ({ insurer }) => insurer,
  isPromised: () => false,
  until: () => undefined,
  details: (subject) => ({
    coverFrom: subject.coverFrom,
    coverTo: subject.coverTo,
    ...('policy' in subject && { policy: subject.policy.number }),
  }),
};
