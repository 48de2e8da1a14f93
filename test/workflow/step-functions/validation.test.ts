import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ECHO, openRuntime, ROLE, type Runtime } from './runtime.ts';

const machine = (states: object, more: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...more,
});
const pass = { Type: 'Pass', End: true };

describe('a definition', () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await openRuntime();
  });
  afterAll(() => runtime.close());
  const refused = (definition: unknown, message: string | RegExp) =>
    expect(
      runtime.call('CreateStateMachine', {
        name: 'm',
        roleArn: ROLE,
        definition: typeof definition === 'string' ? definition : JSON.stringify(definition),
      }),
    ).rejects.toMatchObject({
      code: 'InvalidDefinition',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });

  it('must have States and StartAt, said as AWS says it', () =>
    refused(
      { StartAt: 'A' },
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
    ));

  it('must be JSON', () => refused('not a definition', /INVALID_JSON_DESCRIPTION: Unrecognized token 'not'/s));

  it('must be in JSONata: a state in JSONPath is refused with its place', async () => {
    await refused({ StartAt: 'A', States: { A: pass } }, /JSONPath is not supported here.* at \/States\/A/);
    await refused(
      machine({ A: { ...pass, QueryLanguage: 'JSONPath' } }),
      /'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at \/States\/A/,
    );
    await refused(
      machine({ A: { ...pass, ResultPath: '$.a' } }),
      /'ResultPath' is not supported when 'QueryLanguage' is 'JSONata' at \/States\/A\/ResultPath/,
    );
  });

  it('may say its language state by state', async () => {
    const definition = JSON.stringify({ StartAt: 'A', States: { A: { ...pass, QueryLanguage: 'JSONata' } } });
    expect(await runtime.call('ValidateStateMachineDefinition', { definition })).toEqual({
      result: 'OK',
      diagnostics: [],
      truncated: false,
    });
  });

  it.each([
    ['a next state that does not exist', { A: { Type: 'Pass', Next: 'B' } }, /B/],
    ['a state that cannot be reached', { A: pass, B: pass }, /State B is not reachable/],
    ['a state of unknown type', { A: { Type: 'Dream', End: true } }, /States\/A/],
    ['a state with both Next and End', { A: { ...pass, Next: 'B' }, B: pass }, /TERMINAL_STATE_WITH_NEXT/],
    ['a Wait without a time', { A: { Type: 'Wait', End: true } }, /WAIT_DURATION/],
    ['an unknown field', { A: { ...pass, Wishes: 1 } }, /States\/A/],
    [
      'an integration that is not supported, by its name',
      { A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } },
      /The resource provided arn:aws:states:::sqs:sendMessage is not recognized.* at \/States\/A\/Resource/,
    ],
    [
      'a distributed Map',
      {
        A: {
          Type: 'Map',
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'B',
            States: { B: pass },
          },
          End: true,
        },
      },
      /DISTRIBUTED is not supported/,
    ],
    [
      'an expression that does not parse, with its place',
      { A: { ...pass, Output: { a: ['{% 1 + %}'] } } },
      /could not be parsed: .* at \/States\/A\/Output\/a\[0\]/,
    ],
    ['an assignment to the reserved variable', { A: { ...pass, Assign: { states: 1 } } }, /reserved/],
  ])('is refused for %s', (_, states, message) => refused(machine(states), message));

  it('is looked at inside Map and Parallel too', () =>
    refused(
      machine({
        A: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'B', States: { B: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish', End: true } } },
          ],
          End: true,
        },
      }),
      /\/States\/A\/Branches\[0\]\/States\/B\/Resource/,
    ));

  it('may hold any JSON where AWS takes any: constants, lists, whole expressions, empty strings and line breaks', async () => {
    for (const Output of ['text', '', 0, null, [1, '{% 2 %}'], {}, '{% (\n 1\n) %}', { a: '', b: [['{% 1 %}']] }]) {
      const definition = JSON.stringify(machine({ A: { ...pass, Output } }));
      expect(await runtime.call('ValidateStateMachineDefinition', { definition })).toMatchObject({ result: 'OK' });
    }
    const choice = machine({
      C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'T' }] },
      T: { Type: 'Task', Resource: ECHO, TimeoutSeconds: '{% 5 %}', Catch: [], Retry: [], End: true },
    });
    expect(await runtime.call('ValidateStateMachineDefinition', { definition: JSON.stringify(choice) })).toMatchObject({
      result: 'OK',
    });
  });

  it('of an express machine may not wait for a token, and none can be created', async () => {
    const definition = JSON.stringify(
      machine({ A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', End: true } }),
    );
    expect(await runtime.call('ValidateStateMachineDefinition', { definition, type: 'EXPRESS' })).toMatchObject({
      result: 'FAIL',
      diagnostics: [
        {
          code: 'SCHEMA_VALIDATION_FAILED',
          location: '/States/A/Resource',
          message: "Express state machine does not support '.waitForTaskToken' service integration ",
        },
      ],
    });
    await expect(
      runtime.call('CreateStateMachine', { name: 'e', roleArn: ROLE, definition, type: 'EXPRESS' }),
    ).rejects.toMatchObject({ code: 'StateMachineTypeNotSupported' });
  });
});
