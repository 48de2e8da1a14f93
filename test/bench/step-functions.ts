/**
 * Figures of the Step Functions runtime: durable transitions a second with many executions at once, latency of one,
 * a start with many executions that wait, and the memory each of those takes. Run it by itself with node, or with `json`
 * for a report that goes on.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createStepFunctions, type StepFunctions } from '../../cdk/local/step-functions/index.ts';
import { realClock } from '../../cdk/local/step-functions/real-clock.ts';
import { byInterpreter } from './npm-interpreter.ts';
import { type Figure, print } from './report.ts';

const WAITING = Number(process.env.BENCH_WAITING ?? 100_000);
const AT_ONCE = 2_000;
const ROLE = 'arn:aws:iam::111111111111:role/bench';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
/** Five transitions with two calls, variables and a choice: what a stage of a real workflow does. */
const STEPS = {
  A: { Type: 'Pass', Assign: { n: '{% $states.input.n %}' }, Next: 'B' },
  B: {
    ...TASK,
    Arguments: { FunctionName: 'f', Payload: { n: '{% $n %}' } },
    Output: '{% $states.result.Payload %}',
    Next: 'C',
  },
  C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n >= 0 %}', Next: 'D' }], Default: 'D' },
  D: {
    ...TASK,
    Arguments: { FunctionName: 'f', Payload: { n: '{% $n + 1 %}' } },
    Output: '{% $states.result.Payload %}',
    Next: 'E',
  },
  E: { Type: 'Succeed' },
};
const ASK = {
  W: {
    ...TASK,
    Resource: `${TASK.Resource}.waitForTaskToken`,
    TimeoutSeconds: 864_000,
    Arguments: {
      FunctionName: 'f',
      Payload: { token: '{% $states.context.Task.Token %}', n: '{% $states.input.n %}' },
    },
    End: true,
  },
};

function open(folder: string): StepFunctions {
  const lambda = { invoke: async (_: string, payload: string) => ({ payload }), invokeAsync: async () => {} };
  return createStepFunctions({
    dataDir: folder,
    clock: realClock(),
    lambda,
    region: 'us-east-1',
    accountId: '111111111111',
  });
}

function deploy(service: StepFunctions, name: string, states: object): string {
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states });
  return service.deploy({ name, definition, roleArn: ROLE });
}

async function untilDone(service: StepFunctions, stateMachineArn: string): Promise<void> {
  for (;;) {
    const { executions } = Object(
      await service.call('ListExecutions', { stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 }),
    );
    if (executions.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function startMany(service: StepFunctions, machine: string, prefix: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - from);
    await Promise.all(
      Array.from({ length: size }, (_, i) =>
        service.call('StartExecution', {
          stateMachineArn: machine,
          name: `${prefix}-${from + i}`,
          input: JSON.stringify({ n: i }),
        }),
      ),
    );
  }
}

async function throughput(service: StepFunctions): Promise<number> {
  const machine = deploy(service, 'steps', STEPS);
  await startMany(service, machine, 'warm', AT_ONCE);
  await untilDone(service, machine);
  const began = performance.now();
  await startMany(service, machine, 'measured', 2 * AT_ONCE);
  await untilDone(service, machine);
  return (2 * AT_ONCE * Object.keys(STEPS).length * 1000) / (performance.now() - began);
}

/** Milliseconds from StartExecution to the end of an execution of five states, one at a time: median and 95th percentile. */
async function latency(service: StepFunctions): Promise<readonly [number, number]> {
  const stateMachineArn = deploy(service, 'steps', STEPS);
  const took: number[] = [];
  for (let i = 0; i < 200; i++) {
    const began = performance.now();
    const { executionArn } = Object(
      await service.call('StartExecution', { stateMachineArn, input: JSON.stringify({ n: i }) }),
    );
    while (Object(await service.call('DescribeExecution', { executionArn })).status === 'RUNNING')
      await new Promise(setImmediate);
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  return [took[100] ?? 0, took[190] ?? 0];
}

/** Starts in a process of its own; gives milliseconds until the first answer and the resident bytes then. */
function startApart(folder: string): { ms: number; rss: number } {
  const { stdout } = spawnSync(process.execPath, ['--expose-gc', import.meta.filename, folder], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

async function measureStart(folder: string): Promise<void> {
  const began = performance.now();
  const service = open(folder);
  await service.start();
  await service.call('ListStateMachines', {});
  const ms = performance.now() - began;
  globalThis.gc?.();
  console.log(JSON.stringify({ ms, rss: process.memoryUsage().rss }));
  await service.stop();
}

/**
 * The same five steps as a plain function that commits after each, as one would write them by hand: steps a second. No
 * states, no expressions, no history.
 */
function byHand(folder: string): number {
  const database = new DatabaseSync(join(folder, 'by-hand.db'));
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE steps (id INTEGER PRIMARY KEY, n TEXT)',
  );
  const write = database.prepare('INSERT INTO steps (n) VALUES (?)');
  const count = 1_000;
  const began = performance.now();
  for (let i = 0; i < count; i++) write.run(JSON.stringify({ n: i }));
  const perSecond = (count * 1000) / (performance.now() - began);
  database.close();
  return perSecond;
}

async function figures(folder: string, empty: string): Promise<Figure[]> {
  const service = open(folder);
  await service.start();
  const perSecond = await throughput(service);
  const [middle, late] = await latency(service);
  const machine = deploy(service, 'ask', ASK);
  const before = statSync(join(folder, 'step-functions.db')).size;
  await startMany(service, machine, 'waits', WAITING);
  await service.stop();
  const disk = (statSync(join(folder, 'step-functions.db')).size - before) / WAITING;
  const full = startApart(folder);
  const bare = startApart(empty);
  const waiting = WAITING.toLocaleString('en');
  return [
    {
      what: `durable transitions a second, ${AT_ONCE.toLocaleString('en')} executions at once`,
      value: perSecond,
      beside: { what: 'a commit a step, by hand', value: byHand(empty) },
      target: { least: 2_000 },
    },
    {
      what: 'the same, beside an interpreter that keeps nothing',
      value: perSecond,
      beside: { what: 'aws-local-stepfunctions, in memory', value: await byInterpreter(2 * AT_ONCE, AT_ONCE) },
    },
    { what: 'an execution of five states, one at a time: median', value: middle, unit: 'ms' },
    { what: 'an execution of five states, one at a time: 95th percentile', value: late, unit: 'ms' },
    {
      what: `start with ${waiting} waiting executions`,
      value: full.ms / 1000,
      unit: 's',
      beside: { what: 'with none', value: bare.ms / 1000 },
      // ten seconds for a hundred thousand
      target: { most: (10 * WAITING) / 100_000 },
    },
    {
      what: 'memory per waiting execution',
      value: Math.max(0, full.rss - bare.rss) / WAITING,
      unit: 'bytes',
      target: { most: 2_048 },
    },
    { what: 'disk per waiting execution, with its history', value: disk, unit: 'bytes' },
  ];
}

async function main(json: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const empty = mkdtempSync(join(tmpdir(), 'bench-'));
  const section = { title: 'Step Functions', figures: await figures(folder, empty) };
  if (json) console.log(JSON.stringify(section));
  else print(section);
  for (const one of [folder, empty]) rmSync(one, { recursive: true });
}

const [how] = process.argv.slice(2);
await (how === undefined || how === 'json' ? main(how === 'json') : measureStart(how));
