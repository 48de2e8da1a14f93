import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createAsyncInvocations } from './async-invocations.ts';
import { type Call, createCallRecorder } from './call-history.ts';
import { checkDefinition } from './check-definition.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { ACCOUNT_CONCURRENCY, createFunctionTable, type Deployed } from './function-table.ts';
import { startInstance } from './instance.ts';
import type { Invocation, LambdaOptions, LocalLambda } from './local-lambda.ts';
import { createLogStore } from './log-store.ts';
import { createPool } from './pool.ts';
import { refusePayload, withinLimit } from './refusals.ts';
import { callOf, reportEntry } from './report.ts';
import { writeRuntimeBundle } from './runtime-bundle.ts';
import { createSeats } from './seats.ts';
import { mostThreads } from './thread-bounds.ts';

const THREADS_PER_FUNCTION_AND_CORE = 4;
const IDLE_MS = 300_000;

/** Runs functions as Lambda would, each in worker threads of its own. */
export function createLambda(options: LambdaOptions): LocalLambda {
  const { clock, dataDir, region, accountId, deliver, idleMs = IDLE_MS } = options;
  const cores = availableParallelism();
  const folder = join(dataDir, 'lambda');
  const runtimeFile = join(folder, 'runtime.mjs');
  mkdirSync(folder, { recursive: true });
  // Functions run in UTC on AWS. The zone is the process's, threads have none of their own.
  process.env.TZ = 'UTC';
  const runtimeReady = writeRuntimeBundle(runtimeFile);
  // Whoever starts the first thread hears of a failure; until then it is nobody's.
  runtimeReady.catch(() => undefined);

  const logs = createLogStore({ folder: join(folder, 'logs') });
  const functions = createFunctionTable(region, accountId);
  const seats = createSeats(options.maxThreads ?? mostThreads(), () => functions.all().map(({ pool }) => pool));
  const host = { ...options, clock: clock.shared, runtimeFile, log: logs.append, now: clock.now };

  const run = async (
    fn: Deployed,
    requestId: string,
    payload: string,
    invocation: Call['invocation'],
  ): Promise<Invocation> => {
    const leave = functions.enter(fn);
    const done = clock.busy(`${fn.definition.name} ${requestId}`);
    try {
      const outcome = withinLimit(await fn.pool.run({ requestId, payload }));
      const call = callOf(fn.definition, requestId, invocation, outcome, clock.now());
      fn.calls.add(call);
      logs.append(fn.definition.name, reportEntry(call, outcome.failure?.errorMessage));
      const failed = outcome.failure !== undefined;
      return { payload: outcome.payload, requestId, ...(failed ? { functionError: 'Unhandled' } : {}) };
    } finally {
      leave();
      done();
    }
  };

  const queue = createAsyncInvocations({
    clock,
    file: join(folder, 'events.sqlite'),
    find: (name) => functions.get(name)?.definition,
    async attempt(name, requestId, payload) {
      const result = await run(functions.find(name), requestId, payload, 'Event');
      return { payload: result.payload, failed: result.functionError !== undefined };
    },
    async deliver(arn, record) {
      await deliver?.(arn, record);
    },
  });

  const deploy = (definition: FunctionDefinition): void => {
    checkDefinition(definition);
    if (definition.onFailureDestinationArn !== undefined && deliver === undefined) {
      throw new Error(`${definition.name} has an on-failure destination and nothing delivers to it`);
    }
    const most = Math.min(definition.reservedConcurrency ?? ACCOUNT_CONCURRENCY, THREADS_PER_FUNCTION_AND_CORE * cores);
    const pool = createPool({
      timeoutSeconds: definition.timeoutSeconds,
      maxInstances: most,
      idleMs,
      seats,
      async start(limitMs, stopping) {
        await runtimeReady;
        return startInstance(definition, host, limitMs, stopping);
      },
    });
    functions.get(definition.name)?.pool.retire();
    functions.set({ definition, pool, calls: createCallRecorder(), inFlight: 0 });
    queue.resume(definition.name);
  };

  return {
    async invoke(functionName, payload) {
      const fn = functions.find(functionName);
      refusePayload(payload, 'RequestResponse');
      return run(fn, randomUUID(), payload, 'RequestResponse');
    },
    async invokeAsync(functionName, payload) {
      const { definition } = functions.find(functionName);
      refusePayload(payload, 'Event');
      await queue.accept(definition.name, randomUUID(), payload);
    },
    deploy,
    replaceCode(codeDir, folder) {
      for (const { definition } of functions.all()) {
        if (definition.codeDir === codeDir) deploy({ ...definition, codeDir: folder });
      }
    },
    check: (functionName) => void functions.find(functionName),
    describe: () =>
      functions.all().map(({ definition: { credentials: _, ...definition }, pool, calls }) => ({
        definition,
        ...pool.size(),
        ...calls.history(),
      })),
    async logs(functionName, query) {
      return logs.read(functions.find(functionName).definition.name, query);
    },
    async stop() {
      queue.stop();
      await Promise.all(functions.all().map(({ pool }) => pool.stop()));
      logs.flush();
    },
  };
}
