import type { State } from '../definition/program.ts';
import type { Branch, ChildrenDoing } from './run.ts';
import { append, type Place, stateOf, type Turn } from './turn.ts';

/** The place of a child: the states it walks, with the variables its parent sees around it. */
export function placeOfChild(place: Place, parent: Branch, state: State, child: Branch): Place {
  const outer = { ...place.outer, ...parent.variables };
  if (state.type === 'Map')
    return { program: state.processor, outer, item: { index: child.index, value: child.item ?? 'null' } };
  const program = state.type === 'Parallel' ? state.branches[child.index] : undefined;
  if (program === undefined) throw new Error(`'${state.name}' has no branch ${child.index}`);
  return { program, outer, ...(place.item !== undefined && { item: place.item }) };
}

/**
 * Records the end of everything still open below a Map or Parallel that fails because of `cause`: its iterations in
 * order, and the states in which they were.
 */
export function abortChildren(turn: Turn, place: Place, branch: Branch, children: ChildrenDoing, cause: number): void {
  const state = stateOf(place, branch);
  for (const child of children.open) abortChild(turn, placeOfChild(place, branch, state, child), state, child, cause);
}

/** Records the end of one child, as failed or as aborted for another's failure. */
export function abortChild(turn: Turn, inside: Place, parent: State, child: Branch, cause: number): void {
  if (parent.type === 'Map') {
    const what = child.doing.is === 'failed' && child.lastEvent === cause ? 'Failed' : 'Aborted';
    append(turn, `MapIteration${what}`, cause, {
      [`mapIteration${what}EventDetails`]: { name: parent.name, index: child.index },
    });
  }
  abortState(turn, inside, child, cause);
}

function abortState(turn: Turn, place: Place, branch: Branch, cause: number): void {
  const state = stateOf(place, branch);
  const { doing } = branch;
  if (doing.is === 'ended' || doing.is === 'entering') return;
  if (doing.is === 'children') abortChildren(turn, place, branch, doing, cause);
  // A Map or Parallel that failed has said so; of Pass, Choice and Fail there is no such event.
  const said = doing.is === 'failed' && state.type !== 'Task';
  if (!said && (state.type === 'Task' || state.type === 'Wait' || state.type === 'Map' || state.type === 'Parallel')) {
    append(turn, `${state.type}StateAborted`, cause);
  }
}
