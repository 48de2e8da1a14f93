import type { MapState, ParallelState, State } from '../definition/program.ts';
import type { JsonText } from '../payload.ts';
import { startIterations } from '../states/map.ts';
import { abortChild, abortChildren, placeOfChild } from './abort.ts';
import { failState } from './handle-failure.ts';
import { leave } from './leave.ts';
import type { Branch, ChildrenDoing, Failure } from './run.ts';
import { append, type Place, read, type Turn } from './turn.ts';

type Walk = (turn: Turn, place: Place, branch: Branch) => Promise<void>;

/**
 * Walks the open children, all of them before any end is acted on, since on AWS they run side by side; true when the
 * Map or Parallel has itself come to its end.
 */
export async function walkChildren(
  turn: Turn,
  place: Place,
  branch: Branch,
  state: MapState | ParallelState,
  children: ChildrenDoing,
  walk: Walk,
): Promise<boolean> {
  for (let begun = -1; begun !== children.next; ) {
    begun = children.next;
    for (const child of [...children.open]) await walk(turn, placeOfChild(place, branch, state, child), child);
    for (const child of [...children.open]) {
      if (child.doing.is === 'failed') {
        branch.lastEvent = child.lastEvent;
        if (children.failures >= children.tolerated) {
          abortChildren(turn, place, branch, children, child.lastEvent);
          await failState(turn, place, branch, state, failureOfWhole(child.doing.failure, children), children);
          return true;
        }
        children.failures += 1;
        abortChild(turn, placeOfChild(place, branch, state, child), state, child, child.lastEvent);
      } else if (child.doing.is === 'ended') {
        endChild(turn, branch, state, children, child, child.doing.output);
      } else continue;
      children.open.splice(children.open.indexOf(child), 1);
      if (state.type === 'Map') await startIterations(turn, place, branch, state, children);
    }
  }
  if (children.open.length > 0) return false;
  await endChildren(turn, place, branch, state, children);
  return true;
}

function failureOfWhole(failure: Failure, children: ChildrenDoing): Failure {
  if (children.tolerated === 0) return failure;
  return {
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  };
}

function endChild(
  turn: Turn,
  branch: Branch,
  state: State,
  children: ChildrenDoing,
  child: Branch,
  output: JsonText,
): void {
  for (let i = children.outputs.length; i < child.index; i++) children.outputs.push(null);
  children.outputs[child.index] = output;
  branch.lastEvent = child.lastEvent;
  if (state.type !== 'Map') return;
  const details = { mapIterationSucceededEventDetails: { name: state.name, index: child.index } };
  const id = append(turn, 'MapIterationSucceeded', child.lastEvent, details);
  // The next iteration's start is chained to this one's last state; the end of the Map to the iteration's end.
  if (children.next >= (children.items?.length ?? 0)) branch.lastEvent = id;
}

async function endChildren(
  turn: Turn,
  place: Place,
  branch: Branch,
  state: MapState | ParallelState,
  children: ChildrenDoing,
): Promise<void> {
  const succeeded = append(turn, `${state.type}StateSucceeded`, branch.lastEvent);
  const result = `[${children.outputs.filter((output) => output !== null).join(',')}]`;
  const needed = state.assign !== undefined || state.output !== undefined;
  try {
    await leave(turn, place, branch, state, state, result, needed ? { result: read(turn, result) } : {});
  } catch (thrown) {
    // Only the exit passes the success by; a failure after it follows it.
    branch.lastEvent = succeeded;
    throw thrown;
  }
}
