import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ECHO, INVOKE, openRuntime, type Runtime } from './runtime.ts';

describe('states', () => {
  let runtime: Runtime;
  beforeEach(async () => {
    runtime = await openRuntime();
  });
  afterEach(() => runtime.close());

  it('hand their input on when they have no Output', async () => {
    const { status, output } = await runtime.run(
      { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Succeed' } },
      { kept: [1, null] },
    );
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: { kept: [1, null] } });
  });

  it('see variables as they were when the state was entered, in Assign and in Output', async () => {
    const { output } = await runtime.run({
      A: { Type: 'Pass', Assign: { n: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { n: '{% $n + 1 %}', old: '{% $n %}' }, Output: '{% $n %}', Next: 'C' },
      C: { Type: 'Pass', Output: { n: '{% $n %}', old: '{% $old %}', input: '{% $states.input %}' }, End: true },
    });
    expect(output).toEqual({ n: 2, old: 1, input: 1 });
  });

  it('keep what a Map or Parallel assigns inside to its own branch, and let it read what is outside', async () => {
    const inner = {
      StartAt: 'In',
      States: {
        In: { Type: 'Pass', Assign: { own: '{% $outer & $states.input %}' }, Next: 'Out' },
        Out: { Type: 'Pass', Output: '{% $own %}', End: true },
      },
    };
    const { output } = await runtime.run({
      A: { Type: 'Pass', Assign: { outer: 'o' }, Output: ['a', 'b'], Next: 'M' },
      M: { Type: 'Map', ItemProcessor: inner, Next: 'Z' },
      Z: { Type: 'Pass', Output: { result: '{% $states.input %}', leaked: '{% $exists($own) %}' }, End: true },
    });
    expect(output).toEqual({ result: ['oa', 'ob'], leaked: false });
  });

  it('take the first rule of a Choice that holds, with its own Output and Assign, and else the default with those of the state', async () => {
    const states = {
      C: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.n > 10 %}', Next: 'End', Output: 'large', Assign: { by: 'first' } },
          { Condition: '{% $states.input.n > 5 %}', Next: 'End', Output: 'middle', Assign: { by: 'second' } },
        ],
        Default: 'End',
        Output: 'small',
        Assign: { by: 'default' },
      },
      End: { Type: 'Pass', Output: '{% $states.input & " by " & $by %}', End: true },
    };
    expect((await runtime.run(states, { n: 11 })).output).toBe('large by first');
    expect((await runtime.run(states, { n: 7 })).output).toBe('middle by second');
    expect((await runtime.run(states, { n: 1 })).output).toBe('small by default');
  });

  it('end the execution with States.Runtime, as AWS does, when no rule of a Choice holds and there is no default', async () => {
    const { status, error, cause, executionArn } = await runtime.run({
      C: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'E' }] },
      E: { Type: 'Succeed' },
    });
    expect({ status, error, cause }).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'C' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state.",
    });
    expect(await runtime.types(executionArn)).toEqual(['ExecutionStarted', 'ChoiceStateEntered', 'ExecutionFailed']);
  });

  it('fail with the Error and Cause that expressions make', async () => {
    const { status, error, cause } = await runtime.run(
      { F: { Type: 'Fail', Error: "{% 'E' & $states.input.n %}", Cause: '{% $states.context.State.Name %}' } },
      { n: 7 },
    );
    expect({ status, error, cause }).toEqual({ status: 'FAILED', error: 'E7', cause: 'F' });
  });

  it('give expressions the context object', async () => {
    const { output, executionArn, name, stateMachineArn, startDate } = await runtime.run(
      { A: { Type: 'Pass', Output: '{% $states.context %}', End: true } },
      { a: 1 },
    );
    expect(output).toEqual({
      Execution: {
        Id: executionArn,
        Input: { a: 1 },
        Name: name,
        RoleArn: 'arn:aws:iam::111111111111:role/states',
        StartTime: new Date(startDate * 1000).toISOString(),
        RedriveCount: 0,
      },
      StateMachine: { Id: stateMachineArn, Name: stateMachineArn.split(':').at(-1) },
      State: { Name: 'A', EnteredTime: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
  });

  it('call a function by its ARN with the Arguments and take its payload for the result', async () => {
    const { output, executionArn } = await runtime.run(
      {
        T: {
          Type: 'Task',
          Resource: ECHO,
          Arguments: { twice: '{% $states.input.n * 2 %}' },
          Output: '{% $states.result.twice + 1 %}',
          End: true,
        },
      },
      { n: 4 },
    );
    expect(output).toBe(9);
    expect(runtime.calls).toEqual([{ twice: 8 }]);
    expect(await runtime.types(executionArn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('call lambda:invoke with the Payload of their Arguments, null too, and with an empty object when there is none', async () => {
    const before = runtime.calls.length;
    for (const payload of [{ Payload: null }, {}, { Payload: [1] }])
      await runtime.run({
        T: { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'echo', ...payload }, End: true },
      });
    expect(runtime.calls.slice(before)).toEqual([null, {}, [1]]);
  });

  it('do not wait for the result of a function that is invoked as an event', async () => {
    const { output } = await runtime.run({
      T: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: 'f', InvocationType: 'Event', Payload: { a: 1 } },
        Output: '{% $states.result.StatusCode %}',
        End: true,
      },
    });
    expect(output).toBe(202);
    expect(runtime.calls).toEqual([{ a: 1 }]);
  });

  it('end the execution when its arguments cannot be used to call Lambda, and catch nothing', async () => {
    const { error, cause } = await runtime.run({
      T: {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: "{% {'Payload': 1} %}",
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'E' }],
        End: true,
      },
      E: { Type: 'Succeed' },
    });
    expect(error).toBe('States.Runtime');
    expect(cause).toContain("The field 'FunctionName' is required but was missing");
    expect(runtime.calls).toEqual([]);
  });

  it('refuse an output of more than 256 KiB', async () => {
    const { error } = await runtime.run({ A: { Type: 'Pass', Output: "{% $pad('x', 262143) %}", End: true } });
    expect(error).toBe('States.DataLimitExceeded');
    expect((await runtime.run({ A: { Type: 'Pass', Output: "{% $pad('x', 262142) %}", End: true } })).status).toBe(
      'SUCCEEDED',
    );
  });

  it('refuse arguments and items of more than 256 KiB, and call nothing with them', async () => {
    const large = "{% $pad('x', 262143) %}";
    const inner = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };
    for (const state of [
      { Type: 'Task', Resource: ECHO, Arguments: large },
      { Type: 'Parallel', Arguments: large, Branches: [inner] },
      { Type: 'Map', Items: [1], ItemSelector: { large }, ItemProcessor: inner },
    ])
      expect((await runtime.run({ A: { ...state, End: true } })).error).toBe('States.DataLimitExceeded');
    expect(runtime.calls).toEqual([]);
  });

  it('end an execution that would run for ever at 25,000 events', async () => {
    const { status, cause, executionArn } = await runtime.run({
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Condition: '{% false %}', Next: 'End' }], Default: 'A' },
      End: { Type: 'Succeed' },
    });
    expect({ status, cause }).toEqual({
      status: 'FAILED',
      cause: 'The execution reached the maximum number of history events (25000).',
    });
    const { events } = await runtime.call('GetExecutionHistory', { executionArn, reverseOrder: true, maxResults: 1 });
    expect(events).toMatchObject([{ id: 25_000, type: 'ExecutionFailed' }]);
  });
});
