import * as z from 'zod';
import type { Acting } from '../answering/acting.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId } from '../domain/ids.ts';
import { parseInput } from '../domain/problems.ts';
import { optionalProse } from '../domain/text.ts';
import type { Case } from '../kinds/case.ts';
import { type Amount, amendAmounts, isOpenToAmounts } from '../kinds/need/amend-amounts.ts';
import { Quantity } from '../kinds/need/line.ts';
import { withdraw } from '../kinds/withdraw.ts';
import type { Hub } from '../store/hub.ts';
import type { Idempotency } from '../store/idempotency.ts';
import { actOn } from './act-on.ts';

export const Withdrawal = z.strictObject({ reason: optionalProse(2000) });

/** What is said about lines while a need is verified or matched: a number, or that it is enough. */
export const Amounts = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        line: z.string().regex(/^L\d{1,4}$/),
        quantity: Quantity.optional(),
        enough: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(200),
});

/**
 * The applicant (or a coordinator for one without e-mail) withdraws; the open task is closed and the workflow ends.
 * @throws {@link Rejected} `stage-changed` when it is too late, `not-found`, `forbidden`
 */
export async function withdrawCase(
  hub: Hub,
  id: CaseId,
  body: unknown,
  acting: Acting,
  once?: Idempotency,
): Promise<Case> {
  const { reason } = parseInput(Withdrawal, body);
  return actOn(hub, id, once, { action: 'withdraw-case', acting: () => acting }, async (file, how) =>
    withdraw(file.subject, { ...how, reason }),
  );
}

/** Whether amounts can be given for lines of the case, or that it is enough. */
export function takesAmounts(subject: Case): boolean {
  return subject.kind === 'need' && isOpenToAmounts(subject);
}

/**
 * The applicant gives amounts for lines or says that it is enough, without being asked again from the start.
 * @throws {@link Rejected} when the need is no longer being verified or matched
 */
export async function amendNeed(
  hub: Hub,
  id: CaseId,
  body: unknown,
  acting: Acting,
  once?: Idempotency,
): Promise<Case> {
  const lines: readonly Amount[] = parseInput(Amounts, body).lines;
  return actOn(hub, id, once, { action: 'amend-case', acting: () => acting }, async (file, how) => {
    if (file.subject.kind !== 'need') throw new Rejected('not-found');
    return amendAmounts(file.subject, lines, how);
  });
}
