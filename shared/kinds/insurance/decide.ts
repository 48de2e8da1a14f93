import type { Finding } from '../../domain/case-base.ts';
import { Permanent, Rejected } from '../../domain/errors.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { WorkflowOutcome } from '../advance.ts';
import { type Change, change, type Decided, moved, withChanges } from '../change.ts';
import type { InsuranceCase, RosterRef } from './case.ts';
import { coverProblems, earliestCover } from './days.ts';
import type { InsuranceDecision } from './decision.ts';

/**
 * The days for which the insurer binds a request: their own, or those that were asked for. None that begins before the day
 * after: nobody can be insured for days that have passed.
 * @throws {@link Rejected} `invalid` at the field that is wrong
 */
function boundDays(
  before: InsuranceCase,
  own: { coverFrom?: LocalDate | undefined; coverTo?: LocalDate | undefined },
  now: number,
) {
  const days = { from: own.coverFrom ?? before.coverFrom, to: own.coverTo ?? before.coverTo };
  const fields = coverProblems(days, now);
  if (fields.length > 0) throw new Rejected('invalid', { fields });
  const isAsAsked = days.from === before.coverFrom && days.to === before.coverTo;
  return {
    coverFrom: days.from,
    coverTo: days.to,
    ...(!isAsAsked && { askedFor: { from: before.coverFrom, to: before.coverTo } }),
  };
}

/**
 * What a person's answer makes of an insurance request. A new roster that came with `resubmitted` has been checked and
 * staged before; `roster` names it.
 * @throws {@link Rejected} when the answer does not fit the stage
 */
export function decideInsurance(
  before: InsuranceCase,
  input: InsuranceDecision,
  how: Decided,
  roster?: RosterRef,
): Change {
  const { outcome } = input;
  if (outcome === 'approved' && before.stage === 'approving') {
    // there is nothing left to insure: other days must be asked for
    if (before.coverTo < earliestCover(Date.parse(how.now)))
      throw new Rejected('invalid', { fields: [{ pointer: '/outcome', code: 'cover-over' }] });
    return change(before, { ...before, ...moved(before, outcome, how), stage: 'binding' }, outcome, how);
  }
  if (outcome === 'bound' && before.stage === 'binding') {
    const policy = { number: input.policyNumber, insurer: before.insurer, recordedAt: how.now };
    const days = boundDays(before, input, Date.parse(how.now));
    return change(
      before,
      { ...before, ...moved(before, outcome, how), ...days, stage: 'active', policy },
      outcome,
      how,
    );
  }
  if (outcome === 'changes-requested' && before.stage === 'approving') {
    return change(
      before,
      { ...before, ...moved(before, outcome, how), stage: 'changes-requested', returnTo: 'approving' },
      outcome,
      how,
    );
  }
  if (outcome === 'resubmitted' && before.stage === 'changes-requested') {
    const { returnTo: _returnTo, ...rest } = before;
    const { volunteers: _volunteers, leftOut, ...changes } = input.changes ?? {};
    const after: InsuranceCase = {
      ...withChanges(rest, changes),
      ...moved(before, outcome, how),
      stage: 'approving',
      roster: roster ?? before.roster,
      // what was left out goes with the roster
      leftOut: roster ? leftOut : before.leftOut,
    };
    return change(before, after, outcome, how);
  }
  if (outcome === 'rejected' && (before.stage === 'approving' || before.stage === 'binding')) {
    return change(
      before,
      { ...before, ...moved(before, outcome, how), stage: 'rejected', closedAt: how.now },
      outcome,
      how,
    );
  }
  throw new Rejected('unknown-outcome', {
    fields: [{ pointer: '/outcome', code: 'not-a-choice' }],
    params: { outcome },
  });
}

/** What the workflow makes of an insurance request that stands where its edge begins. @throws {@link Permanent} where none does */
export function advanceInsurance(
  before: InsuranceCase,
  on: WorkflowOutcome,
  how: Decided,
  screening: Finding[],
): Change {
  const fields = moved(before, on, how);
  switch (before.stage) {
    case 'submitted':
      return change(before, { ...before, ...fields, stage: 'screening', screening }, on, how);
    case 'screening':
      return change(before, { ...before, ...fields, stage: 'approving' }, on, how);
    case 'changes-requested':
      return change(before, { ...before, ...fields, stage: 'withdrawn', closedAt: how.now }, on, how);
    case 'active':
      return change(before, { ...before, ...fields, stage: 'closed', closedAt: how.now }, on, how);
    default:
      throw new Permanent(`the workflow takes no edge ${on} from ${before.stage}`);
  }
}

/** The applicant takes an insurance request back. */
export function withdrawInsurance(before: InsuranceCase, how: Decided): Change {
  const fields = moved(before, 'withdrawn', how);
  return change(before, { ...before, ...fields, stage: 'withdrawn', closedAt: how.now }, 'withdrawn', how);
}
