import { endOfDay } from '../../domain/time.ts';
import type { KindOf } from '../define.ts';
import type { NeedCase, NeedStage } from './case.ts';
import { type NeedOutcome, needOutcomes, needStages } from './stages.ts';

/** Stages in which a donor has promised goods and must know where they go. */
const promised: ReadonlySet<NeedStage> = new Set(['dispatching', 'in-transit', 'confirming', 'reporting', 'closed']);

/** A need as a kind of case. */
export const need: KindOf<NeedCase, NeedOutcome> = {
  stages: needStages,
  outcomes: needOutcomes,
  // a lot of masks or medicine is recalled, a delivery disputed, within a season; then nobody asks
  keptDays: 90,
  partnerType: 'funder',
  partner: (subject) => ('donor' in subject ? subject.donor?.party : undefined),
  isPromised: ({ stage }) => promised.has(stage),
  until: (subject) => (subject.stage === 'in-transit' ? endOfDay(subject.consignment.expectedOn) : undefined),
  details: (subject) => {
    const consignment = 'consignment' in subject ? subject.consignment : undefined;
    return consignment ? { carrier: consignment.carrier, expectedOn: consignment.expectedOn } : {};
  },
};
