import type { KindOf } from '../define.ts';
import type { ShelterCase } from './case.ts';
import { type ShelterOutcome, shelterOutcomes, shelterStages } from './stages.ts';

/** A request for beds as a kind of case. */
export const shelter: KindOf<ShelterCase, ShelterOutcome> = {
  stages: shelterStages,
  outcomes: shelterOutcomes,
  // once somebody has left nobody asks where they slept
  keptDays: 30,
  partnerType: 'funder',
  partner: () => undefined,
  isPromised: () => false,
  until: () => undefined,
  details: (subject) => ({ stayFrom: subject.stayFrom, ...('house' in subject && { house: subject.house }) }),
};
