/** What runs in a function's worker thread: loads the handler once, then gives it one event at a time. */
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from '../../clock/local-date.ts';
import { captureOutput } from './capture-output.ts';
import { RuntimeError, toFailure } from './failure.ts';
import { loadHandler } from './load-handler.ts';
import type { RunMessage, WorkerMessage, WorkerStart } from './messages.ts';

const { clock, codeDir, handler }: WorkerStart = workerData;
let running: { readonly requestId: string; readonly since: number } | undefined;

const say = (message: WorkerMessage): void => parentPort?.postMessage(message);

const memoryBytes = (): number => {
  const heap = getHeapStatistics();
  return heap.total_physical_size + heap.malloced_memory + heap.external_memory;
};

function fail(thrown: unknown, fatal: boolean): void {
  const failure = toFailure(thrown);
  console.error(running === undefined ? 'Init Error' : 'Invoke Error', JSON.stringify(failure));
  if (running === undefined) say({ type: 'init-failed', failure });
  else {
    const { requestId, since } = running;
    running = undefined;
    say({
      type: 'failed',
      requestId,
      failure,
      durationMs: performance.now() - since,
      memoryBytes: memoryBytes(),
      fatal,
    });
  }
}

function endWith(thrown: unknown): void {
  fail(thrown, true);
  process.exit(129);
}

const contextOf = ({ requestId, timeoutMs, arn }: RunMessage, since: number): unknown => ({
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  clientContext: undefined,
  identity: undefined,
  invokedFunctionArn: arn,
  awsRequestId: requestId,
  // The work takes real time, so what is left of it is real too, wherever the clock is moved.
  getRemainingTimeInMillis: () => Math.max(0, Math.round(since + timeoutMs - performance.now())),
});

/** Lambda's runtime lets the event loop turn once before it answers, so that a lost rejection still counts. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    throw new RuntimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

async function run(handle: (event: unknown, context: unknown) => unknown, message: RunMessage): Promise<void> {
  const since = performance.now();
  running = { requestId: message.requestId, since };
  try {
    const event: unknown = JSON.parse(message.payload);
    const payload = stringify(await handle(event, contextOf(message, since)));
    const durationMs = performance.now() - since;
    await turn();
    running = undefined;
    say({ type: 'done', requestId: message.requestId, payload, durationMs, memoryBytes: memoryBytes() });
  } catch (error) {
    await turn();
    fail(error, false);
  }
}

installClock(clock);
captureOutput((level, message, plain) =>
  say({
    type: 'log',
    time: new Date().toISOString(),
    ...(running === undefined ? {} : { requestId: running.requestId }),
    level,
    message,
    plain,
  }),
);
process.on('uncaughtException', endWith);
process.on('unhandledRejection', (reason) => {
  const lost = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
  if (reason instanceof Error && reason.stack !== undefined) lost.stack = reason.stack;
  endWith(lost);
});
try {
  const handle = await loadHandler(codeDir, handler);
  parentPort?.on('message', (message: RunMessage) => void run(handle, message));
  say({ type: 'ready', memoryBytes: memoryBytes() });
} catch (error) {
  endWith(error);
}
