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
export async function replayed(hub: Hub, once: Idempotency | undefined): Promise<Case | undefined> {
  const id = await replay(hub.table, once);
  return id === undefined ? undefined : readCase(hub.table, CaseId.parse(id));
}

/**
 * Returns where the change is to be made again on what is there now: somebody changed the case in between (a reminder, an
 * amendment), or the same request came twice at once and the other was first.
 * @throws what was thrown, or {@link Retryable} when it was tried often enough
 */
export async function retryOrThrow(hub: Hub, error: unknown, tries: number, once?: Idempotency): Promise<void> {
  if (error instanceof Rejected && (await replay(hub.table, once)) !== undefined) return;
  if (!(error instanceof ConditionFailed)) throw error;
  if (tries >= TRIES) throw new Retryable('the case is being changed all the time', { cause: error });
}
