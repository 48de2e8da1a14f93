import * as z from 'zod';
import { type Acting, actorOf, assertMay, isOwn, nameOf } from '../answering/acting.ts';
import { assertMayGive, coordinators, guardsOf } from '../answering/guards.ts';
import { Rejected } from '../domain/errors.ts';
import { type CaseId, isStuckTask } from '../domain/ids.ts';
import { parseInput } from '../domain/problems.ts';
import type { ClosedTask } from '../domain/task.ts';
import { optionalProse } from '../domain/text.ts';
import { instant } from '../domain/time.ts';
import { Case } from '../kinds/case.ts';
import type { Change, Decided } from '../kinds/change.ts';
import { type Amount, amendAmounts, isOpenToAmounts } from '../kinds/need/amend-amounts.ts';
import { Quantity } from '../kinds/need/line.ts';
import { withdraw } from '../kinds/withdraw.ts';
import { type CaseFile, readCaseFile } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import type { Idempotency } from '../store/idempotency.ts';
import { changedOnce } from '../store/retry.ts';
import { writeDecision } from './decide.ts';

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

async function act(
  hub: Hub,
  action: 'withdraw-case' | 'amend-case',
  id: CaseId,
  acting: Acting,
  once: Idempotency | undefined,
  make: (file: CaseFile, how: Decided) => Change,
): Promise<Case> {
  const attempt = async (tries: number): Promise<Case> => {
    const file = await readCaseFile(hub.table, id);
    if (!file) throw new Rejected('not-found');
    assertMay(acting, action, file.subject);
    const open = file.tasks.filter((task) => task.status === 'open');
    // of a stuck workflow and the question it got stuck on, the workflow waits for the first to be answered
    const waited = open.find((task) => isStuckTask(task.id)) ?? open[0];
    const actor = actorOf(acting, !isOwn(acting, file.subject));
    const name = nameOf(acting);
    await assertMayGive(hub.table, file.subject, action, actor);
    const guards =
      acting.type === 'member' ? await guardsOf(hub, file.subject, acting, coordinators(file.subject)) : [];
    const now = instant(Date.now());
    try {
      const change = make(file, { actor, name, now });
      const { event } = change;
      if (event.type !== 'stage-changed') {
        await writeDecision(hub, acting, change, [], guards, once);
      } else {
        const outcome = { outcome: event.on, closedAt: now, closedBy: actor, ...(name && { closedByName: name }) };
        const closed = open.map((task): ClosedTask => ({ ...task, status: 'closed', ...outcome }));
        const told = waited ? { ...change, event: { ...event, closedTask: waited.id } } : change;
        await writeDecision(hub, acting, told, closed, guards, once);
      }
      return Case.parse(change.after);
    } catch (error) {
      // a person was quicker: what they did decides whether this is still possible
      if (error instanceof Rejected && error.code === 'already-decided' && tries === 1) return attempt(2);
      throw error;
    }
  };
  return changedOnce(hub, once, attempt);
}

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
  return act(hub, 'withdraw-case', id, acting, once, (file, how) => withdraw(file.subject, { ...how, reason }));
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
  return act(hub, 'amend-case', id, acting, once, (file, how) => {
    if (file.subject.kind !== 'need') throw new Rejected('not-found');
    return amendAmounts(file.subject, lines, how);
  });
}
