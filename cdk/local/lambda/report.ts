import type { Millis } from '../types.ts';
import type { Call } from './call-history.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { LogEntry } from './log-store.ts';
import type { PoolOutcome } from './pool.ts';

const hundredths = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;

/** The figures of an invocation that ended `at`. */
export function callOf(
  { memoryMb }: FunctionDefinition,
  requestId: string,
  invocation: Call['invocation'],
  { status, failure, durationMs, maxMemoryMb, initMs }: PoolOutcome,
  at: Millis,
): Call {
  return {
    requestId,
    at,
    invocation,
    status,
    ...(failure === undefined ? {} : { errorType: failure.errorType }),
    durationMs: hundredths(durationMs),
    billedMs: Math.ceil(durationMs + (initMs ?? 0)),
    maxMemoryMb,
    memoryMb,
    ...(initMs === undefined ? {} : { initMs: hundredths(initMs) }),
  };
}

/** Lambda's REPORT of a call as an entry of the function's log, under the names of its JSON format. */
export function reportEntry(call: Call, errorMessage: string | undefined): LogEntry {
  const { requestId, at, status, errorType, durationMs, billedMs, memoryMb, maxMemoryMb, initMs } = call;
  return {
    time: new Date(at).toISOString(),
    requestId,
    level: 'INFO',
    message: {
      type: 'platform.report',
      status,
      ...(errorType === undefined ? {} : { errorType, errorMessage }),
      metrics: {
        durationMs,
        billedDurationMs: billedMs,
        memorySizeMB: memoryMb,
        maxMemoryUsedMB: maxMemoryMb,
        ...(initMs === undefined ? {} : { initDurationMs: initMs }),
      },
    },
  };
}
