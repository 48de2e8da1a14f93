import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { copyOf, type Life, live, type Question, type Story } from './lives.ts';
import { type Event, type Fields, INVOKE } from './runtime.ts';

/** What a line of states does, one after the other. */
type Step =
  | { readonly is: 'pass' }
  | { readonly is: 'choice'; readonly skips: boolean }
  | { readonly is: 'wait'; readonly seconds: number }
  /** Fails so often before it succeeds; with two retries, a third failure is caught. */
  | { readonly is: 'call'; readonly failures: number }
  | { readonly is: 'ask'; readonly answered: boolean }
  | { readonly is: 'parallel'; readonly branches: readonly (readonly Step[])[] }
  | { readonly is: 'map'; readonly items: number; readonly most: number; readonly steps: readonly Step[] };

const ENDS = ['succeed', 'fail', 'nothing', 'lost'] as const;
type End = (typeof ENDS)[number];

const { line } = fc.letrec<{ step: Step; line: readonly Step[] }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ is: fc.constant('pass') }),
    fc.record({ is: fc.constant('choice'), skips: fc.boolean() }),
    fc.record({ is: fc.constant('wait'), seconds: fc.integer({ min: 0, max: 30 }) }),
    fc.record({ is: fc.constant('call'), failures: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ is: fc.constant('ask'), answered: fc.boolean() }),
    fc.record({ is: fc.constant('parallel'), branches: fc.array(tie('line'), { minLength: 1, maxLength: 3 }) }),
    fc.record({
      is: fc.constant('map'),
      items: fc.integer({ min: 0, max: 4 }),
      most: fc.integer({ min: 0, max: 2 }),
      steps: tie('line'),
    }),
  ),
  line: fc.array(tie('step'), { maxLength: 4, depthIdentifier: 'line' }),
}));

const retry = [{ ErrorEquals: ['Fragile'], IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 2 }];
const counter = (name: string) => `{% $exists($${name}) ? $${name} + 1 : 1 %}`;

/** Writes the steps down as states with names of their own. Each line ends in a state that anything can lead to. */
function machine(steps: readonly Step[], end: End): Fields {
  let names = 0;
  const scope = (inside: readonly Step[], last: Fields): Fields => {
    const variable = `v${++names}`;
    const all = inside.map(() => `S${++names}`);
    const lastName = `S${++names}`;
    const States: Fields = {};
    for (const [i, step] of inside.entries()) {
      const next = all[i + 1] ?? lastName;
      States[all[i] ?? ''] = { ...state(step, next, all[i + 2] ?? lastName, variable), Next: next };
      if (step.is === 'choice') Reflect.deleteProperty(Object(States[all[i] ?? '']), 'Next');
    }
    return { StartAt: all[0] ?? lastName, States: { ...States, [lastName]: last } };
  };
  const state = (step: Step, next: string, further: string, variable: string): Fields => {
    const caught = (error: string) => [{ ErrorEquals: [error], Assign: { [variable]: counter(variable) }, Next: next }];
    const done = { Type: 'Pass', Output: `{% $exists($${variable}) ? $${variable} : 0 %}`, End: true };
    switch (step.is) {
      case 'pass':
        return { Type: 'Pass', Assign: { [variable]: counter(variable) } };
      case 'choice':
        // Both ways are written down, since every state must be reached.
        return { Type: 'Choice', Choices: [{ Condition: `{% ${step.skips} %}`, Next: further }], Default: next };
      case 'wait':
        return { Type: 'Wait', Seconds: step.seconds };
      case 'call': {
        const payload = { failures: step.failures, retry: '{% $states.context.State.RetryCount %}' };
        const given = { FunctionName: 'fragile', Payload: payload };
        const Output = '{% $states.result.Payload %}';
        const Catch = caught('States.ALL');
        return { Type: 'Task', Resource: INVOKE, Arguments: given, Output, Retry: retry, Catch };
      }
      case 'ask': {
        const payload = { token: '{% $states.context.Task.Token %}', answered: step.answered };
        const limits = { HeartbeatSeconds: 45, TimeoutSeconds: 65 };
        const given = { FunctionName: 'ask', Payload: payload };
        const Catch = caught('States.Timeout');
        return { Type: 'Task', Resource: `${INVOKE}.waitForTaskToken`, Arguments: given, ...limits, Catch };
      }
      case 'parallel':
        return { Type: 'Parallel', Branches: step.branches.map((branch) => scope(branch, done)) };
      case 'map':
        return {
          Type: 'Map',
          Items: Array.from({ length: step.items }, (_, i) => i),
          MaxConcurrency: step.most,
          ItemProcessor: scope(step.steps, done),
        };
    }
  };
  const lost = { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'lost' }, End: true };
  const ends: Record<End, Fields> = {
    succeed: { Type: 'Succeed' },
    fail: { Type: 'Fail', Error: 'Ended', Cause: '{% $states.context.State.Name %}' },
    nothing: { Type: 'Pass', Output: '{% $states.input.nothing %}', End: true },
    lost,
  };
  return { QueryLanguage: 'JSONata', ...scope(steps, ends[end]) };
}

