import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { apiClient, Created } from '../../cdk/cli/api-client.ts';
import { need as needExample } from '../../functions/kinds/need/api.ts';
import { startPlainServer } from './plain-server.ts';
import type { Figure, Section } from './report.ts';
import type { RunningStack } from './running-stack.ts';
import { manyAtOnce, median, percentile } from './statistics.ts';

const ALONE = 40;
const UNDER_LOAD = 320;
const AT_ONCE = 32;
const STEADILY = 80;
const EVERY_MS = 100;
const WARM_UP = 64;
/** Milliseconds after which a task that is not there is not waited for any more. */
const PATIENCE = 60_000;

const File = z.object({ tasks: z.array(z.object({ openedAt: z.string() })) });

let organizations = 0;
/** The example of the API's document; each from an organization of its own, as in the first week. */
function aNeed(): object {
  organizations += 1;
  const { need } = needExample(Date.now());
  return { ...Object(need?.value), organization: `第 ${organizations} 社区卫生服务中心` };
}

interface Submitted {
  readonly id: string;
  /** milliseconds since 1970 at which it was sent */
  readonly sent: number;
  /** milliseconds until the answer was there */
  readonly answered: number;
}

async function submit(url: string): Promise<Submitted> {
  const sent = Date.now();
  const began = performance.now();
  const { id } = await apiClient(url).post('/needs', aNeed(), Created);
  return { id, sent, answered: performance.now() - began };
}

/** Milliseconds from sending until the workflow had put its question to the hub. */
async function untilAsked(stack: RunningStack, submitted: readonly Submitted[]): Promise<number[]> {
  const hub = apiClient(stack.url, await stack.token('hub-coordinator'));
  return manyAtOnce(submitted.length, 4, async (index) => {
    const one = submitted[index];
    for (const until = performance.now() + PATIENCE; one; await sleep(20)) {
      const [task] = (await hub.get(`/cases/${one.id}`, File)).tasks;
      if (task) return Date.parse(task.openedAt) - one.sent;
      if (performance.now() > until) break;
    }
    return PATIENCE;
  });
}

async function perSecond(count: number, atOnce: number, work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await manyAtOnce(count, atOnce, work);
  return (count * 1000) / (performance.now() - began);
}

async function plainly(url: string): Promise<void> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(aNeed()) });
  await response.text();
}

/** Needs over HTTP: how many a second, and how soon somebody is asked. */
export async function submissions(stack: RunningStack): Promise<Section> {
  await manyAtOnce(WARM_UP, AT_ONCE, () => submit(stack.url));
  await stack.settle();
  const alone: Submitted[] = [];
  const asked: number[] = [];
  for (let i = 0; i < ALONE; i++) {
    const one = await submit(stack.url);
    alone.push(one);
    asked.push(...(await untilAsked(stack, [one])));
  }
  const singly = 1000 / median(alone.map((one) => one.answered));
  const steady: Promise<Submitted>[] = [];
  for (let i = 0; i < STEADILY; i++) {
    steady.push(submit(stack.url));
    await sleep(EVERY_MS);
  }
  const askedSteadily = await untilAsked(stack, await Promise.all(steady));
  const loaded: Submitted[] = [];
  const together = await perSecond(UNDER_LOAD, AT_ONCE, async () => loaded.push(await submit(stack.url)));
  const askedUnderLoad = await untilAsked(stack, loaded);

  const plain = await startPlainServer();
  await manyAtOnce(WARM_UP, AT_ONCE, () => plainly(plain.url));
  const plainAlone = await perSecond(ALONE, 1, () => plainly(plain.url));
  const plainTogether = await perSecond(UNDER_LOAD, AT_ONCE, () => plainly(plain.url));
  await plain.stop();

  const beside = (value: number) => ({ what: 'a form that is only stored', value });
  const rate = 1000 / EVERY_MS;
  const untilTask = (how: string, took: readonly number[]): Figure[] => [
    { what: `sending to open task, ${how}: median`, value: median(took), unit: 'ms' },
    {
      what: `sending to open task, ${how}: 95th percentile`,
      value: percentile(took, 0.95),
      unit: 'ms',
      target: { most: 2000 },
    },
  ];
  const answers = (how: string, made: readonly Submitted[]): Figure => {
    const took = made.map(({ answered }) => answered);
    return { what: `answered, ${how}: 95th percentile`, value: percentile(took, 0.95), unit: 'ms' };
  };
  const figures: Figure[] = [
    { what: 'needs a second, one at a time', value: singly, beside: beside(plainAlone) },
    { what: `needs a second, ${AT_ONCE} at once`, value: together, beside: beside(plainTogether) },
    answers('one at a time', alone),
    answers(`${AT_ONCE} at once`, loaded),
    ...untilTask('one at a time', asked),
    ...untilTask(`${rate} a second`, askedSteadily),
    ...untilTask(`${AT_ONCE} at once`, askedUnderLoad),
  ];
  return {
    title: 'Submissions over HTTP',
    figures,
    notes: [
      `${UNDER_LOAD} needs at ${AT_ONCE} at once, as fast as they are taken: more than the machine keeps up with, so that what`,
      'they start waits behind them. Client and stack share the machine. Beside: a plain HTTP server that puts what it is',
      'sent into the same table engine and does nothing more.',
    ],
  };
}
