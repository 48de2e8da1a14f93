import { randomUUID } from 'node:crypto';
import { type Clock, ServiceError } from '../../types.ts';
import { jsonError } from '../definition/json-error.ts';
import type { JsonObject } from '../json.ts';
import { end } from '../running/advance.ts';
import type { Engine } from '../running/engine.ts';
import { inputDetails } from '../running/history-event.ts';
import { prepareRedrive } from '../running/redrive.ts';
import { newBranch } from '../running/run.ts';
import { append, LARGEST_HISTORY } from '../running/turn.ts';
import type { ExecutionRow } from '../storage/executions.ts';
import type { Storage } from '../storage/index.ts';
import { checkArn, checkName, executionArn, LONGEST_NAME } from './arns.ts';
import { describeRevision, machineOf, notDeleting, seconds } from './machines.ts';
import { metadataOnly, optionalString, payload, type Request, requiredString } from './request.ts';

export interface Executions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly engine: Engine;
}

const DAY = 86_400_000;
const YEAR = 365 * DAY;
/** For so long after an execution ended its name is taken and its history kept. */
export const KEPT = 90 * DAY;
const REDRIVABLE_FOR = 14 * DAY;

/** Throws ExecutionDoesNotExist. */
export function executionOf(storage: Storage, from: Request): ExecutionRow {
  const arn = checkArn(requiredString(from, 'executionArn', 256), 'execution');
  const execution = storage.executions.find(arn);
  if (execution === undefined) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}

/** The same name and input while it runs is the same execution; another input, or one that has ended, is refused. */
export async function startExecution({ storage, clock, engine }: Executions, from: Request) {
  const machine = notDeleting(machineOf(storage, requiredString(from, 'stateMachineArn')));
  const name = checkName(from.name == null ? randomUUID() : requiredString(from, 'name', LONGEST_NAME));
  const input = payload(from, 'input') ?? '{}';
  if (input.trim() === '')
    throw new ServiceError(
      'InvalidExecutionInput',
      "Invalid State Machine Execution Input: 'Invalid execution input.'",
    );
  const wrong = jsonError(input);
  if (wrong !== undefined)
    throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${wrong.message}'`);
  const arn = executionArn(machine.arn, name);
  const now = clock.now();
  const taken = storage.executions.find(arn);
  if (taken !== undefined && (taken.stopped ?? now) > now - KEPT) {
    if (taken.status !== 'RUNNING' || taken.input !== input) {
      throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    await storage.database.durable();
    return { executionArn: arn, startDate: seconds(taken.started) };
  }
  const { startAt, timeoutSeconds } = engine.programOf(machine.revision.id);
  const started = { type: 'ExecutionStarted', id: 1, previousEventId: 0, timestamp: seconds(now) };
  const details = { ...inputDetails(input), roleArn: machine.revision.roleArn };
  const run = {
    root: newBranch(startAt, input, 0),
    events: 1,
    attempts: 0,
    timeoutAt: now + Math.min(timeoutSeconds === undefined ? YEAR : timeoutSeconds * 1000, YEAR),
  };
  const id = storage.database.write(() => {
    if (taken !== undefined) storage.executions.remove(taken.id);
    const execution = { arn, name, machine: machine.arn, revision: machine.revision.id, started: now, input };
    return storage.executions.insert(execution, run, [{ ...started, executionStartedEventDetails: details }]);
  });
  // It goes on by itself from here; what is told is only that it is on disk.
  const going = engine.post(id);
  going.catch(() => {});
  await storage.database.durable();
  return { executionArn: arn, startDate: seconds(now) };
}

/** Only express machines run while the caller waits, and there are none here. */
export function startSyncExecution({ storage }: Executions, from: Request): never {
  machineOf(storage, requiredString(from, 'stateMachineArn'));
  throw new ServiceError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
}

/** Stopping what has ended changes nothing and tells when it ended. */
export async function stopExecution({ storage, clock, engine }: Executions, from: Request) {
  const execution = executionOf(storage, from);
  const error = optionalString(from, 'error', 256);
  const cause = optionalString(from, 'cause', 32_768);
  if (execution.status !== 'RUNNING') return { stopDate: seconds(execution.stopped ?? clock.now()) };
  let stopped = clock.now();
  await engine.post(execution.id, ({ actor, turn }) => {
    stopped = turn.now;
    if (actor.status !== 'RUNNING') return;
    end(turn, 'ABORTED', { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
  });
  return { stopDate: seconds(stopped) };
}

/** Why an execution cannot be redriven; nothing when it can. */
function notRedrivable(execution: ExecutionRow, events: number, now: number): string | undefined {
  const { status, stopped = now } = execution;
  if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
  if (now - stopped > REDRIVABLE_FOR) return 'Execution cannot be redriven after the redrivable period of 14 days';
  if (events >= LARGEST_HISTORY - 1) return 'Execution event history count exceeds 24,999 and cannot be redriven';
  return undefined;
}

/** Goes on with an execution that did not succeed from the states that did not. */
export async function redriveExecution({ storage, clock, engine }: Executions, from: Request) {
  const execution = executionOf(storage, from);
  const token = optionalString(from, 'clientToken', 64);
  if (token !== undefined && token === execution.redriveToken)
    return { redriveDate: seconds(execution.redriven ?? clock.now()) };
  let at = 0;
  await engine.post(execution.id, ({ actor, turn }) => {
    const why = notRedrivable({ ...execution, status: actor.status }, turn.run.events, turn.now);
    if (why !== undefined) throw new ServiceError('ExecutionNotRedrivable', why);
    at = turn.now;
    const count = actor.facts.redriveCount + 1;
    actor.facts = {
      ...actor.facts,
      redriveCount: count,
      redrivenAt: at,
      ...(token !== undefined && { redriveToken: token }),
    };
    turn.facts = actor.facts;
    actor.status = 'RUNNING';
    const event = append(turn, 'ExecutionRedriven', 0, { executionRedrivenEventDetails: { redriveCount: count } });
    turn.run.timeoutAt = at + (turn.program.timeoutSeconds === undefined ? YEAR : turn.program.timeoutSeconds * 1000);
    prepareRedrive(turn.run, event);
  });
  return { redriveDate: seconds(at) };
}

export function describeExecution({ storage, clock }: Executions, from: Request) {
  const execution = executionOf(storage, from);
  const { arn, name, machine, status, started, stopped, input, output, error, cause, redrives, redriven, id } =
    execution;
  const events = storage.executions.countEvents(id);
  const why = notRedrivable(execution, events, clock.now());
  const included = !metadataOnly(from);
  return {
    executionArn: arn,
    stateMachineArn: machine,
    name,
    status,
    startDate: seconds(started),
    ...(stopped !== undefined && { stopDate: seconds(stopped) }),
    ...(included && { input }),
    inputDetails: { included },
    ...(output !== undefined && { ...(included && { output }), outputDetails: { included } }),
    ...(included && error !== undefined && { error }),
    ...(included && cause !== undefined && { cause }),
    redriveCount: redrives,
    ...(redriven !== undefined && { redriveDate: seconds(redriven) }),
    redriveStatus: why === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(why !== undefined && { redriveStatusReason: why }),
  };
}

export function describeStateMachineForExecution({ storage }: Executions, from: Request) {
  const { machine, revision } = executionOf(storage, from);
  const used = storage.machines.revision(revision);
  const described: JsonObject = describeRevision(used, from);
  return {
    stateMachineArn: machine,
    name: machine.slice(machine.lastIndexOf(':') + 1),
    updateDate: seconds(used.created),
    ...described,
  };
}
