import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FunctionError, INVOKE, openRuntime, type Runtime } from './runtime.ts';

const pass = { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } };
const task = {
  StartAt: 'T',
  States: {
    T: {
      Type: 'Task',
      Resource: INVOKE,
      Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
      Output: '{% $states.result.Payload %}',
      End: true,
    },
  },
};

describe('Map', () => {
  let runtime: Runtime;
  let now = 0;
  let most = 0;
  beforeEach(async () => {
    [now, most] = [0, 0];
    runtime = await openRuntime(async (payload) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
      if (payload === null || payload.fails === true) throw new FunctionError('Bad: item');
      return payload;
    });
  });
  afterEach(() => runtime.close());

  it('gives the results in the order of the items, whatever the concurrency', async () => {
    const machine = runtime.deploy({
      M: {
        Type: 'Map',
        Items: '{% $states.input.items %}',
        MaxConcurrency: '{% $states.input.most %}',
        ItemProcessor: task,
        End: true,
      },
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ v: fc.jsonValue() }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 5 }),
        async (items, limit) => {
          most = 0;
          const arn = await runtime.start(machine, { items, most: limit });
          await runtime.clock.settled();
          expect((await runtime.describe(arn)).output).toEqual(JSON.parse(JSON.stringify(items)));
          expect(most).toBeLessThanOrEqual(limit === 0 ? 40 : limit);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('gives each iteration what ItemSelector makes of its item, and keeps null results', async () => {
    const { output } = await runtime.run(
      {
        M: {
          Type: 'Map',
          ItemSelector: {
            at: '{% $states.context.Map.Item.Index %}',
            value: '{% $states.context.Map.Item.Value %}',
            all: '{% $count($states.input) %}',
          },
          ItemProcessor: pass,
          End: true,
        },
      },
      ['a', null],
    );
    expect(output).toEqual([
      { at: 0, value: 'a', all: 2 },
      { at: 1, value: null, all: 2 },
    ]);
    expect((await runtime.run({ M: { Type: 'Map', ItemProcessor: pass, End: true } }, [null, 1])).output).toEqual([
      null,
      1,
    ]);
  });

  it('tells the item it is at everywhere inside the iteration', async () => {
    const inner = {
      StartAt: 'I',
      States: { I: { Type: 'Pass', Output: '{% $states.context.Map.Item.Index %}', End: true } },
    };
    const processor = { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [inner], End: true } } };
    expect((await runtime.run({ M: { Type: 'Map', ItemProcessor: processor, End: true } }, ['a', 'b'])).output).toEqual(
      [[0], [1]],
    );
  });

  it('records its events as AWS does', async () => {
    const { executionArn } = await runtime.run(
      { M: { Type: 'Map', MaxConcurrency: 1, ItemProcessor: pass, End: true } },
      [1, 2],
    );
    const events = await runtime.events(executionArn);
    expect(events.map(({ type, id, previousEventId }) => `${id}<${previousEventId} ${type}`)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 MapStateEntered',
      '3<2 MapStateStarted',
      '4<3 MapIterationStarted',
      '5<4 PassStateEntered',
      '6<5 PassStateExited',
      '7<6 MapIterationSucceeded',
      '8<6 MapIterationStarted',
      '9<8 PassStateEntered',
      '10<9 PassStateExited',
      '11<10 MapIterationSucceeded',
      '12<11 MapStateSucceeded',
      '13<11 MapStateExited',
      '14<13 ExecutionSucceeded',
    ]);
  });

  it('fails with the first iteration that does, ending the others', async () => {
    const { status, error, executionArn } = await runtime.run({ M: { Type: 'Map', ItemProcessor: task, End: true } }, [
      { fails: true },
      { v: 1 },
    ]);
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Bad' });
    const types = await runtime.types(executionArn);
    expect(types.slice(types.indexOf('TaskFailed'))).toEqual([
      'TaskFailed',
      'MapIterationFailed',
      'TaskStateAborted',
      'MapIterationAborted',
      'TaskStateAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('tells of every iteration that timed out at the same moment before it fails with the first', async () => {
    await runtime.close();
    runtime = await openRuntime(() => new Promise(() => {}));
    const slow = { StartAt: 'T', States: { T: { ...task.States.T, TimeoutSeconds: 5 } } };
    const arn = await runtime.start(runtime.deploy({ M: { Type: 'Map', ItemProcessor: slow, End: true } }), [1, 2]);
    await expect.poll(() => runtime.calls.length).toBe(2);
    await expect
      .poll(async () => (await runtime.describe(arn)).status, { timeout: 20_000, interval: 200 })
      .toBe('FAILED');
    const events = await runtime.events(arn);
    expect(events.slice(-8).map(({ type, id, previousEventId }) => `${id}<${previousEventId} ${type}`)).toEqual([
      '12<10 TaskTimedOut',
      '13<11 TaskTimedOut',
      '14<12 MapIterationFailed',
      '15<12 TaskStateAborted',
      '16<12 MapIterationAborted',
      '17<12 TaskStateAborted',
      '18<12 MapStateFailed',
      '19<18 ExecutionFailed',
    ]);
  });

  it('goes on while no more iterations fail than are tolerated', async () => {
    const machine = (tolerance: object) => ({
      M: { Type: 'Map', MaxConcurrency: 1, ...tolerance, ItemProcessor: task, End: true },
    });
    const items = [{ fails: true }, { v: 1 }, { fails: true }, { v: 2 }];
    expect((await runtime.run(machine({ ToleratedFailureCount: 2 }), items)).output).toEqual([{ v: 1 }, { v: 2 }]);
    expect((await runtime.run(machine({ ToleratedFailurePercentage: 50 }), items)).output).toEqual([
      { v: 1 },
      { v: 2 },
    ]);
    expect((await runtime.run(machine({ ToleratedFailureCount: 1 }), items)).error).toBe(
      'States.ExceedToleratedFailureThreshold',
    );
  });

  it('can be retried as a whole and caught', async () => {
    const arn = await runtime.start(
      runtime.deploy({
        M: {
          Type: 'Map',
          ItemProcessor: task,
          Retry: [{ ErrorEquals: ['Bad'], IntervalSeconds: 5, MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['Bad'], Next: 'E', Output: 'caught' }],
          End: true,
        },
        E: { Type: 'Succeed' },
      }),
      [{ fails: true }],
    );
    await runtime.clock.advance(10_000);
    expect((await runtime.describe(arn)).output).toBe('caught');
    expect(runtime.calls).toHaveLength(2);
    const types = await runtime.types(arn);
    expect(types.filter((type) => type === 'MapStateStarted')).toHaveLength(2);
    expect(types.slice(-5)).toEqual([
      'MapStateFailed',
      'MapStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
  });
});

describe('Parallel', () => {
  it('gives its Arguments to each branch and the results in the order of the branches', async () => {
    const runtime = await openRuntime();
    const branch = (name: string) => ({
      StartAt: name,
      States: { [name]: { Type: 'Pass', Output: `{% $states.input.n & '${name}' %}`, End: true } },
    });
    const { output, executionArn } = await runtime.run(
      {
        P: {
          Type: 'Parallel',
          Arguments: { n: '{% $states.input.n + 1 %}' },
          Branches: [branch('A'), branch('B')],
          End: true,
        },
      },
      { n: 1 },
    );
    expect(output).toEqual(['2A', '2B']);
    expect(await runtime.types(executionArn)).toEqual([
      'ExecutionStarted',
      'ParallelStateEntered',
      'ParallelStateStarted',
      'PassStateEntered',
      'PassStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ParallelStateSucceeded',
      'ParallelStateExited',
      'ExecutionSucceeded',
    ]);
    await runtime.close();
  });

  it('that fails after its branches succeeded fails after that success', async () => {
    const runtime = await openRuntime();
    const eventsOf = async (Output: string) => {
      const { executionArn } = await runtime.run({
        P: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', End: true } } }],
          Output: `{% ${Output} %}`,
          End: true,
        },
      });
      const events = await runtime.events(executionArn);
      return events.slice(5).map(({ type, previousEventId }) => [type, previousEventId]);
    };
    expect(await eventsOf("$pad('x', 300000)")).toEqual([
      ['ParallelStateSucceeded', 5],
      ['ExecutionFailed', 6],
    ]);
    expect(await eventsOf('$nothing')).toEqual([
      ['ParallelStateSucceeded', 5],
      ['EvaluationFailed', 6],
      ['ParallelStateFailed', 7],
      ['ExecutionFailed', 8],
    ]);
    await runtime.close();
  });

  it('fails a second time when the catcher that took its failure cannot be evaluated', async () => {
    const runtime = await openRuntime();
    const { error, executionArn } = await runtime.run({
      P: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'B', States: { B: { Type: 'Fail', Error: 'Lost' } } }],
        Catch: [{ ErrorEquals: ['Lost'], Assign: { found: '{% $nothing %}' }, Next: 'E' }],
        Next: 'E',
      },
      E: { Type: 'Succeed' },
    });
    expect(error).toBe('States.QueryEvaluationError');
    const events = await runtime.events(executionArn);
    expect(events.slice(3).map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['FailStateEntered', 3],
      ['ParallelStateFailed', 4],
      ['EvaluationFailed', 4],
      ['ParallelStateFailed', 6],
      ['ExecutionFailed', 7],
    ]);
    await runtime.close();
  });

  it('ends the waits of its other branches when one fails, and never goes on in them', async () => {
    const runtime = await openRuntime();
    const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, Next: 'T' }, T: task.States.T } };
    const fail = {
      StartAt: 'S',
      States: { S: { Type: 'Wait', Seconds: 5, Next: 'F' }, F: { Type: 'Fail', Error: 'Stop' } },
    };
    const arn = await runtime.start(
      runtime.deploy({
        P: { Type: 'Parallel', Branches: [wait, fail], Catch: [{ ErrorEquals: ['Stop'], Next: 'E' }], End: true },
        E: { Type: 'Succeed' },
      }),
    );
    await runtime.clock.advance(3_600_000);
    expect((await runtime.describe(arn)).output).toEqual({ Error: 'Stop', Cause: '' });
    expect(runtime.calls).toEqual([]);
    expect((await runtime.types(arn)).filter((type) => /Aborted|Failed/.test(type))).toEqual([
      'WaitStateAborted',
      'ParallelStateFailed',
    ]);
    await runtime.close();
  });
});
