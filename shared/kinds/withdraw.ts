import { Rejected } from '../domain/errors.ts';
import type { Case } from './case.ts';
import type { Change, Decided } from './change.ts';
import { withdrawn } from './decision.ts';
import { edgesFrom } from './lifecycle.ts';

/** How an applicant takes back what they asked for, and, once they have agreed to it, what they were granted. */
const takenBack = ['withdrawn', 'given-up'] as const;

/** What comes of it when the applicant takes the case back now; undefined where they may not. */
export function takenBackBy({ kind, stage }: Case): (typeof takenBack)[number] | undefined {
  const outcomes = edgesFrom(kind, stage).map(({ on }) => on);
  return takenBack.find((one) => outcomes.includes(one));
}

/** Whether the applicant may still take back what they asked for. */
export function mayWithdraw(subject: Case): boolean {
  return takenBackBy(subject) !== undefined;
}

/**
 * The applicant withdraws; a reserved award goes back to the programme.
 * @throws {@link Rejected} `stage-changed` when goods or money are already on their way, or the case has ended
 */
export function withdraw(before: Case, how: Decided): Change {
  if (!mayWithdraw(before)) throw new Rejected('stage-changed');
  return withdrawn(before, how);
}
