import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { createStepFunctions, type StepFunctions } from '../../../cdk/local/step-functions/index.ts';
import { realClock } from '../../../cdk/local/step-functions/real-clock.ts';
import { INVOKE, openRuntime } from './runtime.ts';

const KILLS = Number(process.env.STEP_FUNCTIONS_KILLS ?? 8);

const call = (step: string) => ({
  Type: 'Task',
  Resource: INVOKE,
  Arguments: { FunctionName: step, Payload: { name: '{% $states.context.Execution.Name %}' } },
  Output: '{% $states.input %}',
});
const again = (error: string) => [
  { ErrorEquals: [error], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 1_000, JitterStrategy: 'FULL' },
];
const iteration = { StartAt: 'M', States: { M: { ...call('fragile'), Retry: again('fragile'), End: true } } };
const branches = [
  {
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Resource: `${INVOKE}.waitForTaskToken`,
        Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
        TimeoutSeconds: 3,
        HeartbeatSeconds: 2,
        Retry: again('States.Timeout'),
        End: true,
      },
    },
  },
  { StartAt: 'Pause', States: { Pause: { Type: 'Wait', Seconds: 1, End: true } } },
];
const states = {
  One: { ...call('one'), Assign: { seen: ['one'] }, Next: 'Each' },
  Each: {
    Type: 'Map',
    Items: [1, 2, 3],
    MaxConcurrency: 2,
    ItemProcessor: iteration,
    Assign: { seen: "{% $append($seen, 'each') %}" },
    Output: '{% $states.input %}',
    Next: 'Both',
  },
  Both: {
    Type: 'Parallel',
    Branches: branches,
    Assign: { seen: '{% $append($seen, $states.result[0]) %}' },
    Output: '{% $states.input %}',
    Next: 'Two',
  },
  Two: {
    ...call('doomed'),
    Output: { seen: "{% $append($seen, 'two') %}", name: '{% $states.input.name %}' },
    End: true,
  },
};

it(`loses nothing that was accepted and forgets no step when it is killed ${KILLS} times`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'step-functions-killed-'));
  const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'One', States: states });
  const accepted = new Set<string>();
  for (let life = 0; life < KILLS; life++) {
    const child: ChildProcess = spawn(
      process.execPath,
      [join(import.meta.dirname, 'killed-process.ts'), folder, definition],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    if (child.stdin === null || child.stdout === null) throw new Error('the process has no pipes');
    const lines = createInterface({ input: child.stdout });
    const { promise: killed, resolve } = Promise.withResolvers<void>();
    const until = 10 + Math.floor(Math.random() * 60);
    let told = 0;
    lines.on('line', (line) => {
      if (line === 'ready') for (let i = 0; i < 100; i++) child.stdin?.write(`life-${life}-${i}\n`);
      else accepted.add(line);
      told += 1;
      if (told === until) {
        child.kill('SIGKILL');
        resolve();
      }
    });
    await killed;
    await once(child, 'close');
  }

  const clock = realClock();
  const finished: string[] = [];
  const service: StepFunctions = createStepFunctions({
    dataDir: folder,
    clock,
    region: 'us-east-1',
    accountId: '111111111111',
    lambda: {
      async invoke(name, payload) {
        const answer = { taskToken: JSON.parse(payload).token, output: '"yes"' };
        if (name === 'ask') setImmediate(() => service.call('SendTaskSuccess', answer).catch(() => {}));
        return { payload };
      },
      async invokeAsync() {},
    },
  });
  await service.start();
  const stateMachineArn = 'arn:aws:states:us-east-1:111111111111:stateMachine:killed';
  const inStatus = async (statusFilter: string): Promise<{ executionArn: string }[]> =>
    Object(await service.call('ListExecutions', { stateMachineArn, statusFilter, maxResults: 1_000 })).executions;
  for (const { executionArn } of await inStatus('FAILED')) await service.call('RedriveExecution', { executionArn });
  await expect.poll(async () => (await inStatus('RUNNING')).length, { timeout: 40_000 }).toBe(0);
  for (const name of accepted) {
    const executionArn = `arn:aws:states:us-east-1:111111111111:execution:killed:${name}`;
    expect(await service.call('DescribeExecution', { executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: JSON.stringify({ seen: ['one', 'each', 'yes', 'two'], name }),
    });
    const { events } = Object(await service.call('GetExecutionHistory', { executionArn, maxResults: 1000 }));
    expect(events.map(({ id }: { id: number }) => id)).toEqual(events.map((_: unknown, i: number) => i + 1));
    expect(events.filter(({ type }: { type: string }) => type === 'TaskSucceeded')).toHaveLength(6);
    finished.push(name);
  }
  await service.stop();
  expect(finished.length).toBeGreaterThan(KILLS * 5);
  rmSync(folder, { recursive: true });
}, 90_000);

