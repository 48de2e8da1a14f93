import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elements, readPayload, writePayload } from '../../../cdk/local/step-functions/payload.ts';
import { ECHO, INVOKE, openRuntime, type Runtime } from './runtime.ts';

/** Spaces, digits and forms of numbers that no value of JavaScript holds. */
const AS_IT_CAME =
  '{ "id":  9007199254740993,\n "least": -9223372036854775808, "f": 1.0, "e": 1e2, "s": "9007199254740993" }';
const inner = (state: object, name = 'I') => ({ StartAt: name, States: { [name]: { ...state, End: true } } });
const pass = { Type: 'Pass' };

describe('a payload', () => {
  let runtime: Runtime;
  const sent: string[] = [];
  beforeAll(async () => {
    runtime = await openRuntime();
  });
  afterAll(() => runtime.close());

  const outputOf = async (states: object, input: string): Promise<string> => {
    const stateMachineArn = runtime.deploy({ ...states });
    const { executionArn } = await runtime.call('StartExecution', { stateMachineArn, input });
    await runtime.clock.settled();
    const { status, output, cause } = await runtime.call('DescribeExecution', { executionArn });
    expect({ status, cause }).toEqual({ status: 'SUCCEEDED', cause: undefined });
    const events = await runtime.events(String(executionArn));
    sent.push(JSON.stringify(events));
    return String(output);
  };

  it('goes through states that do not look into it as it came, to the space', async () => {
    const states = {
      P: { ...pass, Assign: { other: 1 }, Next: 'W' },
      W: { Type: 'Wait', Seconds: 0, Next: 'C' },
      C: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.f = 1 %}', Next: 'S' }] },
      S: { Type: 'Succeed' },
    };
    expect(await outputOf(states, AS_IT_CAME)).toBe(AS_IT_CAME);
    // Each entry and exit tells it so too.
    expect(sent.at(-1)?.split(JSON.stringify(AS_IT_CAME)).length).toBe(11);
  });

  it('goes through any state as any JSON came', async () => {
    const machine = runtime.deploy({
      P: { Type: 'Parallel', Branches: [inner(pass)], Next: 'M' },
      M: { Type: 'Map', ItemProcessor: inner(pass, 'J'), Next: 'S' },
      S: { Type: 'Succeed' },
    });
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.constantFrom('', ' ', '\n\t'), async (text, space) => {
        const { executionArn } = await runtime.call('StartExecution', {
          stateMachineArn: machine,
          input: space + text + space,
        });
        await runtime.clock.settled();
        const { output } = await runtime.call('DescribeExecution', { executionArn });
        expect(JSON.parse(String(output))).toEqual([JSON.parse(text)]);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['an Output', { P: { ...pass, Output: { id: '{% $states.input.id %}' }, End: true } }, '{"id":9007199254740993}'],
    [
      'a variable',
      {
        P: { ...pass, Assign: { all: '{% $states.input %}' }, Output: 0, Next: 'Q' },
        Q: { ...pass, Output: '{% [$all.id, $all.least] %}', End: true },
      },
      '[9007199254740993,-9223372036854775808]',
    ],
    [
      'the input of the execution',
      { P: { ...pass, Output: '{% $states.context.Execution.Input.id %}', End: true } },
      '9007199254740993',
    ],
    ['what the definition says', { P: { ...pass, Output: [9007199254740995n], End: true } }, '[9007199254740995]'],
    [
      'the items of a Map',
      {
        M: {
          Type: 'Map',
          Items: '{% [$states.input.id, 5] %}',
          ItemSelector: { it: '{% $states.context.Map.Item.Value %}' },
          ItemProcessor: inner(pass),
          End: true,
        },
      },
      '[{"it":9007199254740993},{"it":5}]',
    ],
    [
      'the branches of a Parallel',
      {
        P: {
          Type: 'Parallel',
          Arguments: '{% $states.input.id %}',
          Branches: [inner(pass), inner(pass, 'J')],
          End: true,
        },
      },
      '[9007199254740993,9007199254740993]',
    ],
    [
      'a function and back',
      { T: { Type: 'Task', Resource: ECHO, Output: '{% [$states.result.least] %}', End: true } },
      '[-9223372036854775808]',
    ],
    [
      'a call of Lambda and back',
      {
        T: {
          Type: 'Task',
          Resource: INVOKE,
          Arguments: { FunctionName: 'echo', Payload: '{% $states.input %}' },
          Output: '{% $states.result.Payload.id %}',
          End: true,
        },
      },
      '9007199254740993',
    ],
  ])('keeps whole numbers of 64 bits through %s', async (what, states, output) => {
    const text = JSON.stringify(states, (_key, value) => (typeof value === 'bigint' ? `§${value}§` : value));
    const definition = `{"QueryLanguage":"JSONata","StartAt":"${Object.keys(states)[0]}","States":${text.replace(/"§(\d+)§"/g, '$1')}}`;
    const stateMachineArn = runtime.service.deploy({
      name: what.replaceAll(' ', '-'),
      definition,
      roleArn: 'arn:aws:iam::1:role/r',
    });
    const { executionArn } = await runtime.call('StartExecution', { stateMachineArn, input: AS_IT_CAME });
    await runtime.clock.settled();
    const told = await runtime.call('DescribeExecution', { executionArn });
    expect(told).toMatchObject({ status: 'SUCCEEDED', output });
  });

  it('goes to a function named by its ARN and comes from it as it is, a zero with its fraction too', async () => {
    const task = { T: { Type: 'Task', Resource: ECHO, End: true } };
    for (const text of ['0.0', AS_IT_CAME]) expect(await outputOf(task, text)).toBe(text);
  });

  it('of an answer with a token is told as it was sent', async () => {
    const ask = {
      Type: 'Task',
      Resource: `${INVOKE}.waitForTaskToken`,
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
    };
    const arn = await runtime.start(runtime.deploy({ T: { ...ask, End: true } }));
    await runtime.clock.settled();
    await runtime.call('SendTaskSuccess', { taskToken: runtime.calls.at(-1)?.token, output: AS_IT_CAME });
    expect((await runtime.call('DescribeExecution', { executionArn: arn })).output).toBe(AS_IT_CAME);
  });

  it('keeps every whole number of 64 bits that shares its double with no other, wherever it stands', () => {
    const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const text = fc.array(
      fc.oneof(
        whole.map(String),
        fc.string().map((one) => JSON.stringify(one)),
      ),
    );
    fc.assert(
      fc.property(text, (items) => {
        const doubles = new Set(items.map((item) => (item.startsWith('"') ? item : Number(item))));
        fc.pre(doubles.size === new Set(items).size);
        const json = `[${items.join(',')}]`;
        const { value, longs } = readPayload(json);
        expect(writePayload(value, longs).text).toBe(json);
      }),
    );
  });

  it('falls into its elements, each as it was written but for spaces', () => {
    expect(elements('[ 0.0, "a, [b]" , {"c" : [1e2, 9007199254740993]},[ ],null ]')).toEqual([
      '0.0',
      '"a, [b]"',
      '{"c":[1e2,9007199254740993]}',
      '[]',
      'null',
    ]);
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (list, space) => {
        expect(elements(JSON.stringify(list, null, space))).toEqual(list.map((one) => JSON.stringify(one)));
      }),
    );
  });

  it('rounds those of which it cannot be told which is meant', () => {
    const text = '[9007199254740992,9007199254740993]';
    const { value, longs } = readPayload(text);
    expect(writePayload(value, longs).text).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('shows a double that is no number of 64 bits with an exponent, as AWS does, and only where it is a number', async () => {
    const Output = '{% [$parse("9223372036854775808"), -1e19, 1e21, 1.5e300, 4e18, "1e+21", $string(1e20)] %}';
    expect(await outputOf({ P: { ...pass, Output, End: true } }, '0')).toBe(
      '[9.223372036854776E18,-1.0E19,1.0E21,1.5E300,4000000000000000000,"1e+21","100000000000000000000"]',
    );
    const numbers = fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string()));
    fc.assert(
      fc.property(numbers, (value) => {
        expect(JSON.parse(writePayload(value).text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