function storyOf(definition: Fields): Story {
  return {
    definition: JSON.stringify(definition),
    act(name, { failures, retry: count }) {
      if (name === 'lost') return { throws: 'Lost' };
      return Number(count) < Number(failures) ? { throws: 'Fragile' } : { gives: { count } };
    },
    answer: ({ answered }) => (answered === true ? '"yes"' : undefined),
  };
}

const nameOf = ({ stateEnteredEventDetails: entered, stateExitedEventDetails: exited }: Event): string | undefined =>
  Object(entered ?? exited).name;

/** What holds of every history. */
function checkHistory({ events, described }: Life): void {
  expect(events.map(({ id }) => id)).toEqual(events.map((_, i) => i + 1));
  expect(described.status).not.toBe('RUNNING');
  const ends = events.filter(({ type }) => /^Execution(Succeeded|Failed)$/.test(type));
  expect(ends).toEqual([events.at(-1)]);
  let open = 0;
  for (const [i, event] of events.entries()) {
    const { id, type, previousEventId: before, timestamp } = event;
    expect(before).toBeLessThan(id);
    // Only the start, and what follows it first, come after nothing.
    if (before === 0) expect(id === 1 || i === 1 || type === 'EvaluationFailed').toBe(true);
    expect(timestamp).toBeGreaterThanOrEqual(events[i - 1]?.timestamp ?? 0);
    if (type.endsWith('StateEntered')) open += 1;
    if (!type.endsWith('StateExited')) continue;
    open -= 1;
    // Upwards from an exit one comes to the entry of the same state.
    let up = events[before - 1];
    while (up !== undefined && !(up.type.endsWith('StateEntered') && nameOf(up) === nameOf(event)))
      up = events[up.previousEventId - 1];
    expect(up?.type).toBe(type.replace('Exited', 'Entered'));
  }
  // The state that ended the execution without success was never left.
  expect(open).toBe(described.status === 'SUCCEEDED' ? 0 : 1);
}

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'random-machine-'));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

it('any machine comes to its end, by a history that is a tree, and to the same one after a kill', async () => {
  await fc.assert(
    fc.asyncProperty(line, fc.constantFrom(...ENDS), fc.integer({ min: 1, max: 20 }), async (steps, end, point) => {
      const story = storyOf(machine(steps, end));
      const folder = newFolder();
      const asked: Question[] = [];
      let left: { folder: string; asked: Question[] } | undefined;
      let points = 0;
      const onBusy = (): void => {
        points += 1;
        if (points === point) left = { folder: copyOf(folder), asked: [...asked] };
      };
      const whole = await live(folder, story, asked, { onBusy });
      checkHistory(whole);
      expect(whole.described.status).toBe(end === 'succeed' ? 'SUCCEEDED' : 'FAILED');
      if (left === undefined) return;
      folders.push(left.folder);
      const after = await live(left.folder, story, left.asked);
      checkHistory(after);
      const { status, output, error } = after.described;
      expect({ status, output, error, types: after.types }).toEqual({
        status: whole.described.status,
        output: whole.described.output,
        error: whole.described.error,
        types: whole.types,
      });
    }),
    { numRuns: 40 },
  );
}, 120_000);
