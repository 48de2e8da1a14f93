import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openRuntime } from './runtime.ts';

const states = {
  Set: { Type: 'Pass', Assign: { kept: { a: [1] } }, Output: ['x', 'y', 'z'], Next: 'Each' },
  Each: {
    Type: 'Map',
    MaxConcurrency: 2,
    ItemProcessor: {
      StartAt: 'Rest',
      States: {
        Rest: { Type: 'Wait', Seconds: '{% $states.context.Map.Item.Index = 0 ? 0 : 60 %}', Next: 'Say' },
        Say: {
          Type: 'Pass',
          Output: '{% $states.input & $string($states.context.Map.Item.Value) & $string($kept) %}',
          End: true,
        },
      },
    },
    End: true,
  },
};

/** Its run as the version before wrote it, while two iterations wait until `until`. */
function olderRun(until: number): string {
  const resting = {
    variables: {},
    doing: { is: 'waiting', until },
    enteredAt: until - 60_000,
    retryCount: 0,
    retries: [],
  };
  const one = {
    state: 'Rest',
    input: 'y',
    ...resting,
    lastEvent: 12,
    eventBefore: 7,
    enteredEvent: 12,
    index: 1,
    item: 'y',
  };
  const two = {
    state: 'Rest',
    input: 'z',
    ...resting,
    lastEvent: 15,
    eventBefore: 14,
    enteredEvent: 15,
    index: 2,
    item: 'z',
  };
  const each = {
    is: 'children',
    open: [one, two],
    outputs: [['xx{"a":[1]}']],
    items: ['x', 'y', 'z'],
    next: 3,
    concurrency: 2,
    failures: 0,
    tolerated: 0,
  };
  const root = { state: 'Each', input: ['x', 'y', 'z'], variables: { kept: { a: [1] } }, doing: each, lastEvent: 11 };
  const entered = { eventBefore: 3, enteredEvent: 4, enteredAt: until - 60_000, retryCount: 0, retries: [], index: 0 };
  return JSON.stringify({ root: { ...root, ...entered }, events: 15, attempts: 0, timeoutAt: until + 86_400_000 });
}

it('an execution that waits in a file of the version before goes on in it', async () => {
  const runtime = await openRuntime();
  try {
    const execution = await runtime.start(runtime.deploy(states));
    await runtime.clock.settled();
    const file = new DatabaseSync(join(runtime.folder, 'step-functions.db'));
    const due = Number(file.prepare('SELECT due FROM executions').get()?.due);
    file.prepare('UPDATE executions SET run = ?').run(olderRun(due));
    file.exec('PRAGMA user_version = 0');
    file.close();
    await runtime.restart();
    await runtime.clock.advance(61_000);
    const output = ['xx{"a":[1]}', 'yy{"a":[1]}', 'zz{"a":[1]}'];
    expect(await runtime.describe(execution)).toMatchObject({ status: 'SUCCEEDED', output });
    await runtime.restart();
    expect(await runtime.describe(execution)).toMatchObject({ status: 'SUCCEEDED', output });
  } finally {
    await runtime.close();
  }
});
