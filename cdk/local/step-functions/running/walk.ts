import type { State } from '../definition/program.ts';
import { startMap } from '../states/map.ts';
import { startParallel } from '../states/parallel.ts';
import { startChoice, startFail, startPass } from '../states/pass-choice-fail.ts';
import { beginCall, continueTask, startTask } from '../states/task.ts';
import { endWait, startWait } from '../states/wait.ts';
import { abortChildren, placeOfChild } from './abort.ts';
import { failState } from './handle-failure.ts';
import { inputDetails } from './history-event.ts';
import type { Branch, Failure } from './run.ts';
import { failureOf } from './state-error.ts';
import { type Place, record, stateOf, type Turn } from './turn.ts';
import { walkChildren } from './walk-children.ts';

/** Something that ends the execution at once, wherever in it. */
export class ExecutionFails extends Error {
  readonly failure: Failure;
  /** The last event of the branch it happened in. */
  readonly after: number;
  constructor(failure: Failure, after: number) {
    super(failure.cause);
    this.failure = failure;
    this.after = after;
  }
}

/**
 * Walks a branch, and those below it, until all of it waits for something outside, has ended, or the budget is spent.
 * Throws {@link ExecutionFails}, and {@link HistoryFull}.
 */
export async function walk(turn: Turn, place: Place, branch: Branch): Promise<void> {
  for (;;) {
    if (branch.doing.is === 'ended') return;
    if (branch.doing.is === 'failed') {
      if (branch.doing.failure.terminal) throw new ExecutionFails(branch.doing.failure, branch.lastEvent);
      return;
    }
    const state = stateOf(place, branch);
    try {
      if (!(await step(turn, place, branch, state))) return;
    } catch (thrown) {
      const failure = failureOf(turn, branch, thrown);
      const children = branch.doing.is === 'children' ? branch.doing : undefined;
      if (children !== undefined && !failure.terminal) abortChildren(turn, place, branch, children, branch.lastEvent);
      await failState(turn, place, branch, state, failure, children);
    }
  }
}

/** Does the next thing there is to do in the branch; false when there is none now. */
async function step(turn: Turn, place: Place, branch: Branch, state: State): Promise<boolean> {
  const { doing } = branch;
  switch (doing.is) {
    case 'entering':
      if (turn.budget <= 0) return false;
      turn.budget -= 1;
      enter(turn, branch, state);
      return true;
    case 'starting':
      await start(turn, place, branch, state);
      return true;
    case 'waiting':
      if (state.type !== 'Wait' || doing.until > turn.now) return false;
      await endWait(turn, place, branch, state);
      return true;
    case 'retrying':
      if (doing.until > turn.now) return false;
      branch.doing = { is: 'starting' };
      return true;
    case 'task': {
      if (state.type !== 'Task') return false;
      const failure = await continueTask(turn, place, branch, state, doing);
      if (failure !== undefined) await failState(turn, place, branch, state, failure);
      return failure !== undefined || branch.doing !== doing;
    }
    case 'children':
      if (state.type !== 'Map' && state.type !== 'Parallel') return false;
      return walkChildren(turn, place, branch, state, doing, walk);
    default:
      return false;
  }
}

function enter(turn: Turn, branch: Branch, state: State): void {
  branch.eventBefore = branch.lastEvent;
  branch.enteredEvent = record(turn, branch, `${state.type}StateEntered`, {
    stateEnteredEventDetails: { name: state.name, ...inputDetails(branch.input) },
  });
  branch.enteredAt = turn.now;
  branch.retryCount = 0;
  branch.retries = [];
  branch.doing = { is: 'starting' };
}

async function start(turn: Turn, place: Place, branch: Branch, state: State): Promise<void> {
  switch (state.type) {
    case 'Pass':
    case 'Succeed':
      return startPass(turn, place, branch, state);
    case 'Fail':
      return startFail(turn, place, branch, state);
    case 'Choice':
      return startChoice(turn, place, branch, state);
    case 'Wait':
      return startWait(turn, place, branch, state);
    case 'Task':
      return startTask(turn, place, branch, state);
    case 'Map':
      return startMap(turn, place, branch, state);
    case 'Parallel':
      return startParallel(turn, place, branch, state);
  }
}

/** Marks every scheduled task of the turn as being called. */
export function beginCalls(turn: Turn, place: Place, branch: Branch): void {
  const state = stateOf(place, branch);
  const { doing } = branch;
  if (doing.is === 'task' && doing.stage === 'scheduled' && state.type === 'Task')
    beginCall(turn, branch, state, doing);
  if (doing.is === 'children')
    for (const child of doing.open) beginCalls(turn, placeOfChild(place, branch, state, child), child);
}
