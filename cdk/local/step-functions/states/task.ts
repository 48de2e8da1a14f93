import type { TaskState } from '../definition/program.ts';
import type { Bindings } from '../expressions/bindings.ts';
import { evaluateNumber, evaluatePayload } from '../expressions/template.ts';
import { byteLength, spacedJson } from '../json.ts';
import { withLongNumbers } from '../payload.ts';
import { inputDetails } from '../running/history-event.ts';
import { LARGEST_PAYLOAD, leave, withinLimit } from '../running/leave.ts';
import type { Branch, Failure, TaskDoing } from '../running/run.ts';
import { bindings, type Place, read, record, type Turn } from '../running/turn.ts';
import { invocationOf } from './invocation.ts';
import {
  recordFailed,
  recordStarted,
  recordSubmitted,
  recordSucceeded,
  recordTimedOut,
  resourceDetails,
} from './task-events.ts';
import { LONGEST_SECONDS } from './wait.ts';

/** Evaluates what is to be called with what, and schedules it; the call itself is made once that is durable. */
export async function startTask(turn: Turn, place: Place, branch: Branch, state: TaskState): Promise<void> {
  const token = state.resource.callback ? turn.newToken() : undefined;
  const scope = bindings(turn, place, branch, token === undefined ? {} : { token });
  const timeout = await seconds(state.timeout, scope, 'TimeoutSeconds');
  const heartbeat = await seconds(state.heartbeat, scope, 'HeartbeatSeconds');
  const given =
    state.arguments === undefined
      ? read(turn, branch.input)
      : withinLimit(await evaluatePayload(state.arguments, scope), state.name);
  const limits = {
    ...(timeout !== undefined && { timeoutInSeconds: timeout }),
    ...(heartbeat !== undefined && { heartbeatInSeconds: heartbeat }),
  };
  const task: TaskDoing = {
    is: 'task',
    stage: 'scheduled',
    attempt: ++turn.run.attempts,
    functionName: '',
    ...(token !== undefined && { token }),
    ...(timeout !== undefined && { timeoutAt: turn.now + timeout * 1000 }),
    ...(heartbeat !== undefined && { heartbeatAt: turn.now + heartbeat * 1000, heartbeatSeconds: heartbeat }),
  };
  if (state.resource.kind === 'arn') {
    task.functionName = state.resource.functionArn;
    task.plain = true;
    task.payload = given.text;
    const details = { resource: state.resource.functionArn, ...inputDetails(given.text), ...limits };
    record(turn, branch, 'LambdaFunctionScheduled', { lambdaFunctionScheduledEventDetails: details });
  } else {
    const invocation = invocationOf(given);
    task.functionName = invocation.functionName;
    task.payload = withLongNumbers(spacedJson(invocation.payload), given.longs);
    if (invocation.asynchronous) task.asynchronous = true;
    const details = { ...resourceDetails(state), region: turn.region, parameters: given.text, ...limits };
    record(turn, branch, 'TaskScheduled', { taskScheduledEventDetails: details });
  }
  branch.doing = task;
}

async function seconds(field: TaskState['timeout'], scope: Bindings, name: string): Promise<number | undefined> {
  return field && evaluateNumber(field, scope, name, { least: 1, most: LONGEST_SECONDS });
}

/** Notes that the function is being called now. */
export function beginCall(turn: Turn, branch: Branch, state: TaskState, task: TaskDoing): void {
  recordStarted(turn, branch, state);
  task.stage = 'calling';
}

/** Takes up an answer or a deadline that has come; gives the failure when the task has failed. */
export async function continueTask(
  turn: Turn,
  place: Place,
  branch: Branch,
  state: TaskState,
  task: TaskDoing,
): Promise<Failure | undefined> {
  const { answer } = task;
  delete task.answer;
  if (answer === undefined) return expired(turn, branch, state, task);
  if ('failure' in answer) {
    recordFailed(turn, branch, state, answer.failure);
    return answer.failure;
  }
  const { text } = answer.output;
  if (byteLength(text) > LARGEST_PAYLOAD) return tooLarge(turn, branch, state);
  if (state.resource.callback && answer.from === 'call') {
    recordSubmitted(turn, branch, state, text);
    task.stage = 'submitted';
    delete task.payload;
    return undefined;
  }
  recordSucceeded(turn, branch, state, text);
  await leave(turn, place, branch, state, state, text, { result: answer.output });
  return undefined;
}

function tooLarge(turn: Turn, branch: Branch, state: TaskState): Failure {
  const resource = state.resource.kind === 'arn' ? state.resource.functionArn : resourceDetails(state).resourceType;
  const failure = {
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${resource}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  };
  recordFailed(turn, branch, state, failure);
  return failure;
}

/** A missed heartbeat ends the task as a timeout does; both are States.Timeout in the history. */
function expired(turn: Turn, branch: Branch, state: TaskState, task: TaskDoing): Failure | undefined {
  const timedOut = task.timeoutAt !== undefined && task.timeoutAt <= turn.now;
  const silent = task.heartbeatAt !== undefined && task.heartbeatAt <= turn.now;
  if (!timedOut && !silent) return undefined;
  const failure: Failure = { error: 'States.Timeout', ...(!timedOut && { heartbeat: true }) };
  recordTimedOut(turn, branch, state, failure);
  return failure;
}
