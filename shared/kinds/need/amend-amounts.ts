import { Rejected } from '../../domain/errors.ts';
import { type Change, change, type Decided, moved } from '../change.ts';
import type { NeedCase } from './case.ts';

/** What an applicant says about lines of unknown amount while the need is being matched. */
export interface Amount {
  readonly line: string;
  readonly quantity?: number | undefined;
  readonly enough?: boolean | undefined;
}

/** Whether amounts of a need can still be given. */
export function isOpenToAmounts({ stage }: NeedCase): boolean {
  return stage === 'verifying' || stage === 'matching';
}

/**
 * The applicant gives numbers for lines, or says that it is enough; when nothing is left to give, the need is closed.
 * @throws {@link Rejected} when the need is no longer open to it, or a line is not the case's
 */
export function amendAmounts(before: NeedCase, amounts: readonly Amount[], how: Decided): Change {
  if (before.stage !== 'verifying' && before.stage !== 'matching') throw new Rejected('stage-changed');
  const unknown = amounts.flatMap((amount, index) =>
    before.lines.some((line) => line.id === amount.line)
      ? []
      : [{ pointer: `/lines/${index}/line`, code: 'not-a-choice' }],
  );
  if (unknown.length > 0) throw new Rejected('invalid', { fields: unknown });
  const said = new Map(amounts.map((amount) => [amount.line, amount]));
  const lines = before.lines.map((line) => {
    const amount = said.get(line.id);
    return { ...line, quantity: amount?.quantity ?? line.quantity, ...(amount?.enough && { enough: true }) };
  });
  if (before.stage === 'matching' && lines.every((line) => line.enough)) {
    return change(
      before,
      { ...before, ...moved(before, 'enough', how), stage: 'closed', lines, closedAt: how.now },
      'enough',
      how,
    );
  }
  // whoever gave them for the applicant has acted for them: that is kept
  const { version: next, decisions } = moved(before, 'amounts', how);
  const after: NeedCase = {
    ...before,
    version: next,
    lines,
    ...(how.actor.type === 'member' && { decisions }),
  };
  const { id: caseId, kind, version, hub, stage } = after;
  return {
    before,
    after,
    children: [],
    event: { type: 'amended', on: 'amounts', caseId, kind, version, hub, stage, at: how.now, by: how.actor },
  };
}
