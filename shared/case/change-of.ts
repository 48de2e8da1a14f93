import type { OpenTask } from '../domain/task.ts';
import type { Case } from '../kinds/case.ts';
import { type Change, type Decided, moved } from '../kinds/change.ts';
import type { Hub } from '../store/hub.ts';
import { answer } from './kinds/index.ts';
import { withOwner } from './owner.ts';

/**
 * What an answer makes of the case, with all that it rests on: programme, donor, offer, roster. A roster that came with it
 * is staged; whoever does not write the change discards it.
 * @throws {@link Rejected} with a problem for every wrong field
 */
export async function changeOf(hub: Hub, before: Case, body: unknown, how: Decided): Promise<Change> {
  return withOwner(hub, await answer(hub, before, body, how));
}

/** A stuck workflow goes on: the case stays where it is, and keeps who mended it and how. */
export function resume(before: Case, task: OpenTask, how: Decided): Change {
  const { version: next, decisions } = moved(before, 'resumed', how);
  const after = { ...before, version: next, decisions };
  const { id: caseId, kind, version, hub, stage } = after;
  return {
    before,
    after,
    children: [],
    event: { type: 'resumed', closedTask: task.id, caseId, kind, version, hub, stage, at: how.now, by: how.actor },
  };
}
