import { backOrOut, changesAsked } from '../common-stages.ts';
import { applicant, hubDesk, type Outcome, type Stage } from '../define.ts';
import { chased, days, hours } from '../waits.ts';
import type { ShelterStage } from './case.ts';
import type { ShelterDecision } from './input.ts';

/** What can come of a stage of a request for beds. */
export const shelterOutcomes = {
  screen: { by: 'workflow' },
  screened: { by: 'workflow' },
  arranged: {},
  left: {},
  'changes-requested': { carriesOn: false },
  resubmitted: {},
  rejected: {},
  expired: { by: 'workflow' },
  withdrawn: { by: 'applicant' },
} as const satisfies Readonly<Record<ShelterOutcome, Outcome>>;
export type ShelterOutcome =
  | Exclude<ShelterDecision['outcome'], 'resumed'>
  | 'screen'
  | 'screened'
  | 'expired'
  | 'withdrawn';

/** The stages of a request for beds. */
export const shelterStages = {
  submitted: { way: 'main', on: { screen: ['screening'], withdrawn: ['withdrawn'] } },
  screening: { way: 'main', on: { screened: ['arranging'], withdrawn: ['withdrawn'] } },
  arranging: {
    way: 'main',
    asks: hubDesk,
    // half a day: people need a bed tonight
    waits: chased(hours(12), hours(12)),
    on: { arranged: ['staying'], ...backOrOut },
  },
  'changes-requested': {
    ...changesAsked,
    on: { resubmitted: ['arranging'], expired: ['withdrawn'], withdrawn: ['withdrawn'] },
  },
  staying: { way: 'main', asks: applicant, waits: chased(days(14), days(7)), on: { left: ['closed'] } },
  closed: { way: 'main' },
  rejected: { way: 'aside' },
  withdrawn: { way: 'aside' },
} as const satisfies Readonly<Record<ShelterStage, Stage<ShelterStage, ShelterOutcome>>>;
