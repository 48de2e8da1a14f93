import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createClock } from '../../../cdk/local/clock.ts';
import { createStepFunctions } from '../../../cdk/local/step-functions/index.ts';
import type { Clock, LambdaService } from '../../../cdk/local/types.ts';
import { INVOKE, ROLE } from './runtime.ts';

const call = (name: string) => ({
  Type: 'Task',
  Resource: INVOKE,
  Arguments: { FunctionName: name, Payload: { retry: '{% $states.context.State.RetryCount %}' } },
  Output: '{% $states.result.Payload.name %}',
});
const ask = {
  ...call('ask'),
  Resource: `${INVOKE}.waitForTaskToken`,
  Arguments: {
    FunctionName: 'ask',
    Payload: { token: '{% $states.context.Task.Token %}', retry: '{% $states.context.State.RetryCount %}' },
  },
  Output: '{% $states.result %}',
};
const branch = (name: string, states: object) => ({ StartAt: name, States: states });
const retry = (error: string) => [{ ErrorEquals: [error], IntervalSeconds: 20, MaxAttempts: 1 }];
const states = {
  First: { ...call('first'), Assign: { kept: 'variable' }, Next: 'Each' },
  Each: {
    Type: 'Map',
    Items: ['a', 'b', 'c'],
    MaxConcurrency: 2,
    ItemProcessor: branch('Item', { Item: { ...call('fragile'), Retry: retry('Fragile'), End: true } }),
    Next: 'Pause',
  },
  Pause: { Type: 'Wait', Seconds: 60, Next: 'Both' },
  Both: {
    Type: 'Parallel',
    Branches: [
      branch('Ask', {
        Ask: {
          ...ask,
          TimeoutSeconds: 300,
          HeartbeatSeconds: 100,
          Retry: retry('States.HeartbeatTimeout'),
          End: true,
        },
      }),
      branch('Slow', {
        Slow: { Type: 'Wait', Seconds: 30, Next: 'Late' },
        Late: { ...ask, TimeoutSeconds: 50, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Caught' }], End: true },
        Caught: { Type: 'Pass', Output: 'caught', End: true },
      }),
    ],
    Next: 'Last',
  },
  Last: {
    ...call('doomed'),
    Arguments: { FunctionName: 'doomed', Payload: '{% $states.context.Execution.RedriveCount %}' },
    Output: ['{% $kept %}', '{% $states.input %}'],
    End: true,
  },
};
const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'First', States: states });
const region = 'us-east-1';
const accountId = '111111111111';
const executionArn = `arn:aws:states:${region}:${accountId}:execution:every:point`;

/** Functions that fail, stay silent and answer the same in every life; `asked` keeps the tokens given out. */
function functions(asked: { token: string; retry: number }[]): LambdaService {
  return {
    async invoke(name, text) {
      const payload = JSON.parse(text);
      if (name === 'ask') asked.push(payload);
      const error =
        name === 'fragile' && payload.retry === 0 ? 'Fragile' : name === 'doomed' && payload === 0 ? 'Doomed' : '';
      if (error) return { payload: JSON.stringify({ errorType: error, errorMessage: '' }), functionError: 'Unhandled' };
      return { payload: JSON.stringify({ name }) };
    },
    async invokeAsync() {},
  };
}

/** Everything that a kill would leave, at the moment it is called. */
function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'every-point-'));
  for (const file of ['clock.json', 'step-functions.db', 'step-functions.db-wal'])
    if (existsSync(join(folder, file))) cpSync(join(folder, file), join(copy, file));
  return copy;
}

/** Lives on what is in the folder until the execution has succeeded, and tells its history. */
async function live(folder: string, asked: { token: string; retry: number }[], onBusy: () => void = () => {}) {
  const real = createClock({ file: join(folder, 'clock.json') });
  const clock: Clock = {
    ...real,
    busy(what) {
      onBusy();
      return real.busy(what);
    },
  };
  const service = createStepFunctions({ dataDir: folder, clock, lambda: functions(asked), region, accountId });
  const stateMachineArn = service.deploy({ name: 'every', definition, roleArn: ROLE });
  await service.start();
  await service.call('StartExecution', { stateMachineArn, name: 'point' }).catch(() => {});
  let described = Object(undefined);
  for (let i = 0; i < 60; i++) {
    await clock.settled();
    described = Object(await service.call('DescribeExecution', { executionArn }));
    if (described.status === 'SUCCEEDED') break;
    if (described.status === 'FAILED') await service.call('RedriveExecution', { executionArn });
    else await clock.advance(10_000);
    // Only who was asked a second time answers; the first question is lost in silence.
    for (const { token, retry: count } of asked)
      if (count === 1) await service.call('SendTaskSuccess', { taskToken: token, output: '"answer"' }).catch(() => {});
  }
  const { events } = Object(await service.call('GetExecutionHistory', { executionArn, maxResults: 1000 }));
  await service.stop();
  real.stop();
  const numbered: { id: number; type: string }[] = events;
  return { described, ids: numbered.map(({ id }) => id), types: numbered.map(({ type }) => type).sort() };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

it('goes on to the same end from every point at which it may be killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'every-point-'));
  folders.push(folder);
  const asked: { token: string; retry: number }[] = [];
  const points: { copy: string; asked: { token: string; retry: number }[] }[] = [];
  const whole = await live(folder, asked, () => points.push({ copy: copyOf(folder), asked: [...asked] }));
  folders.push(...points.map(({ copy }) => copy));
  expect(whole.described).toMatchObject({
    status: 'SUCCEEDED',
    redriveCount: 1,
    output: JSON.stringify(['variable', ['answer', 'caught']]),
  });
  for (const type of ['TaskTimedOut', 'TaskSubmitted', 'ExecutionRedriven', 'MapIterationSucceeded'])
    expect(whole.types).toContain(type);
  // how many turns there are depends on how much a machine does in one
  expect(points.length).toBeGreaterThan(20);
  for (const [i, point] of points.entries()) {
    const { described, ids, types } = await live(point.copy, point.asked);
    expect({ i, status: described.status, output: described.output }).toEqual({
      i,
      status: 'SUCCEEDED',
      output: whole.described.output,
    });
    expect(ids).toEqual(ids.map((_, at) => at + 1));
    expect({ i, types }).toEqual({ i, types: whole.types });
  }
}, 120_000);
