import { Rejected } from '../domain/errors.ts';
import type { Case } from './case.ts';
import type { Change, Decided } from './change.ts';
import { withdrawGrant } from './grant/decide.ts';
import { withdrawInsurance } from './insurance/decide.ts';
import { edgesFrom } from './lifecycle.ts';
import { withdrawNeed } from './need/decide.ts';

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
  switch (before.kind) {
    case 'need':
      return withdrawNeed(before, how);
    case 'grant':
      return withdrawGrant(before, how);
    case 'insurance':
      return withdrawInsurance(before, how);
  }
}
