import type { Finding } from '../../domain/case-base.ts';
import { Permanent, Rejected } from '../../domain/errors.ts';
import { currency, sumFen } from '../../domain/money.ts';
import type { Programme } from '../../entities/programme/programme.ts';
import type { WorkflowOutcome } from '../advance.ts';
import { type Change, change, type Decided, moved, withChanges } from '../change.ts';
import type { GrantCase } from './case.ts';
import { decideMoney, owedBack } from './decide-money.ts';
import type { GrantDecision } from './decision.ts';
import { movesBetween } from './money.ts';

/** Leaves out what an award left behind when an application ends without one. */
function withoutAward(before: GrantCase) {
  if (!('award' in before) || !before.award) return before;
  const { award: _award, ...rest } = before;
  return rest;
}

/** What a change moves between the figures of the programme, in its own transaction. */
function withMoney(made: Change): Change {
  const { before, after } = made;
  if (before.kind !== 'grant' || after.kind !== 'grant') return made;
  const moves = movesBetween(before, after);
  return moves ? { ...made, budget: { programme: before.programme, moves } } : made;
}

function approve(
  before: Exclude<GrantCase, { stage: 'changes-requested' }>,
  input: GrantDecision & { outcome: 'approved' },
  how: Decided,
  programme: Programme,
): Change {
  if (before.stage === 'second-approval') {
    if (input.amount !== undefined && input.amount !== before.award.amount) {
      throw new Rejected('invalid', {
        fields: [{ pointer: '/amount', code: 'not-as-approved', params: { fen: before.award.amount } }],
      });
    }
    return change(before, { ...before, ...moved(before, 'approved', how), stage: 'agreement' }, 'approved', how);
  }
  const most = Math.min(before.requested, programme.ceiling);
  const amount = input.amount ?? most;
  if (amount > most)
    throw new Rejected('invalid', { fields: [{ pointer: '/amount', code: 'too-big', params: { maximum: most } }] });
  const stage = amount > programme.secondApprovalAbove ? 'second-approval' : 'agreement';
  const award = { amount, currency, reservedAt: how.now };
  return change(before, { ...before, ...moved(before, 'approved', how), stage, award }, 'approved', how);
}

function resubmit(
  before: Extract<GrantCase, { stage: 'changes-requested' }>,
  input: GrantDecision & { outcome: 'resubmitted' },
  how: Decided,
): Change {
  const { returnTo, award, ...rest } = before;
  const changes = input.changes ?? {};
  const requested = sumFen((changes.budget ?? before.budget).map((line) => line.amount));
  if (award && requested < award.amount) {
    throw new Rejected('invalid', {
      fields: [{ pointer: '/changes/budget', code: 'below-award', params: { fen: award.amount } }],
    });
  }
  const next = {
    ...withChanges(rest, changes),
    ...moved(before, 'resubmitted', how),
    answers: { ...before.answers, ...changes.answers },
    requested,
  };
  const after: GrantCase =
    returnTo === 'second-approval' && award
      ? { ...next, stage: 'second-approval', award }
      : { ...next, stage: returnTo === 'reviewing' ? 'reviewing' : 'approving' };
  return change(before, after, 'resubmitted', how);
}

/**
 * What a person's answer makes of a grant application. Amounts are in fen. The budget is reserved by the first
 * approval and given back by every way out.
 * @throws {@link Rejected} when the answer does not fit the stage, the programme or the person
 */
export function decideGrant(before: GrantCase, input: GrantDecision, how: Decided, programme: Programme): Change {
  return withMoney(decideMoney(before, input, how, programme) ?? decide(before, input, how, programme));
}

