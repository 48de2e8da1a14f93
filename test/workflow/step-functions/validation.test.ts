import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ECHO, INVOKE, openRuntime, ROLE, type Runtime } from './runtime.ts';

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
      { StartAt: 'A', States: { A: { ...pass, Output: 1 } } },
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/A'",
    );
    await refused(
      machine({ A: { ...pass, QueryLanguage: 'JSONPath' } }),
      /'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at \/States\/A/,
    );
    await refused(
      machine({ A: { ...pass, ResultPath: '$.a' } }),
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONata', but field 'ResultPath' is only supported for the 'JSONPath' QueryLanguage at /States/A'",
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
    ['a state of unknown type', { A: { Type: 'Dream', End: true } }, /States\/A/],
    [
      'a state with both Next and End',
      { A: { ...pass, Next: 'B' }, B: pass },
      /only be one of the following fields: \[Next, End\]/,
    ],
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
      'an assignment to the reserved variable',
      { A: { ...pass, Assign: { states: 1 } } },
      /RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '\$states'\. at \/States\/A\/Assign\/states/,
    ],
    [
      'a variable with a name that no expression could read',
      { A: { ...pass, Assign: { 'a b': 1 } } },
      /INVALID_VARIABLE_NAME: Invalid variable name 'a b': the variable name contains invalid characters\. at \/States\/A\/Assign\/a b/,
    ],
    [
      'a variable with a name of more than 80 characters',
      { A: { ...pass, Assign: { ['v'.repeat(80)]: 1, ['w'.repeat(81)]: 1 } } },
      /: 'INVALID_VARIABLE_NAME: Invalid variable name 'w+': it has more than 80 characters\./,
    ],
    [
      'an assignment to a variable of a scope around it',
      {
        A: { Type: 'Pass', Assign: { v: 1 }, Next: 'M' },
        M: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'I', States: { I: { ...pass, Assign: { v: 2 } } } },
          End: true,
        },
      },
      /'v' is assigned in a scope around this one already at \/States\/M\/ItemProcessor\/States\/I\/Assign\/v/,
    ],
    [
      'credentials of its own for a task, by name',
      { A: { Type: 'Task', Resource: ECHO, Credentials: {}, End: true } },
      /'Credentials'/,
    ],
  ])('is refused for %s', (_, states, message) => refused(machine(states), message));

  const schema = (message: string) => `SCHEMA_VALIDATION_FAILED: ${message}`;
  const target = (message: string) => `MISSING_TRANSITION_TARGET: ${message}`;
  const task = { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f' } };
  const within = (state: object) => ({ StartAt: 'I', States: { I: state } });
  it.each([
    [
      { Z: undefined, A: pass },
      [target("Missing 'Next' target: Z at /StartAt"), target('State "A" is not reachable. at /States/A')],
    ],
    [
      { A: { Type: 'Pass', Next: 'X' } },
      [
        target("Missing 'Next' target: X at /States/A/Next"),
        'MISSING_END_STATE: Workflow has no terminal state at null',
      ],
    ],
    [
      { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } },
      ['MISSING_END_STATE: Workflow has no terminal state at null'],
    ],
    [
      { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' }, C: pass },
      [target('State "C" is not reachable. at /States/C')],
    ],
    [
      { A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'X' }], Default: 'Y' }, Z: pass },
      [
        target("Missing 'Next' target: X at /States/A/Choices[0]/Next"),
        target("Missing 'Next' target: Y at /States/A/Default"),
        target('State "Z" is not reachable. at /States/Z'),
      ],
    ],
    [
      {
        M: {
          Type: 'Map',
          ItemProcessor: within({ ...task, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'X' }], End: true }),
          End: true,
        },
      },
      [target("Missing 'Next' target: X at /States/M/ItemProcessor/States/I/Catch[0]/Next")],
    ],
    [
      { A: { Type: 'Parallel', Branches: [within(pass), within(pass)], End: true } },
      ['DUPLICATE_STATE_NAME: Duplicate State name: I at /States/A/Branches[1]/States/I'],
    ],
    [
      { A: { ...pass, TimeoutSeconds: 5, Catch: [], Retry: [] } },
      ['TimeoutSeconds', 'Catch', 'Retry'].map((field) => schema(`Field '${field}' is not supported at /States/A`)),
    ],
    [
      { A: { Type: 'Map', TimeoutSeconds: 5, ItemProcessor: within(pass), End: true } },
      [schema("Field 'TimeoutSeconds' is not supported at /States/A")],
    ],
    [
      { A: { Type: 'Map', ItemProcessor: { ...within(pass), QueryLanguage: 'JSONata' }, End: true } },
      [schema("Field 'QueryLanguage' is not supported at /States/A/ItemProcessor")],
    ],
    [
      {
        A: {
          Type: 'Map',
          ItemProcessor: { ...within(pass), ProcessorConfig: { Mode: 'INLINE', ExecutionType: 'STANDARD' } },
          End: true,
        },
      },
      [schema("Field 'ExecutionType' is not supported at /States/A/ItemProcessor/ProcessorConfig")],
    ],
    [
      { [`A${'b'.repeat(80)}`]: pass },
      [
        `INVALID_STATE_NAME: Invalid State name: State exceeds the 80-character limit allowed by the service at /States/A${'b'.repeat(80)}`,
      ],
    ],
    [
      { A: { Type: 'Choice', Choices: [{ Condition: true }], Default: 'B' }, B: pass },
      [schema('These fields are required: [Next] at /States/A/Choices[0]')],
    ],
    [{ A: { Type: 'Task', End: true } }, [schema('These fields are required: [Resource] at /States/A')]],
    [
      { A: { ...task, Arguments: { Payload: 1, Function: 'f' }, End: true } },
      [
        schema("The field 'FunctionName' is required but was missing at /States/A/Arguments"),
        schema("The field 'Function' is not supported by Step Functions at /States/A/Arguments"),
      ],
    ],
    [
      { A: { Type: 'Choice', Choices: [{ Next: 'B' }], Default: 'B' }, B: pass },
      [
        schema(
          'The object must have only one of the following fields, [And, Or, Not, Variable, Condition] at /States/A/Choices[0]',
        ),
      ],
    ],
    [
      { A: { ...pass, Next: 'B' }, B: { Type: 'Pass' } },
      [
        schema('There should only be one of the following fields: [Next, End] at /States/A'),
        schema('This object should have only one of the following fields: [Next, End] at /States/B'),
      ],
    ],
    [
      { A: { Type: 'Wait', Seconds: 1, Timestamp: '{% $t %}', Next: 'B' }, B: { Type: 'Map', End: true } },
      [
        schema(
          'There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/A',
        ),
        schema('This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/B'),
      ],
    ],
    [
      {
        A: { ...task, TimeoutSeconds: 0, Next: 'B' },
        B: { ...task, HeartbeatSeconds: 100_000_000, Assign: [], End: true },
      },
      [
        schema('Minimum value is 1 at /States/A/TimeoutSeconds'),
        schema('Maximum value is 99999999 at /States/B/HeartbeatSeconds'),
        schema('Expected value of type [OBJECT] at /States/B/Assign'),
      ],
    ],
    [
      { A: { Type: 'Task', Resource: 'echo', TimeoutSeconds: '5', Retry: [{ ErrorEquals: [] }], End: true } },
      [
        schema('Value is not a valid resource ARN at /States/A/Resource'),
        schema('Expected value of type Integer at /States/A/TimeoutSeconds'),
        schema('Value cannot be empty at /States/A/Retry[0]/ErrorEquals'),
      ],
    ],
    [
      { A: { ...task, Retry: [{ ErrorEquals: ['States.ALL', 'E'], JitterStrategy: 'HALF' }], End: true } },
      [
        schema('Value should be one of the following: [NONE, FULL] at /States/A/Retry[0]/JitterStrategy'),
        schema('States.ALL must appear alone and at end of list at /States/A/Retry[0]/ErrorEquals'),
      ],
    ],
    [
      { A: { ...pass, QueryLanguage: 'jsonpath', Output: 1 } },
      [schema('Value should be one of the following: [JSONPath, JSONata] at /States/A/QueryLanguage')],
    ],
    [
      { A: { ...pass, Output: { list: ['{% 1 + 1 }'] } } },
      [schema('JSONata string must start with {% and end with %} at /States/A/Output/list[0]')],
    ],
    [
      { A: { Type: 'Wait', Timestamp: '2016-12-05 21:29:29Z', End: true } },
      [schema('String does not match RFC3339 timestamp at /States/A/Timestamp')],
    ],
  ])('is refused in the words of AWS: %j', (states, messages) =>
    refused(machine(states), `Invalid State Machine Definition: '${messages.join(', ')}'`),
  );

  const rule = { ErrorEquals: ['E'] };
  it.each([
    [{ ...task, Retry: [{ ...rule, MaxAttempts: -1 }] }, '/Retry[0]/MaxAttempts'],
    [{ ...task, Retry: [{ ...rule, IntervalSeconds: -1 }] }, '/Retry[0]/IntervalSeconds'],
    [{ ...task, Retry: [{ ...rule, BackoffRate: 0.5 }] }, '/Retry[0]/BackoffRate'],
    [{ ...task, Retry: [{ ...rule, MaxDelaySeconds: 0 }] }, '/Retry[0]/MaxDelaySeconds'],
    [{ ...task, Retry: [{ ...rule, JitterStrategy: 'HALF' }] }, '/Retry[0]/JitterStrategy'],
    [{ ...task, Retry: [{ ...rule, Foo: 1 }] }, '/Retry[0]'],
    [{ ...task, Retry: [{ ErrorEquals: [] }] }, '/Retry[0]/ErrorEquals'],
    [{ ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, rule] }, '/Retry[0]/ErrorEquals'],
    [{ ...task, Catch: [{ ErrorEquals: ['States.ALL', 'E'], Next: 'A' }] }, '/Catch[0]/ErrorEquals'],
    [{ ...task, Catch: [{ ...rule, Next: 'A', ResultPath: '$.e' }] }, '/Catch[0]'],
    [{ ...task, Arguments: 'text' }, '/Arguments'],
    [{ ...task, TimeoutSeconds: 0 }, '/TimeoutSeconds'],
    [{ ...task, TimeoutSeconds: 5, HeartbeatSeconds: 5 }, '/HeartbeatSeconds'],
    [{ Type: 'Choice', Choices: [] }, '/Choices'],
    [{ Type: 'Choice', Choices: [{ Condition: 'yes', Next: 'A' }] }, '/Choices[0]/Condition'],
    [{ Type: 'Choice', Choices: [{ Condition: true, Variable: '$.a', Next: 'A' }] }, '/Choices[0]'],
    [{ Type: 'Map', Items: 1, ItemProcessor: within(pass) }, '/Items'],
    [{ Type: 'Map', MaxConcurrency: -1, ItemProcessor: within(pass) }, '/MaxConcurrency'],
    [{ Type: 'Map', ToleratedFailurePercentage: 101, ItemProcessor: within(pass) }, '/ToleratedFailurePercentage'],
    [{ Type: 'Map', ItemProcessor: { ...within(pass), Foo: 1 } }, '/ItemProcessor'],
    [{ Type: 'Parallel', Branches: [] }, '/Branches'],
    [{ Type: 'Wait' }, ''],
    [{ Type: 'Wait', Seconds: 1, Timestamp: '2020-01-01T00:00:00Z' }, ''],
    [{ Type: 'Wait', Seconds: 1.5 }, '/Seconds'],
    [{ Type: 'Pass', Assign: '{% {"a": 1} %}' }, '/Assign'],
    [{ Type: 'Pass', End: false }, ''],
    [{ Type: 'Fail', Error: 1, End: undefined }, '/Error'],
  ])('is refused for a value that its field cannot have, with its place: %j', async (state, at) => {
    const ends = 'End' in state || state.Type === 'Choice' ? state : { ...state, End: true };
    const definition = JSON.stringify(machine({ A: ends }));
    expect(await runtime.call('ValidateStateMachineDefinition', { definition })).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ code: 'SCHEMA_VALIDATION_FAILED', location: `/States/A${at}` }],
    });
  });

  it.each([
    [{ Foo: 1 }, '/'],
    [{ QueryLanguage: 1 }, '/QueryLanguage'],
    [{ Version: '2.0' }, '/Version'],
    [{ TimeoutSeconds: '{% 5 %}' }, '/TimeoutSeconds'],
    [{ StartAt: 1 }, '/StartAt'],
    [{ States: [pass] }, '/States'],
    [{ States: { A: null } }, '/States/A'],
  ])('is refused for what the machine as a whole cannot have: %j', async (more, location) => {
    const definition = JSON.stringify(machine({ A: pass }, more));
    expect(await runtime.call('ValidateStateMachineDefinition', { definition })).toMatchObject({
      diagnostics: [{ location }],
    });
  });

  it.each([
    ['a[1,2)', 'INVALID_JSONATA_EXPRESSION: Expected "]", got ","'],
    ['"unterminated', 'INVALID_JSONATA_EXPRESSION: String literal must be terminated by a matching quote'],
    ['', 'INVALID_JSONATA_EXPRESSION: Unexpected end of expression'],
    ['phone[0]', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported."],
    ['$sum(phone.x)', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported."],
    ['$.phone', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$' at the top level is not supported."],
    ['$$', "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported."],
    ['$states.errorOutput.Error', "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist."],
  ])('is refused in the words of AWS for the expression %s, with its place', async (expression, message) => {
    await refused(
      machine({ A: { ...pass, Output: { a: { b: [`{% ${expression} %}`] } } } }),
      `Invalid State Machine Definition: '${message} at /States/A/Output/a/b[0]'`,
    );
  });

  it('is told of every name that an expression reads from nothing, in the order it does', () =>
    refused(
      machine({ C: { Type: 'Choice', Choices: [{ Condition: '{% aaa + bbb.aaa > aaa %}', Next: 'P' }] }, P: pass }),
      `Invalid State Machine Definition: '${['aaa', 'bbb'].map((name) => `UNSUPPORTED_JSONATA_EXPRESSION: Reference to '${name}' at the top level is not supported. at /States/C/Choices[0]/Condition`).join(', ')}'`,
    ));

  it('may use every name that something comes before, and any text where AWS looks for no expression', async () => {
    for (const expression of [
      '$states.input.items[phone > 3].{"a": b, "c": $}^(>a)',
      '$map($states.input.a, function($x){ $x.phone })',
      '$states.input.a.(b + c).$string()',
      '$states.input ~> |a|{"b": c}|',
      '$states.input{ name: $sum(amount) }',
      '$states.input.a@$b.c#$i.d',
    ]) {
      const definition = JSON.stringify(
        machine({ A: { ...pass, Comment: '{% phone %}', Output: `{% ${expression} %}` } }),
      );
      expect(await runtime.call('ValidateStateMachineDefinition', { definition })).toMatchObject({ diagnostics: [] });
    }
    const catcher = { ErrorEquals: ['{% phone %}'], Next: 'E', Assign: { e: '{% $states.errorOutput.Error %}' } };
    const definition = JSON.stringify(
      machine({ A: { ...task, Catch: [{ ...catcher, Output: '{% $states.errorOutput %}' }], End: true }, E: pass }),
    );
    expect(await runtime.call('ValidateStateMachineDefinition', { definition })).toMatchObject({ diagnostics: [] });
  });

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

  it('may go round for ever inside a Map, say that a state does not end, and leave the mode of a Map away', async () => {
    const round = { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } };
    const map = { Type: 'Map', ItemProcessor: { ProcessorConfig: {}, ...round }, End: true };
    const definition = JSON.stringify(machine({ P: { Type: 'Pass', End: false, Next: 'M' }, M: map }));
    expect(await runtime.call('ValidateStateMachineDefinition', { definition })).toMatchObject({ diagnostics: [] });
  });

  it.each([
    ['arn:aws:states:::lambda:invoke.waitForTaskToken', "'.waitForTaskToken' service integration "],
    ['arn:aws:states:::states:startExecution.sync', "'.sync' service integration"],
    ['arn:aws:states:us-east-1:111111111111:activity:a', 'Activity ARN'],
  ])('of an express machine may not wait for %s', async (Resource, what) => {
    const definition = JSON.stringify(machine({ A: { Type: 'Task', Resource, End: true } }));
    const message = `Express state machine does not support ${what}`;
    expect(await runtime.call('ValidateStateMachineDefinition', { definition, type: 'EXPRESS' })).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ code: 'SCHEMA_VALIDATION_FAILED', location: '/States/A/Resource', message }],
    });
    const input = { name: 'e', roleArn: ROLE, definition, type: 'EXPRESS' };
    await expect(runtime.call('CreateStateMachine', input)).rejects.toMatchObject({
      code: 'InvalidDefinition',
      message: `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${message} at /States/A/Resource'`,
    });
  });

  it('of an express machine is looked at, but none is made', async () => {
    const input = { name: 'e', roleArn: ROLE, definition: JSON.stringify(machine({ A: pass })), type: 'EXPRESS' };
    await expect(runtime.call('CreateStateMachine', input)).rejects.toMatchObject({
      code: 'StateMachineTypeNotSupported',
    });
  });
});
