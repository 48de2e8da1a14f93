import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod';

/** It wants a newer Node than npm may run on here, and only the bench needs it: so the project does not depend on it. */
const INTERPRETER = 'aws-local-stepfunctions@3.0.0';
const folder = join(import.meta.dirname, '../../node_modules/.cache/jieli/bench');
const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:f';

/** The five steps of the measured machine in JSONPath: the language that interpreters on npm know. */
const definition = {
  StartAt: 'A',
  States: {
    A: { Type: 'Pass', Parameters: { 'n.$': '$.n' }, Next: 'B' },
    B: { Type: 'Task', Resource: FUNCTION, Parameters: { 'n.$': '$.n' }, Next: 'C' },
    C: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThanEquals: 0, Next: 'D' }], Default: 'D' },
    D: { Type: 'Task', Resource: FUNCTION, Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'E' },
    E: { Type: 'Succeed' },
  },
};
const STATES = 5;
const echo = async <T>(input: T): Promise<T> => input;
const overrides = { taskResourceLocalHandlers: { B: echo, D: echo } };

/** The part of the interpreter that is used here. */
interface Machine {
  run(input: object, options: object): { readonly result: Promise<unknown> };
}
const Interpreter = z.object({
  StateMachine: z.custom<new (definition: object) => Machine>((value) => typeof value === 'function'),
});

/** Installs the interpreter beside the project, the first time. @throws when the registry does not give it */
function installed(): z.output<typeof Interpreter> {
  if (!existsSync(join(folder, 'node_modules', 'aws-local-stepfunctions'))) {
    const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', INTERPRETER];
    const { status, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${INTERPRETER} cannot be had from the registry:\n${stderr}`);
  }
  return Interpreter.parse(createRequire(join(folder, 'x.js'))('aws-local-stepfunctions'));
}

/**
 * Transitions a second of aws-local-stepfunctions, the one maintained interpreter on npm: the same five steps, as many
 * executions at once. It keeps nothing: no state on disk, no API, no clock to move.
 * @throws when the interpreter cannot be installed
 */
export async function byInterpreter(executions: number, atOnce: number): Promise<number> {
  const { StateMachine } = installed();
  const machine = new StateMachine(definition);
  const run = async (count: number): Promise<void> => {
    for (let from = 0; from < count; from += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, (_, i) => machine.run({ n: from + i }, { overrides }).result));
    }
  };
  await run(atOnce);
  const began = performance.now();
  await run(executions);
  return (executions * STATES * 1000) / (performance.now() - began);
}
