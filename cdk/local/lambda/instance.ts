import { randomBytes } from 'node:crypto';
import { isDebugged } from '../debugged.ts';
import { exited, outOfMemory, timedOut } from './environment-failures.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { usedMb, watchMemory } from './memory-watch.ts';
import type { FunctionFailure } from './runtime/messages.ts';
import { startWorkerThread, type WorkerEnd, type WorkerHost, type WorkerThread } from './worker-thread.ts';

/** How an invocation ended in its environment. */
export interface Outcome {
  readonly payload: string;
  readonly failure?: FunctionFailure;
  /** `timeout` and `error` as in AWS's report. */
  readonly status: 'success' | 'error' | 'timeout';
  readonly durationMs: number;
  /** The most that the environment has used so far, in MiB. */
  readonly maxMemoryMb: number;
}

/** One execution environment: a worker thread that has loaded the handler. */
export interface Instance {
  /** How long loading took, in milliseconds. */
  readonly initMs: number;
  /** Gives the event to the handler. Only one at a time; not after it has ended. */
  run(call: { readonly requestId: string; readonly payload: string }): Promise<Outcome>;
  /** The share of the time since it was asked last in which the thread has computed rather than waited, 0 to 1. */
  utilization(): number;
  ended(): boolean;
  end(): Promise<void>;
}

/** An environment that did not come up: `slow` when it was not ready in time. */
export interface FailedStart {
  readonly failure: FunctionFailure;
  readonly slow: boolean;
  readonly initMs: number;
}

/** As on Lambda: year, month and day of the start, the version and something that is its own. */
const logStreamName = (now: number): string =>
  `${new Date(now).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`;

const endedWith = (requestId: string, { code, heapExhausted }: WorkerEnd): FunctionFailure =>
  heapExhausted ? outOfMemory(requestId) : exited(requestId, code);

/** Waits until the handler is loaded, for at most `limitMs` and not when all is stopping; gives what went wrong. */
function untilLoaded(
  thread: WorkerThread,
  { limitMs, memoryMb, stopping }: { limitMs: number; memoryMb: number; stopping: AbortSignal },
): Promise<Omit<FailedStart, 'initMs'> | undefined> {
  return new Promise((resolve) => {
    const settle = (failure?: FunctionFailure, slow = false): void => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', giveUp);
      resolve(failure === undefined ? undefined : { failure, slow });
    };
    const late = { errorType: 'Sandbox.Timedout', errorMessage: 'Error: Init timed out' };
    const giveUp = (): void => settle(late, true);
    const timer = setTimeout(giveUp, limitMs);
    stopping.addEventListener('abort', giveUp, { once: true });
    thread.listen(
      (message) => {
        if (message.type === 'ready') settle(usedMb(message.memoryBytes) > memoryMb ? outOfMemory('init') : undefined);
        if (message.type === 'init-failed') settle(message.failure);
      },
      (end) => settle(endedWith('init', end)),
    );
  });
}

/**
 * Starts a worker thread for the function and waits, for at most `limitMs`, until it has loaded the handler.
 * Never throws: what goes wrong in there is an outcome.
 */
export async function startInstance(
  fn: FunctionDefinition,
  host: WorkerHost,
  limitMs: number,
  stopping: AbortSignal,
): Promise<Instance | FailedStart> {
  const since = performance.now();
  const thread = startWorkerThread(fn, host, logStreamName(host.now()));
  const { worker } = thread;
  const failed = await untilLoaded(thread, { limitMs, memoryMb: fn.memoryMb, stopping });
  const initMs = performance.now() - since;
  let ended = false;
  let maxMemoryMb = 0;
  const end = async (): Promise<void> => {
    ended = true;
    await worker.terminate();
  };
  if (failed !== undefined) {
    await end();
    return { ...failed, initMs };
  }
  const rest = (): void =>
    thread.listen(
      () => undefined,
      () => {
        ended = true;
      },
    );
  rest();

  const run: Instance['run'] = ({ requestId, payload }) =>
    new Promise((resolve) => {
      const start = performance.now();
      const timeoutMs = fn.timeoutSeconds * 1_000;
      const finish = (isolateBytes = 0): number => {
        clearTimeout(timer);
        rest();
        maxMemoryMb = Math.max(maxMemoryMb, endWatch(), isolateBytes === 0 ? 0 : usedMb(isolateBytes));
        return maxMemoryMb;
      };
      const fail = (failure: FunctionFailure, durationMs: number, isolateBytes?: number): void => {
        const status = failure.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error';
        resolve({ payload: JSON.stringify(failure), failure, status, durationMs, maxMemoryMb: finish(isolateBytes) });
      };
      const kill = (failure: FunctionFailure, durationMs: number, isolateBytes?: number): void => {
        fail(failure, durationMs, isolateBytes);
        void end();
      };
      const timer = setTimeout(() => {
        if (!isDebugged()) kill(timedOut(requestId, fn.timeoutSeconds), timeoutMs);
      }, timeoutMs);
      const endWatch = watchMemory(worker, fn.memoryMb, () => kill(outOfMemory(requestId), performance.now() - start));
      thread.listen(
        (message) => {
          if (message.type === 'done') {
            const { payload: answer, durationMs, memoryBytes } = message;
            // It was done before anybody looked: Linux would have ended it at once.
            if (usedMb(memoryBytes) > fn.memoryMb) return kill(outOfMemory(requestId), durationMs, memoryBytes);
            resolve({ payload: answer, status: 'success', durationMs, maxMemoryMb: finish(memoryBytes) });
          }
          if (message.type === 'failed') {
            ended = message.fatal;
            fail(message.failure, message.durationMs, message.memoryBytes);
          }
        },
        (workerEnd) => {
          ended = true;
          fail(endedWith(requestId, workerEnd), performance.now() - start);
        },
      );
      thread.send({ requestId, payload, timeoutMs, arn: fn.arn });
    });

  let looked = worker.performance.eventLoopUtilization();
  const utilization = (): number => {
    const now = worker.performance.eventLoopUtilization();
    const since = worker.performance.eventLoopUtilization(now, looked);
    looked = now;
    return since.utilization;
  };
  return { initMs, run, utilization, ended: () => ended, end };
}
