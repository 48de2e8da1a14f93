import { StateMachine } from 'aws-local-stepfunctions';

const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:f';

/** The five steps of the measured machine in JSONPath: the language that interpreters on npm know. */
const machine = new StateMachine({
  StartAt: 'A',
  States: {
    A: { Type: 'Pass', Parameters: { 'n.$': '$.n' }, Next: 'B' },
    B: { Type: 'Task', Resource: FUNCTION, Parameters: { 'n.$': '$.n' }, Next: 'C' },
    C: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThanEquals: 0, Next: 'D' }], Default: 'D' },
    D: { Type: 'Task', Resource: FUNCTION, Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'E' },
    E: { Type: 'Succeed' },
  },
});
const STATES = 5;
const echo = async <T>(input: T): Promise<T> => input;
const overrides = { taskResourceLocalHandlers: { B: echo, D: echo } };

async function run(executions: number, atOnce: number): Promise<void> {
  for (let from = 0; from < executions; from += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, i) => machine.run({ n: from + i }, { overrides }).result));
  }
}

/**
 * Transitions a second of aws-local-stepfunctions, the one maintained interpreter on npm: the same five steps, as many
 * executions at once. It keeps nothing: no state on disk, no API, no clock to move.
 */
export async function byInterpreter(executions: number, atOnce: number): Promise<number> {
  await run(atOnce, atOnce);
  const began = performance.now();
  await run(executions, atOnce);
  return (executions * STATES * 1000) / (performance.now() - began);
}