it('keeps waits, deadlines and open tokens over a restart, however long it was away', async () => {
  const runtime = await openRuntime();
  const ask = {
    Type: 'Task',
    Resource: `${INVOKE}.waitForTaskToken`,
    TimeoutSeconds: 500,
    Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
    End: true,
  };
  const machine = runtime.deploy({
    A: { Type: 'Pass', Assign: { v: '{% $states.input %}' }, Next: 'T' },
    T: { ...ask, Output: '{% $v & $states.result %}' },
  });
  const [answered, late] = [await runtime.start(machine, 'a'), await runtime.start(machine, 'b')];
  const waiting = await runtime.start(runtime.deploy({ W: { Type: 'Wait', Seconds: 300, End: true } }));
  await runtime.clock.settled();
  await runtime.restart();
  await runtime.call('SendTaskSuccess', { taskToken: runtime.calls[0]?.token, output: '"nswer"' });
  expect((await runtime.describe(answered)).output).toBe('answer');
  await runtime.clock.advance(301_000);
  await runtime.restart();
  expect((await runtime.describe(waiting)).status).toBe('SUCCEEDED');
  await runtime.clock.advance(300_000);
  expect(await runtime.describe(late)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  expect(runtime.calls).toHaveLength(2);
  await runtime.close();
});

it('calls a function again, with the same payload, when the process ended before it answered', async () => {
  let hang = true;
  const runtime = await openRuntime(() => (hang ? new Promise(() => {}) : 'answer'));
  const arn = await runtime.start(
    runtime.deploy({
      T: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: 'f', Payload: { id: '{% $uuid() %}' } },
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    }),
  );
  await expect.poll(() => runtime.calls.length).toBe(1);
  hang = false;
  await runtime.restart();
  await expect.poll(async () => (await runtime.describe(arn)).output).toBe('answer');
  expect(runtime.calls[1]).toEqual(runtime.calls[0]);
  expect(await runtime.types(arn)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  await runtime.close();
});

it('calls each function once when several answer at the same moment', async () => {
  const runtime = await openRuntime((payload) => payload);
  const branches = Array.from({ length: 20 }, (_, i) => ({
    StartAt: `T${i}`,
    States: {
      [`T${i}`]: { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f', Payload: i }, Next: `U${i}` },
      [`U${i}`]: { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f', Payload: i + 100 }, End: true },
    },
  }));
  await runtime.run({ P: { Type: 'Parallel', Branches: branches, Output: 'done', End: true } });
  const numbers = runtime.calls.map(Number).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 40 }, (_, i) => (i < 20 ? i : i + 80)));
  await runtime.close();
});

it('has on disk, before a function runs or a caller is answered, what led to it', async () => {
  const seen: unknown[] = [];
  const onDisk = (folder: string, sql: string): unknown => {
    const other = new DatabaseSync(join(folder, 'step-functions.db'), { readOnly: true });
    const rows = other.prepare(sql).all();
    other.close();
    return rows;
  };
  const runtime = await openRuntime(() => {
    seen.push(onDisk(runtime.folder, 'SELECT id FROM events ORDER BY id DESC LIMIT 1'));
    return 'done';
  });
  const step = (next: object) => ({ Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f' }, ...next });
  const machine = runtime.deploy({ A: step({ Next: 'B' }), B: step({ End: true }) });
  await runtime.start(machine, {}, 'seen');
  expect(onDisk(runtime.folder, 'SELECT name FROM executions')).toEqual([{ name: 'seen' }]);
  await runtime.clock.settled();
  // The last event on disk at each call is that call's TaskStarted.
  expect(seen).toEqual([[{ id: 4 }], [{ id: 9 }]]);
  await runtime.close();
});