function decide(before: GrantCase, input: GrantDecision, how: Decided, programme: Programme): Change {
  const { outcome } = input;
  if ((outcome === 'recommended' || outcome === 'not-recommended') && before.stage === 'reviewing') {
    return change(
      before,
      { ...before, ...moved(before, outcome, { ...how, score: input.score }), stage: 'approving' },
      outcome,
      how,
    );
  }
  if (outcome === 'approved' && (before.stage === 'approving' || before.stage === 'second-approval'))
    return approve(before, input, how, programme);
  if (outcome === 'rejected' && (before.stage === 'approving' || before.stage === 'second-approval')) {
    const after: GrantCase = {
      ...withoutAward(before),
      ...moved(before, outcome, how),
      stage: 'rejected',
      closedAt: how.now,
    };
    return change(before, after, outcome, how);
  }
  if (
    outcome === 'changes-requested' &&
    (before.stage === 'reviewing' || before.stage === 'approving' || before.stage === 'second-approval')
  ) {
    const after: GrantCase = {
      ...before,
      ...moved(before, outcome, how),
      stage: 'changes-requested',
      returnTo: before.stage,
    };
    return change(before, after, outcome, how);
  }
  if (outcome === 'resubmitted' && before.stage === 'changes-requested') return resubmit(before, input, how);
  if (outcome === 'accepted' && before.stage === 'agreement') {
    return change(
      before,
      { ...before, ...moved(before, outcome, how), stage: 'disbursing', agreedAt: how.now },
      outcome,
      how,
    );
  }
  if (outcome === 'reported' && before.stage === 'delivering') {
    const { summary, spent, evidence } = input;
    if (spent > before.payment.amount) {
      throw new Rejected('invalid', {
        fields: [{ pointer: '/spent', code: 'too-big', params: { maximum: before.payment.amount } }],
      });
    }
    const report = { summary, spent, evidence, sentAt: how.now };
    return change(before, { ...before, ...moved(before, outcome, how), stage: 'reporting', report }, outcome, how);
  }
  if (outcome === 'report-accepted' && before.stage === 'reporting') {
    const next = { ...before, ...moved(before, outcome, how) };
    const unspent = before.payment.amount - before.report.spent;
    const after: GrantCase =
      unspent > 0
        ? { ...next, stage: 'returning', owed: { amount: unspent, because: 'unspent' } }
        : { ...next, stage: 'closed', closedAt: how.now };
    return change(before, after, outcome, how);
  }
  if (outcome === 'report-returned' && before.stage === 'reporting') {
    return change(before, { ...before, ...moved(before, outcome, how), stage: 'delivering' }, outcome, how);
  }
  throw new Rejected('unknown-outcome', {
    fields: [{ pointer: '/outcome', code: 'not-a-choice' }],
    params: { outcome },
  });
}

/** What the workflow makes of a grant application that stands where its edge begins; an award that lapses goes back to the programme. @throws {@link Permanent} where none does */
export function advanceGrant(before: GrantCase, on: WorkflowOutcome, how: Decided, screening: Finding[]): Change {
  return withMoney(advance(before, on, how, screening));
}

function advance(before: GrantCase, on: WorkflowOutcome, how: Decided, screening: Finding[]): Change {
  const fields = moved(before, on, how);
  switch (before.stage) {
    case 'submitted':
      return change(before, { ...before, ...fields, stage: 'screening', screening }, on, how);
    case 'screening':
      return change(before, { ...before, ...fields, stage: 'reviewing' }, on, how);
    case 'changes-requested':
    case 'agreement':
    case 'payment-failed': {
      const after: GrantCase = { ...withoutAward(before), ...fields, stage: 'lapsed', closedAt: how.now };
      return change(before, after, on, how);
    }
    default:
      throw new Permanent(`the workflow takes no edge ${on} from ${before.stage}`);
  }
}

/**
 * The applicant takes an application back; a reserved award goes back to the programme. From the agreement on they give the grant
 * up: finance says whether something was paid already, and what was paid is owed back.
 */
export function withdrawGrant(before: GrantCase, how: Decided): Change {
  if (before.stage === 'delivering') return withMoney(owedBack(before, 'given-up', how));
  if (before.stage === 'disbursing') {
    const fields = moved(before, 'given-up', how);
    return change(before, { ...before, ...fields, stage: 'stopping' }, 'given-up', how);
  }
  const fields = moved(before, 'withdrawn', how);
  const after: GrantCase = { ...withoutAward(before), ...fields, stage: 'withdrawn', closedAt: how.now };
  return withMoney(change(before, after, 'withdrawn', how));
}
