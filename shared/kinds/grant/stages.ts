import { backOrOut, changesAsked } from '../common-stages.ts';
import { type Asks, applicant, type Outcome, type Stage } from '../define.ts';
import { chased, chasedUntilExpiry, days } from '../waits.ts';
import type { GrantStage } from './case.ts';
import type { GrantDecision } from './decision.ts';

const reviewers: Asks = { by: 'funder', roles: ['reviewer'] };
const approvers: Asks = { by: 'funder', roles: ['approver'] };

/** What can come of a stage of a grant application. */
export const grantOutcomes = {
  screen: { by: 'workflow' },
  screened: { by: 'workflow' },
  recommended: { reasonFor: 'assessment' },
  approved: {},
  'changes-requested': { carriesOn: false },
  resubmitted: {},
  rejected: {},
  expired: { by: 'workflow' },
  accepted: {},
  paid: {},
  reported: {},
  'report-accepted': {},
  'report-returned': {},
  withdrawn: { by: 'applicant' },
} as const satisfies Readonly<Record<GrantOutcome, Outcome>>;
export type GrantOutcome =
  | Exclude<GrantDecision['outcome'], 'resumed'>
  | 'screen'
  | 'screened'
  | 'expired'
  | 'withdrawn';

/** The stages of a grant application. */
export const grantStages = {
  submitted: { way: 'main', on: { screen: ['screening'], withdrawn: ['withdrawn'] } },
  screening: { way: 'main', on: { screened: ['reviewing'], withdrawn: ['withdrawn'] } },
  // two days each: a micro-grant that takes weeks comes when the emergency is over
  reviewing: {
    way: 'main',
    asks: reviewers,
    waits: chased(days(2), days(2)),
    on: {
      recommended: ['approving'],
      ...backOrOut,
    },
  },
  approving: {
    way: 'main',
    asks: approvers,
    waits: chased(days(2), days(2)),
    secondLookAt: ['reviewing'],
    on: {
      approved: ['agreement', 'second-approval'],
      ...backOrOut,
    },
  },
  'second-approval': {
    way: 'sometimes',
    asks: approvers,
    waits: chased(days(2), days(2)),
    secondLookAt: ['reviewing', 'approving'],
    on: {
      approved: ['agreement'],
      ...backOrOut,
    },
  },
  'changes-requested': {
    ...changesAsked,
    on: {
      resubmitted: ['reviewing', 'approving', 'second-approval'],
      expired: ['lapsed'],
      withdrawn: ['withdrawn'],
    },
  },
  agreement: {
    way: 'main',
    asks: applicant,
    // as long; money that lies reserved is money that others wait for
    waits: chasedUntilExpiry(days(7), days(3), days(4)),
    on: { accepted: ['disbursing'], expired: ['lapsed'], withdrawn: ['withdrawn'] },
  },
  disbursing: {
    way: 'main',
    asks: { by: 'funder', roles: ['finance'] },
    // three days: a transfer and its entry in the books
    waits: chased(days(3), days(3)),
    on: { paid: ['delivering'] },
  },
  delivering: {
    way: 'main',
    asks: applicant,
    // the programme says when the report is due; a week's grace before the hub asks
    waits: chased('until', days(7)),
    on: { reported: ['reporting'] },
  },
  reporting: {
    way: 'main',
    asks: reviewers,
    // a week to read it: nothing waits for this
    waits: chased(days(7), days(7)),
    on: { 'report-accepted': ['closed'], 'report-returned': ['delivering'] },
  },
  closed: { way: 'main' },
  rejected: { way: 'aside' },
  withdrawn: { way: 'aside' },
  lapsed: { way: 'aside' },
} as const satisfies Readonly<Record<GrantStage, Stage<GrantStage, GrantOutcome>>>;
