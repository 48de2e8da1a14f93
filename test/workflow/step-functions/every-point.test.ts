import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { copyOf, live, type Question, type Story } from './lives.ts';
import { INVOKE } from './runtime.ts';

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
    Arguments: { FunctionName: 'doomed', Payload: { redrives: '{% $states.context.Execution.RedriveCount %}' } },
    Output: ['{% $kept %}', '{% $states.input %}'],
    End: true,
  },
};
const definition = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'First', States: states });
const story: Story = {
  definition,
  act: (name, payload) => {
    if (name === 'fragile' && payload.retry === 0) return { throws: 'Fragile' };
    return name === 'doomed' && payload.redrives === 0 ? { throws: 'Doomed' } : { gives: { name } };
  },
  // Only who was asked a second time answers; the first question is lost in silence.
  answer: ({ retry: count }) => (count === 1 ? '"answer"' : undefined),
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

it('goes on to the same end from every point at which it may be killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'every-point-'));
  folders.push(folder);
  const asked: Question[] = [];
  const points: { copy: string; asked: Question[] }[] = [];
  const onBusy = (): void => void points.push({ copy: copyOf(folder), asked: [...asked] });
  const whole = await live(folder, story, asked, { onBusy, redrive: true });
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
    const { described, events, types } = await live(point.copy, story, point.asked, { redrive: true });
    const ids = events.map(({ id }) => id);
    expect({ i, status: described.status, output: described.output }).toEqual({
      i,
      status: 'SUCCEEDED',
      output: whole.described.output,
    });
    expect(ids).toEqual(ids.map((_, at) => at + 1));
    expect({ i, types }).toEqual({ i, types: whole.types });
  }
}, 120_000);
