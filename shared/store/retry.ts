import { Rejected, Retryable } from '../domain/errors.ts';
import { CaseId } from '../domain/ids.ts';
import type { Case } from '../kinds/case.ts';
import { readCase } from './cases.ts';
import type { Hub } from './hub.ts';
import { type Idempotency, replay } from './idempotency.ts';
import { ConditionFailed } from './table.ts';

/** How often a change that met another change of the case is made again on what is there now. */
const TRIES = 6;

/** The case that was changed under this key before, as it is now. */
async function replayed(hub: Pick<Hub, 'table'>, once: Idempotency | undefined): Promise<Case | undefined> {
  const id = await replay(hub.table, once);
  return id === undefined ? undefined : readCase(hub.table, CaseId.parse(id));
}

/**
 * Makes a change, and makes it anew on what is there now as often as another change of the case came between. What no guard lets through is
 * not tried again.
 * @param attempt reads, judges and writes
 * @throws {@link Retryable} when others were quicker all the time, and whatever `attempt` throws
 */
export async function untilWritten<R>(
  hub: Pick<Hub, 'table'>,
  once: Idempotency | undefined,
  attempt: (tries: number) => Promise<R>,
): Promise<R> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt(tries);
    } catch (error) {
      await retryOrThrow(hub, error, tries, once);
    }
  }
}

/** The same for a change that is made once for each key: made before, the case is given as it is now. */
export function changedOnce(
  hub: Hub,
  once: Idempotency | undefined,
  attempt: (tries: number) => Promise<Case>,
): Promise<Case> {
  return untilWritten(hub, once, async (tries) => (await replayed(hub, once)) ?? attempt(tries));
}

/**
 * Returns where the change is to be made again on what is there now: somebody changed the case in between (a reminder, an
 * amendment), or the same request came twice at once and the other was first.
 * @throws what was thrown, or {@link Retryable} when it was tried often enough
 */
async function retryOrThrow(hub: Pick<Hub, 'table'>, error: unknown, tries: number, once?: Idempotency): Promise<void> {
  if (error instanceof Rejected && (await replay(hub.table, once)) !== undefined) return;
  if (!(error instanceof ConditionFailed)) throw error;
  if (tries >= TRIES) throw new Retryable('the case is being changed all the time', { cause: error });
}
