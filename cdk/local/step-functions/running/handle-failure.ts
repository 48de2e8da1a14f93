import { type HandlingState, handlesErrors, type Retrier, type State } from '../definition/program.ts';
import { evaluateNumber } from '../expressions/template.ts';
import type { JsonObject } from '../json.ts';
import { leave } from './leave.ts';
import type { Branch, ChildrenDoing, Failure } from './run.ts';
import { failureOf } from './state-error.ts';
import { bindings, type Place, record, type Turn } from './turn.ts';

/** Whether an ErrorEquals list covers the error, by name or by one of the wildcards. */
export function covers(errors: readonly string[], failure: Failure): boolean {
  const name = failure.error ?? '';
  return errors.some((listed) => {
    if (listed === name) return true;
    if (listed === 'States.ALL') return name !== 'States.Runtime';
    if (listed === 'States.TaskFailed') return name !== 'States.Timeout' && name !== 'States.Runtime';
    return listed === 'States.HeartbeatTimeout' && failure.heartbeat === true;
  });
}

export function errorOutput(failure: Failure): JsonObject {
  return { Error: failure.error ?? '', Cause: failure.cause ?? '' };
}

/** Retries the state, follows the catcher that covers the error, or lets the branch fail. */
async function handleFailure(
  turn: Turn,
  place: Place,
  branch: Branch,
  state: State,
  failure: Failure,
  children?: ChildrenDoing,
): Promise<void> {
  const failed = { is: 'failed' as const, failure, ...(children !== undefined && { children }) };
  if (failure.terminal || !handlesErrors(state)) {
    branch.doing = failed;
    return;
  }
  if (await retry(turn, place, branch, state, failure)) return;
  const before = branch.lastEvent;
  recordFailed(turn, branch, state);
  const catcher = state.catch.find(({ errors }) => covers(errors, failure));
  branch.doing = failed;
  if (catcher === undefined) return;
  const output = errorOutput(failure);
  try {
    await leave(turn, place, branch, state, catcher, JSON.stringify(output), { errorOutput: output });
  } catch (thrown) {
    // AWS goes back to where the state stood before it failed, and lets it fail once more.
    branch.lastEvent = before;
    branch.doing = { ...failed, failure: failureOf(turn, branch, thrown) };
    if (!branch.doing.failure.terminal) recordFailed(turn, branch, state);
  }
}

/** Of a Task that failed its own events have told already. */
function recordFailed(turn: Turn, branch: Branch, state: HandlingState): void {
  if (state.type !== 'Task') record(turn, branch, `${state.type}StateFailed`);
}

/**
 * Ends a state that failed: by its retriers and catchers, or with its branch. A failure inside a retrier's own
 * expressions ends the branch, as there is nothing left to handle it.
 */
export async function failState(
  turn: Turn,
  place: Place,
  branch: Branch,
  state: State,
  failure: Failure,
  children?: ChildrenDoing,
): Promise<void> {
  try {
    await handleFailure(turn, place, branch, state, failure, children);
  } catch (thrown) {
    branch.doing = {
      is: 'failed',
      failure: failureOf(turn, branch, thrown),
      ...(children !== undefined && { children }),
    };
  }
}

async function retry(
  turn: Turn,
  place: Place,
  branch: Branch,
  state: HandlingState,
  failure: Failure,
): Promise<boolean> {
  const index = state.retry.findIndex(({ errors }) => covers(errors, failure));
  const retrier = state.retry[index];
  if (retrier === undefined) return false;
  const used = branch.retries[index] ?? 0;
  const delay = await delayBefore(turn, place, branch, retrier, index, used);
  if (delay === undefined) return false;
  for (let i = branch.retries.length; i <= index; i++) branch.retries.push(0);
  branch.retries[index] = used + 1;
  branch.retryCount += 1;
  branch.doing = { is: 'retrying', until: turn.now + delay };
  return true;
}

/** Milliseconds until the next attempt, or nothing when the retrier has none left. */
async function delayBefore(
  turn: Turn,
  place: Place,
  branch: Branch,
  retrier: Retrier,
  index: number,
  used: number,
): Promise<number | undefined> {
  const scope = bindings(turn, place, branch);
  const within = `Retry[${index}]`;
  const whole = { least: 0, most: 99_999_999 };
  if (used >= (await evaluateNumber(retrier.attempts, scope, `${within}/MaxAttempts`, whole))) return undefined;
  const interval = await evaluateNumber(retrier.interval, scope, `${within}/IntervalSeconds`, whole);
  const backoff = await evaluateNumber(retrier.backoff, scope, `${within}/BackoffRate`, {
    ...whole,
    least: 1,
    fractions: true,
  });
  const longest =
    retrier.longest &&
    (await evaluateNumber(retrier.longest, scope, `${within}/MaxDelaySeconds`, { least: 1, most: 31_622_400 }));
  const delay = Math.min(interval * backoff ** used, longest ?? Infinity, 31_622_400) * 1000;
  return Math.round(retrier.jitter ? Math.random() * delay : delay);
}
