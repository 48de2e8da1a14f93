import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FunctionError, INVOKE, openRuntime, type Runtime } from './runtime.ts';

const call = (name: string) => ({
  Type: 'Task',
  Resource: INVOKE,
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
});

describe('an execution that did not succeed', () => {
  let runtime: Runtime;
  let broken = true;
  const called: string[] = [];
  beforeEach(async () => {
    broken = true;
    called.length = 0;
    runtime = await openRuntime(async (payload, name) => {
      called.push(name);
      if (name === 'fragile') await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      if (name === 'fragile' && broken) throw new FunctionError('Broken: still');
      return payload;
    });
  });
  afterEach(() => runtime.close());

  it('goes on from the state that failed, with its retries unused, and keeps what had succeeded', async () => {
    const { executionArn } = await runtime.run(
      {
        A: { ...call('first'), Next: 'B' },
        B: { ...call('fragile'), Next: 'C' },
        C: { Type: 'Pass', Output: '{% $states.context.Execution.RedriveCount %}', End: true },
      },
      { n: 1 },
    );
    expect(await runtime.describe(executionArn)).toMatchObject({
      status: 'FAILED',
      redriveStatus: 'REDRIVABLE',
      redriveCount: 0,
    });
    broken = false;
    await runtime.call('RedriveExecution', { executionArn });
    await runtime.clock.settled();
    expect(called).toEqual(['first', 'fragile', 'fragile']);
    expect(await runtime.describe(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: 1,
      redriveCount: 1,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    const types = await runtime.types(executionArn);
    expect(types.slice(types.indexOf('ExecutionFailed'))).toEqual([
      'ExecutionFailed',
      'ExecutionRedriven',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('counts the attempts of the state that failed from the first again', async () => {
    const { executionArn } = await runtime.run({
      B: {
        ...call('fragile'),
        Arguments: { FunctionName: 'fragile', Payload: { retried: '{% $states.context.State.RetryCount %}' } },
        Retry: [{ ErrorEquals: ['Broken'], IntervalSeconds: 1, MaxAttempts: 1 }],
        End: true,
      },
    });
    await runtime.clock.advance(2_000);
    await runtime.call('RedriveExecution', { executionArn });
    await runtime.clock.advance(2_000);
    expect(runtime.calls.map(({ retried }) => retried)).toEqual([0, 1, 0, 1]);
    expect(await runtime.describe(executionArn)).toMatchObject({ status: 'FAILED', redriveCount: 1 });
  });

  it('repeats only the branches and iterations that had not succeeded', async () => {
    const branch = (name: string) => ({ StartAt: name, States: { [name]: { ...call(name), End: true } } });
    const { executionArn } = await runtime.run(
      { P: { Type: 'Parallel', Branches: [branch('sound'), branch('fragile')], End: true } },
      7,
    );
    broken = false;
    await runtime.call('RedriveExecution', { executionArn });
    await runtime.clock.settled();
    expect(called).toEqual(['sound', 'fragile', 'fragile']);
    expect((await runtime.describe(executionArn)).output).toEqual([7, 7]);
  });

  it('can be redriven after it was stopped, and after a restart', async () => {
    const executionArn = await runtime.start(runtime.deploy({ W: { Type: 'Wait', Seconds: 100, End: true } }), 'kept');
    await runtime.call('StopExecution', { executionArn, error: 'Enough' });
    expect(await runtime.describe(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Enough' });
    await runtime.restart();
    await runtime.call('RedriveExecution', { executionArn });
    await runtime.clock.advance(101_000);
    expect(await runtime.describe(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: 'kept' });
  });

  it('can be redriven again when it failed again, counting each time, but once for one client token', async () => {
    const { executionArn } = await runtime.run({ B: { ...call('fragile'), End: true } });
    for (const clientToken of ['one', 'one', 'two']) {
      await runtime.call('RedriveExecution', { executionArn, clientToken });
      await runtime.clock.settled();
    }
    expect(await runtime.describe(executionArn)).toMatchObject({ status: 'FAILED', redriveCount: 2 });
  });

  it('cannot be redriven while it runs, after it succeeded, or after 14 days', async () => {
    const { executionArn } = await runtime.run({ A: { Type: 'Succeed' } });
    await expect(runtime.call('RedriveExecution', { executionArn })).rejects.toMatchObject({
      code: 'ExecutionNotRedrivable',
      message: 'Execution is SUCCEEDED and cannot be redriven',
    });
    const running = await runtime.start(runtime.deploy({ W: { Type: 'Wait', Seconds: 1000, End: true } }));
    await expect(runtime.call('RedriveExecution', { executionArn: running })).rejects.toMatchObject({
      code: 'ExecutionNotRedrivable',
    });
    const failed = await runtime.run({ F: { Type: 'Fail' } });
    await runtime.clock.advance(15 * 86_400_000);
    await expect(runtime.call('RedriveExecution', { executionArn: failed.executionArn })).rejects.toMatchObject({
      code: 'ExecutionNotRedrivable',
    });
  });
});
