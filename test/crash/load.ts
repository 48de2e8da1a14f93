import * as z from 'zod';
import { kindApis } from '../../functions/kinds/api.ts';
import { endStages } from '../../shared/kinds/lifecycle.ts';
import { Created, Tracked } from '../engine/api-stand.ts';
import { demoProgramme } from '../engine/walk.ts';
import { type Insistent, insistent } from './insist.ts';
import { BUDGET, type Journey, journeys, OFFER_AMOUNT, PROGRAMME, type Step } from './journeys.ts';

/** A case that was accepted, and what was done with it. */
export interface Travelled {
  readonly id: string;
  /** of its private link */
  readonly secret: string;
  readonly number: number;
  readonly journey: Journey;
}

/** Steady work for a stack: submissions and people's answers, each tried again with its key until it is answered. */
export interface Load {
  /** Begins with every way once at the same time, then goes on with one case after another. */
  begin(): void;
  /** Begins no more cases; resolves when all that were begun rest. Throws what went wrong with any of them. */
  end(): Promise<readonly Travelled[]>;
  readonly offer: string;
  readonly decisions: () => number;
  /** whether nothing went wrong so far; what did is thrown by `end` */
  isWell(): boolean;
  readonly tries: Insistent['tries'];
}

export interface LoadOptions {
  readonly url: string;
  /** an access token of somebody of the demo */
  token(person: string): Promise<string>;
  readonly random: () => number;
  /** milliseconds between two new cases */
  readonly every: number;
}

const Anything = z.object({}).loose();
const Mails = z.object({ items: z.array(z.object({ messageId: z.string(), subject: z.string() })) });
const Looked = Tracked.extend({ openTask: z.object({ stage: z.string(), id: z.string() }).nullable() });
type Looked = z.output<typeof Looked>;
const people = [
  ...['hub-coordinator', 'hub-lead', 'funder-reviewer', 'funder-approver'],
  ...['funder-second-approver', 'funder-finance', 'insurer'],
];

/** Most cases under way at once: with more the machine does little else than answer those who look. */
const AT_ONCE = 16;
/** Milliseconds between two looks at a case. */
const LOOK = 1_000;
/** Milliseconds after which a case that nothing happens with is called stuck: many times a restart. */
const STUCK = 600_000;

const pause = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));

/** Prepares the load: people, a programme and an offer. */
export async function createLoad({ url, token, random, every }: LoadOptions): Promise<Load> {
  const { ask, tries } = insistent(url);
  const tokens = new Map<string, string>();
  for (const person of people) tokens.set(person, await token(person));
  const approver = { token: tokens.get('funder-approver') };
  const programme = demoProgramme({ id: PROGRAMME, budget: BUDGET });
  await ask('POST', '/api/v1/programmes', Anything, { ...approver, body: programme, key: 'programme' });
  const offered = { title: '口罩', itemGroup: 'masks', areas: [], amount: OFFER_AMOUNT };
  const { id: offer } = await ask('POST', '/api/v1/offers', z.object({ id: z.string() }), {
    ...approver,
    body: offered,
    key: 'offer',
  });

  let decisions = 0;
  const travelled: Travelled[] = [];
  const failures: unknown[] = [];
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  /** Looks at the case until it is as wanted. */
  const until = async <T>(secret: string, what: string, seen: (tracked: Looked) => T | undefined): Promise<T> => {
    const patience = performance.now() + STUCK;
    for (;;) {
      const tracked = await ask('GET', `/api/v1/track/${secret}`, Looked);
      const found = seen(tracked);
      if (found !== undefined) return found;
      if (performance.now() > patience) {
        throw new Error(`${tracked.id} stays in ${tracked.stage}, asking ${tracked.openTask?.id}, not ${what}`);
      }
      await pause(LOOK);
    }
  };

  /** Waits for the mail that tells this person of a further question about the case. */
  const told = async (id: string, person: string, known: Set<string>): Promise<void> => {
    const patience = performance.now() + STUCK;
    const before = known.size;
    while (known.size === before) {
      const { items } = await ask('GET', `/mail/api?to=${person}@example.org&limit=200`, Mails);
      for (const { subject, messageId } of items) if (subject.includes(id)) known.add(messageId);
      if (performance.now() > patience) throw new Error(`${person} was not told of ${id}`);
      if (known.size === before) await pause(LOOK);
    }
  };

  /** Asks, and now and then once more, as whoever did not see the answer does: nothing is done twice. */
  const post = async <S extends z.ZodType>(path: string, schema: S, body: unknown, key: string, as?: string) => {
    const question = { body, key, ...(as !== undefined && { token: tokens.get(as) }) };
    const first = await ask('POST', path, schema, question);
    if (random() < 0.1) await ask('POST', path, schema, question);
    return first;
  };

  const take = async (step: Step, id: string, secret: string, mails: Map<string, Set<string>> | undefined) => {
    const { stage, person, answer } = step;
    const task = await until(secret, stage, ({ openTask }) => (openTask?.stage === stage ? openTask.id : undefined));
    if (mails && person) {
      const known = mails.get(person) ?? new Set();
      mails.set(person, known);
      await told(id, person, known);
    }
    const path = person ? `/tasks/${task}/decision` : `/track/${secret}/tasks/${task}/decision`;
    await post(`/api/v1${path}`, Anything, answer(), `answer to ${task}`.replaceAll(' ', '-'), person);
    decisions += 1;
  };

  const travel = async (journey: Journey, number: number): Promise<void> => {
    const { kind, steps, rests, withdrawn } = journey;
    // every third need is critical, of which people are told at once: they answer what they were told of by mail, the others as soon as they can
    const byMail = kind === 'need' && number % 3 === 0;
    const body = { ...journey.submission(number), ...(byMail && { urgency: 'critical' }) };
    const made = await post(`/api/v1${kindApis[kind].submit.path}`, Created, body, `case-${number}`);
    const secret = made.trackingUrl.split('/track/')[1] ?? '';
    travelled.push({ id: made.id, secret, number, journey });
    const mails = byMail ? new Map<string, Set<string>>() : undefined;
    for (const step of steps) await take(step, made.id, secret, mails);
    if (withdrawn) {
      await post(`/api/v1/track/${secret}/withdrawal`, Anything, { reason: '已解决' }, `withdrawal-${number}`);
    }
    await until(secret, rests, ({ stage, openTask }) => {
      const settled = endStages.has(rests) || rests === 'active' || openTask?.stage === rests;
      return stage === rests && settled ? true : undefined;
    });
  };

  const ways = journeys(offer);
  let number = 0;
  const next = (): void => {
    const journey = ways[number % ways.length];
    number += 1;
    if (!journey) return;
    const going = travel(journey, number)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(going));
    underWay.add(going);
  };

  return {
    offer,
    tries,
    decisions: () => decisions,
    isWell: () => failures.length === 0,
    begin() {
      for (const _ of ways) next();
      timer = setInterval(() => {
        if (underWay.size < AT_ONCE && failures.length === 0) next();
      }, every);
    },
    async end() {
      clearInterval(timer);
      await Promise.all(underWay);
      if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n'));
      return travelled;
    },
  };
}
