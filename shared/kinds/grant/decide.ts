import type { Finding } from '../../domain/case-base.ts';
import { Permanent, Rejected } from '../../domain/errors.ts';
import { currency, sumFen } from '../../domain/money.ts';
import { addDays, localDate } from '../../domain/time.ts';
import type { Programme } from '../../entities/programme/programme.ts';
import type { WorkflowOutcome } from '../advance.ts';
import { assertAnotherPerson, type Change, change, type Decided, moved, withChanges } from '../change.ts';
import type { GrantCase } from './case.ts';
import type { GrantDecision } from './decision.ts';

/** Leaves out what an award left behind when an application ends without one. */
function withoutAward(before: GrantCase) {
  if (!('award' in before) || !before.award) return before;
  const { award: _award, ...rest } = before;
  return rest;
}

/** The budget that a way out gives back, in fen. */
function release(before: GrantCase): Pick<Change, 'budget'> {
  if (!('award' in before) || !before.award) return {};
  return { budget: { programme: before.programme, by: before.award.amount } };
}

function approve(
  before: Exclude<GrantCase, { stage: 'changes-requested' }>,
  input: GrantDecision & { outcome: 'approved' },
  how: Decided,
  programme: Programme,
): Change {
  if (before.stage === 'second-approval') {
    assertAnotherPerson(before, how.actor);
    if (input.amount !== undefined && input.amount !== before.award.amount) {
      throw new Rejected('invalid', {
        fields: [{ pointer: '/amount', code: 'not-as-approved', params: { fen: before.award.amount } }],
      });
    }
    return change(before, { ...before, ...moved(before, 'approved', how), stage: 'agreement' }, 'approved', how);
  }
  assertAnotherPerson(before, how.actor);
  const most = Math.min(before.requested, programme.ceiling);
  const amount = input.amount ?? most;
  if (amount > most)
    throw new Rejected('invalid', { fields: [{ pointer: '/amount', code: 'too-big', params: { maximum: most } }] });
  const stage = amount > programme.secondApprovalAbove ? 'second-approval' : 'agreement';
  const award = { amount, currency, reservedAt: how.now };
  const result = change(before, { ...before, ...moved(before, 'approved', how), stage, award }, 'approved', how);
  return { ...result, budget: { programme: before.programme, by: -amount } };
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
  const { outcome } = input;
  if (outcome === 'recommended' && before.stage === 'reviewing') {
    return change(
      before,
      { ...before, ...moved(before, outcome, { ...how, score: input.score }), stage: 'approving' },
      outcome,
      how,
    );
  }
  if (outcome === 'approved' && (before.stage === 'approving' || before.stage === 'second-approval'))
    return approve(before, input, how, programme);
  if (
    outcome === 'rejected' &&
    (before.stage === 'reviewing' || before.stage === 'approving' || before.stage === 'second-approval')
  ) {
    const after: GrantCase = {
      ...withoutAward(before),
      ...moved(before, outcome, how),
      stage: 'rejected',
      closedAt: how.now,
    };
    return { ...change(before, after, outcome, how), ...release(before) };
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
  if (outcome === 'paid' && before.stage === 'disbursing') {
    const amount = input.amount ?? before.award.amount;
    if (amount !== before.award.amount) {
      throw new Rejected('invalid', {
        fields: [{ pointer: '/amount', code: 'not-as-approved', params: { fen: before.award.amount } }],
      });
    }
    if (input.paidOn > localDate(Date.parse(how.now)))
      throw new Rejected('invalid', { fields: [{ pointer: '/paidOn', code: 'in-the-future' }] });
    const payment = { amount, paidOn: input.paidOn, reference: input.reference, recordedAt: how.now };
    const reportDueOn = addDays(localDate(Date.parse(how.now)), programme.reportDueDays);
    return change(
      before,
      { ...before, ...moved(before, outcome, how), stage: 'delivering', payment, reportDueOn },
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
    return change(
      before,
      { ...before, ...moved(before, outcome, how), stage: 'closed', closedAt: how.now },
      outcome,
      how,
    );
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
  const fields = moved(before, on, how);
  switch (before.stage) {
    case 'submitted':
      return change(before, { ...before, ...fields, stage: 'screening', screening }, on, how);
    case 'screening':
      return change(before, { ...before, ...fields, stage: 'reviewing' }, on, how);
    case 'changes-requested':
    case 'agreement': {
      const after: GrantCase = { ...before, ...fields, stage: 'lapsed', closedAt: how.now };
      return { ...change(before, after, on, how), ...release(before) };
    }
    default:
      throw new Permanent(`the workflow takes no edge ${on} from ${before.stage}`);
  }
}

/** The applicant takes an application back; a reserved award goes back to the programme. */
export function withdrawGrant(before: GrantCase, how: Decided): Change {
  const fields = moved(before, 'withdrawn', how);
  const after: GrantCase = { ...before, ...fields, stage: 'withdrawn', closedAt: how.now };
  return { ...change(before, after, 'withdrawn', how), ...release(before) };
}
