import { backOrOut, changesAsked } from '../common-stages.ts';
import { hubDesk, type Outcome, type Stage } from '../define.ts';
import { chased, days, hours } from '../waits.ts';
import type { InsuranceStage } from './case.ts';
import type { InsuranceDecision } from './decision.ts';

/** What can come of a stage of an insurance request. */
export const insuranceOutcomes = {
  screen: { by: 'workflow' },
  screened: { by: 'workflow' },
  approved: {},
  bound: {},
  'changes-requested': { carriesOn: false },
  resubmitted: {},
  rejected: {},
  expired: { by: 'workflow' },
  ended: { by: 'workflow' },
  withdrawn: { by: 'applicant' },
} as const satisfies Readonly<Record<InsuranceOutcome, Outcome>>;
export type InsuranceOutcome =
  | Exclude<InsuranceDecision['outcome'], 'resumed'>
  | 'screen'
  | 'screened'
  | 'expired'
  | 'ended'
  | 'withdrawn';

/** The stages of a volunteer insurance request. */
export const insuranceStages = {
  submitted: { way: 'main', on: { screen: ['screening'], withdrawn: ['withdrawn'] } },
  screening: { way: 'main', on: { screened: ['approving'], withdrawn: ['withdrawn'] } },
  approving: {
    way: 'main',
    asks: hubDesk,
    // a day: the volunteers are out already
    waits: chased(hours(24), hours(24)),
    on: {
      approved: ['binding'],
      ...backOrOut,
    },
  },
  'changes-requested': {
    ...changesAsked,
    on: { resubmitted: ['approving'], expired: ['withdrawn'], withdrawn: ['withdrawn'] },
  },
  binding: {
    way: 'main',
    asks: { by: 'insurer', roles: ['insurer'] },
    // two days: the insurer takes batches once a day
    waits: chased(days(2), days(2)),
    on: { bound: ['active'], rejected: ['rejected'], withdrawn: ['withdrawn'] },
  },
  active: { way: 'main', waits: 'cover', on: { ended: ['closed'] } },
  closed: { way: 'main' },
  rejected: { way: 'aside' },
  withdrawn: { way: 'aside' },
} as const satisfies Readonly<Record<InsuranceStage, Stage<InsuranceStage, InsuranceOutcome>>>;
