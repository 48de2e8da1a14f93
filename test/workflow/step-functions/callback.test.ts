import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ECHO, FunctionError, INVOKE, openRuntime, type Runtime, type TestFunction } from './runtime.ts';

const ask = {
  Type: 'Task',
  Resource: `${INVOKE}.waitForTaskToken`,
  Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
};

describe('a task that waits for its token', () => {
  let runtime: Runtime;
  let act: TestFunction;
  beforeEach(async () => {
    act = () => 'asked';
    runtime = await openRuntime((payload, name) => act(payload, name));
  });
  afterEach(() => runtime.close());
  const token = (call = -1): string => String(runtime.calls.at(call)?.token);
  const waiting = async (more: object = {}): Promise<string> => {
    const arn = await runtime.start(runtime.deploy({ T: { ...ask, ...more, End: true } }));
    await runtime.clock.settled();
    return arn;
  };

  it('goes on with the output that comes with the token', async () => {
    const arn = await waiting({ Output: '{% $states.result.answer %}' });
    expect((await runtime.describe(arn)).status).toBe('RUNNING');
    await runtime.call('SendTaskSuccess', { taskToken: token(), output: '{"answer":42}' });
    expect(await runtime.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: 42 });
    expect(await runtime.types(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
    const [, , scheduled] = await runtime.events(arn);
    expect(scheduled).toMatchObject({
      taskScheduledEventDetails: { resource: 'invoke.waitForTaskToken', resourceType: 'lambda', region: 'us-east-1' },
    });
  });

  it('fails with the error that comes with the token', async () => {
    const arn = await waiting();
    await runtime.call('SendTaskFailure', { taskToken: token(), error: 'Declined', cause: 'no budget' });
    expect(await runtime.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Declined', cause: 'no budget' });
  });

  it('takes the first answer only', async () => {
    await waiting();
    const answers = await Promise.allSettled(
      [1, 2, 3].map((output) => runtime.call('SendTaskSuccess', { taskToken: token(), output: String(output) })),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(runtime.call('SendTaskFailure', { taskToken: token() })).rejects.toMatchObject({
      code: 'TaskTimedOut',
      message: "Task Timed Out: 'Provided task does not exist anymore'",
    });
  });

  it('may be answered by the function itself, before it has ended', async () => {
    act = async ({ token: own }) => {
      await runtime.call('SendTaskSuccess', { taskToken: own, output: '"at once"' });
      return 'too late to matter';
    };
    expect(await runtime.describe(await waiting())).toMatchObject({ status: 'SUCCEEDED', output: 'at once' });
  });

  it('fails when the function that was to pass the token on fails', async () => {
    act = () => {
      throw new FunctionError('Broken: no');
    };
    expect(await runtime.describe(await waiting())).toMatchObject({ status: 'FAILED', error: 'Broken' });
  });

  it('gets a new token for a retry; the old one is worth nothing', async () => {
    const arn = await waiting({
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 }],
    });
    await runtime.clock.advance(62_000);
    expect(token(0)).not.toBe(token(1));
    await expect(runtime.call('SendTaskSuccess', { taskToken: token(0), output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
    await runtime.call('SendTaskSuccess', { taskToken: token(1), output: '2' });
    expect((await runtime.describe(arn)).output).toBe(2);
  });

  it('times out after its TimeoutSeconds, which an expression may give', async () => {
    const arn = await waiting({ TimeoutSeconds: '{% 30 * 2 %}' });
    await runtime.clock.advance(55_000);
    expect((await runtime.describe(arn)).status).toBe('RUNNING');
    await runtime.clock.advance(6_000);
    expect(await runtime.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('times out when no heartbeat comes in time, and not while they come', async () => {
    const arn = await waiting({ HeartbeatSeconds: 60, TimeoutSeconds: 86_400 });
    for (let i = 0; i < 5; i++) {
      await runtime.clock.advance(50_000);
      await runtime.call('SendTaskHeartbeat', { taskToken: token() });
    }
    expect((await runtime.describe(arn)).status).toBe('RUNNING');
    await runtime.clock.advance(61_000);
    expect(await runtime.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect((await runtime.types(arn)).slice(-2)).toEqual(['TaskTimedOut', 'ExecutionFailed']);
  });

  it('can be caught as States.HeartbeatTimeout when it was silent, and not when it took too long', async () => {
    const states = (limits: object) => ({
      T: {
        ...ask,
        ...limits,
        Catch: [
          { ErrorEquals: ['States.HeartbeatTimeout'], Next: 'S' },
          { ErrorEquals: ['States.Timeout'], Next: 'L' },
        ],
        End: true,
      },
      S: { Type: 'Pass', Output: 'silent', End: true },
      L: { Type: 'Pass', Output: 'late', End: true },
    });
    const silent = await runtime.start(runtime.deploy(states({ HeartbeatSeconds: 10, TimeoutSeconds: 60 })));
    const late = await runtime.start(runtime.deploy(states({ TimeoutSeconds: 60 })));
    await runtime.clock.advance(120_000);
    expect((await runtime.describe(silent)).output).toBe('silent');
    expect((await runtime.describe(late)).output).toBe('late');
  });

  it('works the same for a function named by its ARN', async () => {
    const arn = await runtime.start(
      runtime.deploy({
        T: {
          Type: 'Task',
          Resource: `${ECHO}.waitForTaskToken`,
          Arguments: { token: '{% $states.context.Task.Token %}' },
          End: true,
        },
      }),
    );
    await runtime.clock.settled();
    await runtime.call('SendTaskSuccess', { taskToken: token(), output: '"done"' });
    expect((await runtime.describe(arn)).output).toBe('done');
  });

  it('refuses tokens it never gave, and output that is no JSON', async () => {
    await waiting();
    for (const taskToken of ['nonsense', `AQC${'A'.repeat(75)}=`]) {
      await expect(runtime.call('SendTaskSuccess', { taskToken, output: '1' })).rejects.toMatchObject({
        code: 'InvalidToken',
      });
    }
    await expect(runtime.call('SendTaskSuccess', { taskToken: token(), output: 'oops' })).rejects.toMatchObject({
      code: 'InvalidOutput',
    });
    await expect(
      runtime.call('SendTaskSuccess', { taskToken: token(), output: `"${'x'.repeat(262_144)}"` }),
    ).rejects.toMatchObject({ code: 'ValidationException' });
  });
});
