import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '../../../cdk/local/types.ts';
import { ECHO, FunctionError, INVOKE, openRuntime, type Runtime, type TestFunction } from './runtime.ts';

const call = { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' } };

describe('a task that fails', () => {
  let runtime: Runtime;
  let act: TestFunction;
  beforeEach(async () => {
    runtime = await openRuntime((payload, name) => act(payload, name));
  });
  afterEach(() => runtime.close());

  it('ends the execution with the type of the error and the payload that told it', async () => {
    act = () => {
      throw new FunctionError('Retryable: busy');
    };
    const { status, error, cause = '', executionArn } = await runtime.run({ T: { ...call, End: true } });
    expect({ status, error }).toEqual({ status: 'FAILED', error: 'Retryable' });
    expect(JSON.parse(cause)).toEqual({ errorType: 'Retryable', errorMessage: 'busy' });
    expect(await runtime.types(executionArn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'ExecutionFailed',
    ]);
  });

  it('goes where the first catcher that covers the error says, which sees it as $states.errorOutput', async () => {
    act = () => {
      throw new FunctionError('Permanent: no');
    };
    const { output } = await runtime.run(
      {
        T: {
          ...call,
          Catch: [
            { ErrorEquals: ['Other'], Next: 'Wrong' },
            {
              ErrorEquals: ['States.TaskFailed'],
              Next: 'Right',
              Assign: { what: '{% $states.errorOutput.Error %}' },
              Output: '{% $states.input %}',
            },
            { ErrorEquals: ['States.ALL'], Next: 'Wrong' },
          ],
          End: true,
        },
        Right: { Type: 'Pass', Output: { what: '{% $what %}', input: '{% $states.input %}' }, End: true },
        Wrong: { Type: 'Fail' },
      },
      { a: 1 },
    );
    expect(output).toEqual({ what: 'Permanent', input: { a: 1 } });
  });

  it('is called again after the interval, longer each time up to the longest delay, and then caught', async () => {
    const at: number[] = [];
    act = () => {
      at.push(runtime.clock.now());
      throw new FunctionError('Throttled: later');
    };
    const retry = {
      ErrorEquals: ['Throttled'],
      IntervalSeconds: 10,
      BackoffRate: 3,
      MaxAttempts: 4,
      MaxDelaySeconds: 100,
    };
    const arn = await runtime.start(
      runtime.deploy({
        T: {
          ...call,
          Retry: [retry],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E', Output: '{% $states.context.State.RetryCount %}' }],
          End: true,
        },
        E: { Type: 'Succeed' },
      }),
    );
    await runtime.clock.advance(3_600_000);
    expect(at.slice(1).map((time, i) => Math.round((time - (at[i] ?? 0)) / 1000))).toEqual([10, 30, 90, 100]);
    expect((await runtime.describe(arn)).output).toBe(4);
  });

  it('takes the figures of a retrier from expressions', async () => {
    act = () => {
      throw new FunctionError('Throttled: later');
    };
    const retry = {
      ErrorEquals: ['Throttled'],
      IntervalSeconds: '{% $states.input.every %}',
      BackoffRate: 1,
      MaxAttempts: '{% $states.input.times %}',
    };
    const arn = await runtime.start(runtime.deploy({ T: { ...call, Retry: [retry], End: true } }), {
      every: 60,
      times: 2,
    });
    await runtime.clock.advance(119_000);
    expect((await runtime.describe(arn)).status).toBe('RUNNING');
    await runtime.clock.advance(2_000);
    expect((await runtime.describe(arn)).status).toBe('FAILED');
    expect(runtime.calls).toHaveLength(3);
  });

  it('is called again at once when the interval is 0', async () => {
    act = () => {
      throw new FunctionError('Throttled: later');
    };
    const retry = { ErrorEquals: ['Throttled'], IntervalSeconds: 0, MaxAttempts: 2 };
    expect((await runtime.run({ T: { ...call, Retry: [retry], End: true } })).status).toBe('FAILED');
    expect(runtime.calls).toHaveLength(3);
  });

  it('waits at most the delay when jitter is asked for', async () => {
    act = () => {
      throw new FunctionError('Throttled: later');
    };
    const arn = await runtime.start(
      runtime.deploy({
        T: {
          ...call,
          Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 100, MaxAttempts: 1, JitterStrategy: 'FULL' }],
          End: true,
        },
      }),
    );
    await runtime.clock.advance(100_000);
    expect((await runtime.describe(arn)).status).toBe('FAILED');
  });

  it('starts its retries afresh each time the state is entered', async () => {
    act = () => {
      if (runtime.calls.length % 2 === 1) throw new FunctionError('Throttled: later');
      return { calls: runtime.calls.length };
    };
    const arn = await runtime.start(
      runtime.deploy({
        T: {
          ...call,
          Retry: [{ ErrorEquals: ['Throttled'], IntervalSeconds: 1, MaxAttempts: 1 }],
          Output: '{% $states.result.Payload %}',
          Next: 'C',
        },
        C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.calls >= 6 %}', Next: 'E' }], Default: 'T' },
        E: { Type: 'Succeed' },
      }),
    );
    await runtime.clock.advance(60_000);
    expect((await runtime.describe(arn)).output).toEqual({ calls: 6 });
  });

  it('is Lambda.… when Lambda itself refused, and AWSLambdaException when the role may not', async () => {
    act = () => {
      throw new ServiceError('ResourceNotFoundException', 'Function not found: f', 404);
    };
    const missing = await runtime.run({ T: { ...call, End: true } });
    expect(missing.error).toBe('Lambda.ResourceNotFoundException');
    expect(missing.cause).toMatch(
      /^Function not found: f \(Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: .*; Proxy: null\)$/,
    );
  });

  it('is Lambda.Unknown when the function told no error type', async () => {
    act = () => {
      throw new FunctionError('');
    };
    expect((await runtime.run({ T: { Type: 'Task', Resource: ECHO, End: true } })).error).toBe('Lambda.Unknown');
  });

  it('is a failed evaluation, naming expression and field, when an expression of it gives nothing', async () => {
    act = (payload) => payload;
    const { error, cause, executionArn } = await runtime.run({
      T: { ...call, Output: { list: ['{% $states.result.missing %}'] }, End: true },
    });
    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toBe(
      "An error occurred while executing the state 'T' (entered at the event id #2). The JSONata expression '$states.result.missing' specified for the field 'Output/list[0]' returned nothing (undefined).",
    );
    const events = await runtime.events(executionArn);
    expect(events.at(-2)).toMatchObject({
      type: 'EvaluationFailed',
      evaluationFailedEventDetails: { location: 'Output/list[0]', state: 'T', error, cause },
    });
  });

  it('follows the event before the state while its fields are evaluated, and its entry when a value is then no use', async () => {
    const chain = async (state: object, input?: unknown) => {
      const { executionArn } = await runtime.run({ P: { Type: 'Pass', Next: 'S' }, S: state }, input);
      const failed = (await runtime.events(executionArn)).find(({ type }) => type === 'EvaluationFailed');
      return [failed?.previousEventId, Object(failed?.evaluationFailedEventDetails).location];
    };
    const wait = (field: string, expression: string) => ({ Type: 'Wait', [field]: `{% ${expression} %}`, End: true });
    const entry = 4;
    expect(await chain(wait('Timestamp', "'tomorrow'"))).toEqual([entry, 'Timestamp']);
    expect(await chain(wait('Seconds', '-1'))).toEqual([entry, 'Seconds']);
    expect(await chain(wait('Seconds', "'1'"))).toEqual([entry - 1, 'Seconds']);
    expect(await chain(wait('Seconds', '$nothing'))).toEqual([entry - 1, 'Seconds']);
    const map = { Type: 'Map', ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } }, End: true };
    expect(await chain(map, { list: [1] })).toEqual([entry - 1, undefined]);
  });

  it('is caught when the function gave too much, by name and by States.ALL, naming the integration or the function', async () => {
    act = () => '字'.repeat(100_000);
    const tooLarge = (what: string) => ({
      Error: 'States.DataLimitExceeded',
      Cause: `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    });
    const state = (more: object, error: string) => ({
      T: { ...call, ...more, Catch: [{ ErrorEquals: [error], Next: 'E' }], End: true },
      E: { Type: 'Succeed' },
    });
    for (const error of ['States.DataLimitExceeded', 'States.ALL']) {
      expect((await runtime.run(state({}, error))).output).toEqual(tooLarge('lambda'));
      expect((await runtime.run(state({ Resource: ECHO }, error))).output).toEqual(tooLarge(ECHO));
    }
  });

  it('ends the execution, whatever would catch it, when a state makes too much itself', async () => {
    act = () => 'enough';
    const { error, cause, executionArn } = await runtime.run({
      P: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'T',
            States: {
              T: {
                ...call,
                Output: "{% $pad('x', 300000) %}",
                Retry: [{ ErrorEquals: ['States.ALL'] }],
                Catch: [{ ErrorEquals: ['States.ALL'], Next: 'I' }],
                End: true,
              },
              I: { Type: 'Succeed' },
            },
          },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E' }],
        End: true,
      },
      E: { Type: 'Succeed' },
    });
    expect(error).toBe('States.DataLimitExceeded');
    expect(cause).toMatch(/^The state\/task 'T' returned a result with a size exceeding/);
    expect((await runtime.types(executionArn)).slice(-2)).toEqual(['TaskSucceeded', 'ExecutionFailed']);
  });
});

it('a function that the role of the state machine may not invoke is not called', async () => {
  const asked: string[][] = [];
  const runtime = await openRuntime(
    () => 'called',
    (...question) => {
      asked.push(question);
      throw new ServiceError(
        'AccessDeniedException',
        'User: … is not authorized to perform: lambda:InvokeFunction',
        403,
      );
    },
  );
  const { error, cause } = await runtime.run({ T: { ...call, End: true } });
  expect(asked).toEqual([
    [
      'arn:aws:iam::111111111111:role/states',
      'lambda:InvokeFunction',
      'arn:aws:lambda:us-east-1:111111111111:function:f',
    ],
  ]);
  expect(error).toBe('Lambda.AWSLambdaException');
  expect(cause).toContain('Error Code: AccessDeniedException');
  expect(runtime.calls).toEqual([]);
  await runtime.close();
});
