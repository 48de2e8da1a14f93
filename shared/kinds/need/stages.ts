import { changesAsked } from '../common-stages.ts';
import { applicant, hubDesk, type Outcome, type Stage } from '../define.ts';
import { chased, chasedUntilExpiry, days, hours, untilThen } from '../waits.ts';
import type { NeedStage } from './case.ts';
import type { NeedDecision } from './decision.ts';

/** What can come of a stage of a need. */
export const needOutcomes = {
  screen: { by: 'workflow' },
  screened: { by: 'workflow' },
  verified: {},
  matched: { reasonFor: 'deliberation' },
  approved: { notAfter: ['verified', 'matched'] },
  declined: { reasonFor: 'deliberation' },
  'changes-requested': { carriesOn: false },
  resubmitted: {},
  merged: {},
  rejected: {},
  enough: { by: 'applicant' },
  expired: { by: 'workflow' },
  dispatched: {},
  'called-off': {},
  'not-arrived': {},
  'arrival-due': { by: 'workflow' },
  confirmed: {},
  reported: {},
  withdrawn: { by: 'applicant' },
} as const satisfies Readonly<Record<NeedOutcome, Outcome>>;
export type NeedOutcome =
  | Exclude<NeedDecision['outcome'], 'resumed'>
  | 'screen'
  | 'screened'
  | 'enough'
  | 'expired'
  | 'arrival-due'
  | 'withdrawn';

/** Goods that were sent and do not come: who waits for them says so, or the hub, which knows the lorries. */
const neverCame = { 'not-arrived': ['undelivered'], 'called-off': ['undelivered'] } as const;
const carriers = { 'called-off': hubDesk } as const;

/** The stages of a need. */
export const needStages = {
  submitted: { way: 'main', on: { screen: ['screening'], withdrawn: ['withdrawn'] } },
  screening: { way: 'main', on: { screened: ['verifying'], withdrawn: ['withdrawn'] } },
  verifying: {
    way: 'main',
    asks: hubDesk,
    // a day: one telephone call, by a coordinator who has a hundred to make
    waits: chased(hours(24), hours(24)),
    on: {
      verified: ['matching'],
      'changes-requested': ['changes-requested'],
      merged: ['merged'],
      rejected: ['rejected'],
      withdrawn: ['withdrawn'],
    },
  },
  matching: {
    way: 'main',
    asks: hubDesk,
    // two days to look through the offers; what nobody could give in thirty is asked anew, since it has changed by then
    waits: chasedUntilExpiry(days(2), days(5), days(23)),
    on: {
      matched: ['approving'],
      'changes-requested': ['changes-requested'],
      rejected: ['rejected'],
      enough: ['closed'],
      expired: ['expired'],
      withdrawn: ['withdrawn'],
    },
  },
  approving: {
    way: 'main',
    asks: { by: 'donor', roles: ['approver'] },
    // two days: goods that a donor holds back are goods that others need
    waits: chased(days(2), days(2)),
    on: {
      approved: ['dispatching'],
      'changes-requested': ['changes-requested'],
      declined: ['matching'],
      withdrawn: ['withdrawn'],
    },
  },
  'changes-requested': {
    ...changesAsked,
    on: {
      resubmitted: ['verifying', 'matching', 'approving'],
      expired: ['expired'],
      withdrawn: ['withdrawn'],
    },
  },
  dispatching: {
    way: 'main',
    asks: hubDesk,
    // two days to find a lorry
    waits: chased(days(2), days(2)),
    on: {
      dispatched: ['in-transit'],
      // no lorry is found, or the donor takes the promise back
      'called-off': ['matching'],
      withdrawn: ['withdrawn'],
    },
  },
  'in-transit': {
    way: 'main',
    asks: applicant,
    // who has not said by the end of the expected day what arrived is asked
    waits: untilThen('arrival-due'),
    beside: carriers,
    on: { 'arrival-due': ['confirming'], confirmed: ['reporting'], ...neverCame },
  },
  confirming: {
    way: 'sometimes',
    asks: applicant,
    // three days to count what came; then the hub counts on the telephone
    waits: chased(days(3), days(3)),
    beside: carriers,
    on: { confirmed: ['reporting'], ...neverCame },
  },
  reporting: {
    way: 'main',
    asks: applicant,
    // two weeks: the goods are there, the people are busy
    waits: chased(days(14), days(7)),
    on: { reported: ['closed'] },
  },
  closed: { way: 'main' },
  rejected: { way: 'aside' },
  withdrawn: { way: 'aside' },
  expired: { way: 'aside' },
  merged: { way: 'aside' },
  undelivered: { way: 'aside', since: '0.2.0' },
} as const satisfies Readonly<Record<NeedStage, Stage<NeedStage, NeedOutcome>>>;
