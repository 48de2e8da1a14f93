import type { Finding } from '../../domain/case-base.ts';
import { Permanent, Rejected } from '../../domain/errors.ts';
import type { WorkflowOutcome } from '../advance.ts';
import { type Change, change, type Decided, moved, withChanges } from '../change.ts';
import type { ShelterCase } from './case.ts';
import type { ShelterDecision } from './input.ts';

/** What a person's answer makes of a request for beds. @throws {@link Rejected} when the answer does not fit the stage */
export function decideShelter(before: ShelterCase, input: ShelterDecision, how: Decided): Change {
  const { outcome } = input;
  const fields = moved(before, outcome, how);
  const to = (after: ShelterCase) => change(before, after, outcome, how);
  if (outcome === 'arranged' && before.stage === 'arranging')
    return to({ ...before, ...fields, stage: 'staying', house: input.house });
  if (outcome === 'left' && before.stage === 'staying')
    return to({ ...before, ...fields, stage: 'closed', closedAt: how.now });
  if (outcome === 'changes-requested' && before.stage === 'arranging')
    return to({ ...before, ...fields, stage: 'changes-requested', returnTo: 'arranging' });
  if (outcome === 'resubmitted' && before.stage === 'changes-requested') {
    const { returnTo: _returnTo, ...rest } = before;
    return to({ ...withChanges(rest, input.changes ?? {}), ...fields, stage: 'arranging' });
  }
  if (outcome === 'rejected' && before.stage === 'arranging')
    return to({ ...before, ...fields, stage: 'rejected', closedAt: how.now });
  throw new Rejected('unknown-outcome', {
    fields: [{ pointer: '/outcome', code: 'not-a-choice' }],
    params: { outcome },
  });
}

/** What the workflow makes of a request for beds. @throws {@link Permanent} where no edge begins */
export function advanceShelter(before: ShelterCase, on: WorkflowOutcome, how: Decided, screening: Finding[]): Change {
  const fields = moved(before, on, how);
  switch (before.stage) {
    case 'submitted':
      return change(before, { ...before, ...fields, stage: 'screening', screening }, on, how);
    case 'screening':
      return change(before, { ...before, ...fields, stage: 'arranging' }, on, how);
    case 'changes-requested':
      return change(before, { ...before, ...fields, stage: 'withdrawn', closedAt: how.now }, on, how);
    default:
      throw new Permanent(`the workflow takes no edge ${on} from ${before.stage}`);
  }
}

/** The applicant takes a request for beds back. */
export function withdrawShelter(before: ShelterCase, how: Decided): Change {
  const fields = moved(before, 'withdrawn', how);
  return change(before, { ...before, ...fields, stage: 'withdrawn', closedAt: how.now }, 'withdrawn', how);
}
