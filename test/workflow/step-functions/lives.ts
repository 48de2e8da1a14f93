import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../../../cdk/local/clock.ts';
import { createStepFunctions } from '../../../cdk/local/step-functions/index.ts';
import type { Clock, LambdaService } from '../../../cdk/local/types.ts';
import { type Event, type Fields, ROLE } from './runtime.ts';

/** A question that a function was to pass on, with its token and what else the state put into it. */
export type Question = Fields & { readonly token: string };

/** A machine and all that happens to it from outside, the same in every life. */
export interface Story {
  readonly definition: string;
  /** What a function gives, or the type of the error that it throws. Not asked for `ask`, which keeps its question. */
  act(name: string, payload: Fields): { readonly gives: unknown } | { readonly throws: string };
  /** The answer to a question, as JSON text; nothing when it is met with silence. */
  answer(question: Question): string | undefined;
}

export interface Life {
  readonly described: Fields;
  readonly events: readonly Event[];
  readonly types: readonly string[];
}

const region = 'us-east-1';
const accountId = '111111111111';
const executionArn = `arn:aws:states:${region}:${accountId}:execution:every:point`;

function functions(story: Story, asked: Question[]): LambdaService {
  return {
    async invoke(name, text) {
      if (name === 'ask') {
        asked.push(JSON.parse(text));
        return { payload: '"asked"' };
      }
      const done = story.act(name, JSON.parse(text));
      if ('gives' in done) return { payload: JSON.stringify(done.gives) };
      return { payload: JSON.stringify({ errorType: done.throws, errorMessage: '' }), functionError: 'Unhandled' };
    },
    async invokeAsync() {},
  };
}

/** Everything that a kill would leave, at the moment it is called. */
export function copyOf(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'every-point-'));
  for (const file of ['clock.json', 'step-functions.db', 'step-functions.db-wal'])
    if (existsSync(join(folder, file))) cpSync(join(folder, file), join(copy, file));
  return copy;
}

/**
 * Lives on what is in the folder until the execution has ended (it is redriven once when it failed, if asked to), ten
 * seconds at a time, and tells its history. `asked` keeps the questions put so far, in this life and those before.
 */
export async function live(
  folder: string,
  story: Story,
  asked: Question[],
  { onBusy = () => {}, redrive = false }: { onBusy?: () => void; redrive?: boolean } = {},
): Promise<Life> {
  const real = createClock({ file: join(folder, 'clock.json') });
  const clock: Clock = {
    ...real,
    busy(what) {
      onBusy();
      return real.busy(what);
    },
  };
  const lambda = functions(story, asked);
  const service = createStepFunctions({ dataDir: folder, clock, lambda, region, accountId });
  const stateMachineArn = service.deploy({ name: 'every', definition: story.definition, roleArn: ROLE });
  await service.start();
  await service.call('StartExecution', { stateMachineArn, name: 'point' }).catch(() => {});
  let described: Fields = {};
  for (let i = 0; i < 200; i++) {
    await clock.settled();
    described = Object(await service.call('DescribeExecution', { executionArn }));
    if (described.status === 'FAILED' && redrive) await service.call('RedriveExecution', { executionArn });
    else if (described.status !== 'RUNNING') break;
    else await clock.advance(10_000);
    for (const question of asked) {
      const output = story.answer(question);
      // One that was answered before, or given up, is refused.
      if (output !== undefined)
        await service.call('SendTaskSuccess', { taskToken: question.token, output }).catch(() => {});
    }
  }
  const told: Event[] = [];
  for (let nextToken: string | undefined, first = true; first || nextToken !== undefined; first = false) {
    const page = Object(await service.call('GetExecutionHistory', { executionArn, maxResults: 1000, nextToken }));
    told.push(...page.events);
    nextToken = page.nextToken;
  }
  await service.stop();
  real.stop();
  return { described, events: told, types: told.map(({ type }) => type).sort() };
}
