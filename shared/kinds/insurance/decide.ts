import { Rejected } from '../../domain/errors.ts';
import { type Change, change, type Decided, moved } from '../change.ts';
import type { InsuranceDecision } from '../decision.ts';
import type { InsuranceCase, RosterRef } from './case.ts';

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
    return change(before, { ...before, ...moved(before, outcome, how), stage: 'binding' }, outcome, how);
  }
  if (outcome === 'bound' && before.stage === 'binding') {
    const policy = { number: input.policyNumber, insurer: before.insurer, recordedAt: how.now };
    return change(before, { ...before, ...moved(before, outcome, how), stage: 'active', policy }, outcome, how);
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
    const changes = input.changes ?? {};
    const after: InsuranceCase = {
      ...rest,
      ...moved(before, outcome, how),
      stage: 'approving',
      contact: changes.contact ?? before.contact,
      activity: changes.activity ?? before.activity,
      coverFrom: changes.coverFrom ?? before.coverFrom,
      coverTo: changes.coverTo ?? before.coverTo,
      roster: roster ?? before.roster,
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
