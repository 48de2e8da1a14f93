import { Rejected } from '../domain/errors.ts';
import type { Case } from './case.ts';
import type { Change, Decided } from './change.ts';
import { withdrawn } from './decision.ts';
import { edgesFrom } from './lifecycle.ts';

/** Whether the applicant may still withdraw. */
export function mayWithdraw(subject: Case): boolean {
  return edgesFrom(subject.kind, subject.stage).some((edge) => edge.on === 'withdrawn');
}

/**
 * The applicant withdraws; a reserved award goes back to the programme.
 * @throws {@link Rejected} `stage-changed` when goods or money are already on their way, or the case has ended
 */
export function withdraw(before: Case, how: Decided): Change {
  if (!mayWithdraw(before)) throw new Rejected('stage-changed');
  return withdrawn(before, how);
}
