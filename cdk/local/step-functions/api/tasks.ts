import { ServiceError } from '../../types.ts';
import { jsonError } from '../definition/json-error.ts';
import { readPayload } from '../payload.ts';
import type { Engine } from '../running/engine.ts';
import { findTask, type TaskDoing } from '../running/run.ts';
import { executionOfToken } from '../running/task-token.ts';
import type { Storage } from '../storage/index.ts';
import { optionalString, payload, type Request, requiredString } from './request.ts';

interface Tasks {
  readonly storage: Storage;
  readonly engine: Engine;
}

/** Answers the task a token belongs to. Throws InvalidToken for what is no token, TaskTimedOut for one no longer waited for. */
async function answer(
  { storage, engine }: Tasks,
  from: Request,
  act: (task: TaskDoing, now: number) => void,
): Promise<Record<string, never>> {
  const token = requiredString(from, 'taskToken', 2048);
  const execution = executionOfToken(token);
  if (execution === undefined || !storage.executions.exists(execution)) {
    throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
  }
  await engine.post(execution, ({ actor, turn }) => {
    const task = actor.status === 'RUNNING' ? findTask(turn.run, (one) => one.token === token)?.task : undefined;
    if (task === undefined || answeredByToken(task)) {
      throw new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    act(task, turn.now);
  });
  return {};
}

/** Two answers may come in one turn: the first counts. */
function answeredByToken({ answer: given }: TaskDoing): boolean {
  return given !== undefined && given.from === 'token';
}

export async function sendTaskSuccess(tasks: Tasks, from: Request) {
  const output = payload(from, 'output') ?? '';
  const wrong = output === '' ? 'Invalid output.' : jsonError(output)?.message;
  if (wrong !== undefined) throw new ServiceError('InvalidOutput', `Invalid Output: '${wrong}'`);
  const given = readPayload(output);
  return answer(tasks, from, (task) => {
    task.answer = { from: 'token', output: given };
  });
}

export async function sendTaskFailure(tasks: Tasks, from: Request) {
  const error = optionalString(from, 'error', 256);
  const cause = optionalString(from, 'cause', 32_768);
  return answer(tasks, from, (task) => {
    task.answer = {
      from: 'token',
      failure: { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) },
    };
  });
}

export async function sendTaskHeartbeat(tasks: Tasks, from: Request) {
  return answer(tasks, from, (task, now) => {
    if (task.heartbeatSeconds !== undefined) task.heartbeatAt = now + task.heartbeatSeconds * 1000;
  });
}
