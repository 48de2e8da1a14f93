import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock, type LocalClock } from '../../../cdk/local/clock.ts';
import { createStepFunctions, type StepFunctions } from '../../../cdk/local/step-functions/index.ts';
import type { InvokeResult, LambdaService } from '../../../cdk/local/types.ts';

/** What a function of the test does with its payload: gives something, or throws a {@link FunctionError}. */
export type TestFunction = (payload: Fields, functionName: string) => unknown;

/** JSON as a test writes it down or compares it. */
export type Json = unknown;

/** A state of a definition, or an input of an operation. */
export type Fields = Record<string, unknown>;

export interface Execution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: string;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  readonly redriveStatus: string;
}

export class FunctionError extends Error {}

export interface Event {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly timestamp: number;
  readonly [details: string]: unknown;
}

export interface Runtime {
  readonly service: StepFunctions;
  readonly clock: LocalClock;
  readonly folder: string;
  /** The payloads the functions were called with, in order. */
  readonly calls: Fields[];
  /** Closes and opens again on the same data, as a restart does. */
  restart(): Promise<void>;
  close(): Promise<void>;
  call(operation: string, input: Fields): Promise<Fields>;
  deploy(states: Fields, more?: Fields): string;
  start(machine: string, input?: Json, name?: string): Promise<string>;
  describe(execution: string): Promise<Execution>;
  /** Deploys and starts a machine, waits until nothing moves, and describes the execution. */
  run(states: Fields, input?: Json, more?: Fields): Promise<Execution>;
  events(execution: string): Promise<Event[]>;
  types(execution: string): Promise<string[]>;
}

export const ROLE = 'arn:aws:iam::111111111111:role/states';
export const INVOKE = 'arn:aws:states:::lambda:invoke';
export const ECHO = 'arn:aws:lambda:us-east-1:111111111111:function:echo';

/** A Step Functions of its own for one test, on a clock that can be moved. */
export async function openRuntime(
  act: TestFunction = (payload) => payload,
  authorize?: (role: string, action: string, resource: string) => void,
): Promise<Runtime> {
  const folder = mkdtempSync(join(tmpdir(), 'step-functions-'));
  const clock = createClock({ file: join(folder, 'clock.json') });
  const calls: Fields[] = [];
  const invoke = async (name: string, text: string): Promise<InvokeResult> => {
    const payload: Fields = JSON.parse(text);
    calls.push(payload);
    try {
      const given = await act(payload, name);
      // What is only given back is the text that came, which may say more than its value.
      return { payload: given === payload ? text : JSON.stringify(given ?? null) };
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const [errorType, errorMessage] = error.message.split(': ');
      return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
    }
  };
  const lambda: LambdaService = { invoke, invokeAsync: async (name, text) => void (await invoke(name, text)) };
  const open = (): StepFunctions =>
    createStepFunctions({
      dataDir: folder,
      clock,
      lambda,
      region: 'us-east-1',
      accountId: '111111111111',
      ...(authorize && { authorize }),
    });
  let service = open();
  await service.start();
  let machines = 0;

  const runtime: Runtime = {
    get service() {
      return service;
    },
    clock,
    folder,
    calls,
    async restart() {
      await service.stop();
      service = open();
      await service.start();
    },
    async close() {
      await service.stop();
      clock.stop();
      rmSync(folder, { recursive: true });
    },
    call: async (operation, input) => asJson(await service.call(operation, input)),
    deploy(states, more = {}) {
      machines += 1;
      const definition = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more };
      return service.deploy({ name: `machine-${machines}`, definition: JSON.stringify(definition), roleArn: ROLE });
    },
    async start(stateMachineArn, input = {}, name) {
      const started = await runtime.call('StartExecution', {
        stateMachineArn,
        input: JSON.stringify(input),
        ...(name && { name }),
      });
      return String(started.executionArn);
    },
    async describe(executionArn) {
      const execution: Execution & { output?: string } = asJson(
        await runtime.call('DescribeExecution', { executionArn }),
      );
      return execution.output === undefined ? execution : { ...execution, output: JSON.parse(execution.output) };
    },
    async run(states, input, more) {
      const executionArn = await runtime.start(runtime.deploy(states, more), input);
      await clock.settled();
      return runtime.describe(executionArn);
    },
    async events(executionArn) {
      const page: { events: Event[] } = asJson(
        await runtime.call('GetExecutionHistory', { executionArn, maxResults: 1000 }),
      );
      return page.events;
    },
    types: async (execution) => (await runtime.events(execution)).map(({ type }) => type),
  };
  return runtime;
}

/** What a caller on the other side of the wire would have. */
function asJson<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value));
}
