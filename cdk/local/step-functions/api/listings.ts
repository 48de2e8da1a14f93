import { ServiceError } from '../../types.ts';
import { isObject } from '../json.ts';
import type { HistoryEvent } from '../running/history-event.ts';
import { STATUSES } from '../storage/executions.ts';
import type { Storage } from '../storage/index.ts';
import { executionOf } from './executions.ts';
import { machineOf, seconds } from './machines.ts';
import { flag, oneOf, optionalString, pageSize, pageStart, pageToken, type Request } from './request.ts';

const FILTERS = ['SUCCEEDED', 'TIMED_OUT', 'PENDING_REDRIVE', 'ABORTED', 'FAILED', 'RUNNING'] as const;

function invalidToken(): ServiceError {
  return new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
}

/** The machine whose executions are asked for. Those of a distributed Map's run are no others: there are none here. */
function listed(from: Request): string {
  const run = optionalString(from, 'mapRunArn', 2000);
  if (run !== undefined) throw new ServiceError('ResourceNotFound', `Resource not found: '${run}'`);
  const arn = optionalString(from, 'stateMachineArn', 256);
  if (arn === undefined)
    throw new ServiceError('ValidationException', 'Must provide a State Machine ARN or Map Run ARN');
  return arn;
}

/** Executions of a machine, the latest first. */
export function listExecutions(storage: Storage, from: Request) {
  const limit = pageSize(from);
  const filter = oneOf(from, 'statusFilter', FILTERS);
  const redriven = oneOf(from, 'redriveFilter', ['REDRIVEN', 'NOT_REDRIVEN']);
  const [started, id] = pageStart(from, 3096) ?? [Number.MAX_SAFE_INTEGER, 0];
  if (typeof started !== 'number' || typeof id !== 'number') throw invalidToken();
  const machine = machineOf(storage, listed(from));
  // Only a distributed Map's children wait for a redrive, and there are none here.
  const status = STATUSES.find((one) => one === filter);
  const none = filter !== undefined && status === undefined;
  const found = none ? [] : storage.executions.list(machine.arn, status, { started, id }, limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    executions: page
      .filter(({ redrives }) => redriven === undefined || redrives > 0 === (redriven === 'REDRIVEN'))
      .map((row) => ({
        executionArn: row.arn,
        stateMachineArn: row.machine,
        name: row.name,
        status: row.status,
        startDate: seconds(row.started),
        ...(row.stopped !== undefined && { stopDate: seconds(row.stopped) }),
        redriveCount: row.redrives,
        ...(row.redriven !== undefined && { redriveDate: seconds(row.redriven) }),
      })),
    ...(found.length > limit && last !== undefined && { nextToken: pageToken(last.started, last.id) }),
  };
}

/** Pages end early where their text would grow beyond what one answer should hold. */
const LARGEST_PAGE = 4_000_000;

export function getExecutionHistory(storage: Storage, from: Request) {
  const limit = pageSize(from);
  const reverse = flag(from, 'reverseOrder', false);
  const [start, order] = pageStart(from, 1024) ?? [reverse ? Number.MAX_SAFE_INTEGER : 1, reverse ? 1 : 0];
  const { id } = executionOf(storage, from);
  if (typeof start !== 'number' || order !== (reverse ? 1 : 0)) throw invalidToken();
  const events: HistoryEvent[] = [];
  let next: HistoryEvent | undefined;
  let size = 0;
  for (const text of storage.executions.events(id, start, limit + 1, reverse)) {
    const event: HistoryEvent = JSON.parse(text);
    size += text.length;
    if (events.length === limit || (events.length > 0 && size > LARGEST_PAGE)) {
      next = event;
      break;
    }
    events.push(event);
  }
  return {
    events: flag(from, 'includeExecutionData', true) ? events : events.map(withoutData),
    ...(next !== undefined && { nextToken: pageToken(next.id, reverse ? 1 : 0) }),
  };
}

const DATA = new Set([
  'input',
  'inputDetails',
  'output',
  'outputDetails',
  'parameters',
  'assignedVariables',
  'assignedVariablesDetails',
  'cause',
]);

function withoutData(event: HistoryEvent): HistoryEvent {
  const out: HistoryEvent = { ...event };
  for (const [key, details] of Object.entries(event)) {
    if (isObject(details)) out[key] = Object.fromEntries(Object.entries(details).filter(([field]) => !DATA.has(field)));
  }
  return out;
}
