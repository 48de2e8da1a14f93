import type { Millis } from '../types.ts';

/** What is kept of an invocation: the figures of Lambda's REPORT line. */
export interface Call {
  readonly requestId: string;
  /** When it ended. */
  readonly at: Millis;
  readonly invocation: 'RequestResponse' | 'Event';
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
  readonly durationMs: number;
  /** Duration and, for a cold start, initialization, rounded up: since August 2025 AWS bills both. */
  readonly billedMs: number;
  readonly maxMemoryMb: number;
  readonly memoryMb: number;
  readonly initMs?: number;
}

/** What a function has done since the start. */
export interface CallHistory {
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
  readonly coldStarts: number;
  /** The last calls, newest first. */
  readonly recent: readonly Call[];
}

export interface CallRecorder {
  add(call: Call): void;
  throttled(): void;
  history(): CallHistory;
}

const KEPT = 50;

/** Counts a function's calls and keeps the last ones. */
export function createCallRecorder(): CallRecorder {
  const recent: Call[] = [];
  let invocations = 0;
  let errors = 0;
  let throttles = 0;
  let coldStarts = 0;
  return {
    add(call) {
      invocations += 1;
      if (call.status !== 'success') errors += 1;
      if (call.initMs !== undefined) coldStarts += 1;
      recent.unshift(call);
      recent.length = Math.min(recent.length, KEPT);
    },
    throttled() {
      throttles += 1;
    },
    history: () => ({ invocations, errors, throttles, coldStarts, recent: [...recent] }),
  };
}
