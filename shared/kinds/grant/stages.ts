import { backOrOut, changesAsked } from '../common-stages.ts';
import { type Asks, applicant, type Outcome, type Stage } from '../define.ts';
import { chased, chasedUntilExpiry, days } from '../waits.ts';
import type { GrantStage } from './case.ts';
import type { GrantDecision } from './decision.ts';

// a funder's money is its own: no hub decides about it, also where the funder has nobody who may
const reviewers: Asks = { by: 'funder', roles: ['reviewer'], alone: true };
const approvers: Asks = { by: 'funder', roles: ['approver'], alone: true };
const finance: Asks = { by: 'funder', roles: ['finance'], alone: true };
const stoppers: Asks = { by: 'funder', roles: ['approver', 'programme-manager'], alone: true };

/** Whoever approved does not touch the money, nor the other way round. */
const notByApprovers = { notAfter: ['approved'] };
const reviewed = ['recommended', 'not-recommended'];

/** What can come of a stage of a grant application. */
export const grantOutcomes = {
  screen: { by: 'workflow' },
  screened: { by: 'workflow' },
  recommended: { reasonFor: 'assessment' },
  'not-recommended': { reasonFor: 'assessment' },
  approved: { notAfter: [...reviewed, 'approved'] },
  'changes-requested': { carriesOn: false },
  resubmitted: {},
  rejected: { notAfter: [...reviewed, 'approved'] },
  expired: { by: 'workflow' },
  accepted: {},
  paid: notByApprovers,
  'payment-failed': notByApprovers,
  'account-corrected': {},
  'nothing-paid': notByApprovers,
  reported: {},
  'report-accepted': { notAfter: reviewed },
  'report-returned': {},
  returned: notByApprovers,
  'entry-corrected': notByApprovers,
  'waiver-asked': notByApprovers,
  waived: { notAfter: ['paid', 'returned', 'entry-corrected'] },
  'still-owed': {},
  stopped: {},
  'given-up': { by: 'applicant' },
  withdrawn: { by: 'applicant' },
} as const satisfies Readonly<Record<GrantOutcome, Outcome>>;
export type GrantOutcome =
  | Exclude<GrantDecision['outcome'], 'resumed'>
  | 'screen'
  | 'screened'
  | 'expired'
  | 'given-up'
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
      // one person ends nothing: an approver decides about a no as about a yes
      'not-recommended': ['approving'],
      'changes-requested': ['changes-requested'],
      withdrawn: ['withdrawn'],
    },
  },
  approving: {
    way: 'main',
    asks: approvers,
    waits: chased(days(2), days(2)),
    on: {
      approved: ['agreement', 'second-approval'],
      ...backOrOut,
    },
  },
  'second-approval': {
    way: 'sometimes',
    asks: approvers,
    waits: chased(days(2), days(2)),
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
    asks: finance,
    // three days: a transfer and its entry in the books
    waits: chased(days(3), days(3)),
    beside: { stopped: stoppers },
    on: {
      paid: ['delivering'],
      'payment-failed': ['payment-failed'],
      stopped: ['stopping'],
      'given-up': ['stopping'],
    },
  },
  'payment-failed': {
    way: 'aside',
    since: '0.2.0',
    asks: applicant,
    waits: chasedUntilExpiry(days(7), days(3), days(4)),
    beside: { stopped: stoppers },
    on: {
      'account-corrected': ['disbursing'],
      expired: ['lapsed'],
      stopped: ['stopping'],
      withdrawn: ['withdrawn'],
    },
  },
  stopping: {
    way: 'aside',
    since: '0.2.0',
    // what lies with the bank already is known to finance alone: the award is released when they say that nothing was paid
    asks: finance,
    fromAnother: true,
    waits: chased(days(3), days(3)),
    on: { 'nothing-paid': ['terminated'], paid: ['returning'] },
  },
  delivering: {
    way: 'main',
    asks: applicant,
    // the programme says when the report is due; a week's grace before the hub asks
    waits: chased('until', days(7)),
    beside: { stopped: stoppers, 'payment-failed': finance, 'entry-corrected': finance },
    on: {
      reported: ['reporting'],
      'payment-failed': ['payment-failed'],
      stopped: ['returning'],
      'given-up': ['returning'],
    },
  },
  reporting: {
    way: 'main',
    // whoever reviewed the application does not close it alone: an approver may, where there is no other reviewer; and where
    // money is owed back finance closes it, see `isSecondLook`
    asks: { ...reviewers, roles: ['reviewer', 'approver'] },
    // a week to read it: nothing waits for this
    waits: chased(days(7), days(7)),
    beside: { stopped: stoppers, 'entry-corrected': finance },
    on: {
      'report-accepted': ['closed', 'returning'],
      'report-returned': ['delivering'],
      stopped: ['returning'],
    },
  },
  returning: {
    way: 'sometimes',
    since: '0.2.0',
    asks: finance,
    // two weeks for a transfer back; then it is asked about until it came, or somebody else says that it need not
    waits: chased(days(14), days(14)),
    on: {
      returned: ['closed', 'terminated', 'returning'],
      'waiver-asked': ['waiving'],
      'entry-corrected': ['returning', 'closed', 'terminated'],
    },
  },
  waiving: {
    way: 'aside',
    since: '0.2.0',
    asks: approvers,
    fromAnother: true,
    waits: chased(days(2), days(2)),
    on: { waived: ['closed', 'terminated', 'returning'], 'still-owed': ['returning'] },
  },
  closed: { way: 'main' },
  terminated: { way: 'aside', since: '0.2.0' },
  rejected: { way: 'aside' },
  withdrawn: { way: 'aside' },
  lapsed: { way: 'aside' },
} as const satisfies Readonly<Record<GrantStage, Stage<GrantStage, GrantOutcome>>>;
