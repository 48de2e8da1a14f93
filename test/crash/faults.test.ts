import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import type { Fault } from '../../cdk/local/endpoint/faults.ts';
import { freePort } from '../e2e/free-port.ts';
import { createLoad } from './load.ts';
import { seeded } from './seeded.ts';
import { verdictOn } from './verdict.ts';

const SEED = Number(process.env.JIELI_SEED ?? Date.now() % 1_000_000);
const DAY = 86_400_000;
/**
 * The share of a service's calls that each fault begins at. A share and no pace: on a busy machine calls are slow, with a
 * fault every so many milliseconds almost all of them would fail, and then to give up is right.
 */
const SHARE = 1 / 40;
/** Keys are asked for once by each instance of a function, workflows once a question. */
const SHARES: Readonly<Record<string, number>> = { kms: 1 / 5, states: 1 / 12 };
/** Milliseconds between two new cases, beside the first ten ways that begin at once. */
const NEW_CASE_EVERY = 1_000;
const LOAD_LASTS = 8_000;

const slow = { code: 'ThrottlingException', status: 400 };
const stumble = { code: 'InternalServerError', status: 500 };
const busy = { code: 'TooManyRequestsException', status: 429 };
const lambdaStumble = { code: 'ServiceException', status: 500 };
const CancellationReasons = [{ Code: 'TransactionConflict' }, { Code: 'None' }];
const conflict = { code: 'TransactionCanceledException', status: 400, fields: { CancellationReasons } };
const throttledPart = {
  ...conflict,
  fields: { CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }] },
};

/** What AWS's services answer now and then although nothing is wrong. */
const faults: readonly Fault[] = [
  { service: 'dynamodb', operation: 'TransactWriteItems', error: conflict },
  { service: 'dynamodb', operation: 'TransactWriteItems', times: 4, error: conflict },
  { service: 'dynamodb', operation: 'TransactWriteItems', error: throttledPart },
  { service: 'dynamodb', operation: 'TransactWriteItems', error: stumble, afterEffect: true },
  { service: 'dynamodb', operation: 'TransactWriteItems', times: 4, error: stumble },
  { service: 'dynamodb', operation: 'BatchWriteItem', error: stumble, afterEffect: true },
  { service: 'dynamodb', error: { code: 'ProvisionedThroughputExceededException', status: 400 } },
  { service: 'dynamodb', operation: 'GetItem', times: 4, error: slow },
  { service: 'dynamodb', operation: 'Query', error: stumble },
  { service: 'states', error: slow },
  { service: 'states', operation: 'StartExecution', error: stumble, afterEffect: true },
  { service: 'states', operation: 'SendTaskSuccess', error: stumble, afterEffect: true },
  { service: 'states', operation: 'SendTaskSuccess', times: 3, error: stumble },
  { service: 'ses', error: { code: 'TooManyRequestsException', status: 429 } },
  { service: 'ses', error: { code: 'InternalServiceErrorException', status: 500 }, afterEffect: true },
  { service: 'ses', times: 3, error: { code: 'InternalServiceErrorException', status: 500 } },
  { service: 'kms', error: slow },
  { service: 'kms', times: 3, error: { code: 'KMSInternalException', status: 500 } },
  { service: 'lambda', operation: 'Invoke', error: busy },
  { service: 'lambda', operation: 'Invoke', times: 3, error: busy },
  { service: 'lambda', operation: 'Invoke', error: lambdaStumble },
  { service: 'lambda', operation: 'Invoke', error: lambdaStumble, afterEffect: true },
  { service: 's3', error: { code: 'SlowDown', status: 503 } },
  { service: 's3', error: { code: 'InternalError', status: 500 }, afterEffect: true },
];

const services = ['dynamodb', 'states', 'ses', 'kms', 'lambda', 's3'];

const folder = mkdtempSync(join(tmpdir(), 'jieli-faults-'));
let stack: RunningStack | undefined;
afterAll(async () => {
  await stack?.cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const pause = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));

test('conflicts, throttling, server errors, lost answers and lagging indexes at every service lose nothing and do nothing twice', {
  timeout: 900_000,
}, async () => {
  console.log(`seed ${SEED}`);
  const random = seeded(SEED);
  stack = await startStack({ port: await freePort(), dataDir: folder, demo: false, say: () => undefined });
  const { cloud } = stack;
  const load = await createLoad({ url: cloud.url, token: cloud.token, random, every: NEW_CASE_EVERY });

  const injected = faults.map((fault) => {
    const share = SHARES[fault.service] ?? SHARE;
    let left = 0;
    const when = (): boolean => {
      left = left > 0 ? left - 1 : random() < share ? (fault.times ?? 1) : 0;
      return left > 0;
    };
    return { fault, end: cloud.inject({ ...fault, times: Number.POSITIVE_INFINITY, when }) };
  });
  await cloud.lagIndexes(1_500);

  load.begin();
  let resting = false;
  const passing = (async () => {
    // what is tried again later is tried again soon
    while (!resting) {
      await cloud.clock.advance(2_000);
      await pause(200);
    }
  })();
  await pause(LOAD_LASTS);
  const accepted = await load.end();
  resting = true;
  await passing;
  const rested = cloud.clock.now();
  await cloud.clock.advance(5 * DAY);
  const hits = new Map<string, number>();
  for (const { fault, end } of injected) hits.set(fault.service, (hits.get(fault.service) ?? 0) + end());
  await cloud.clock.advance(0);

  const verdict = await verdictOn(stack, { accepted, offer: load.offer, rested });
  const { mails, repeats, nudges, cases, events } = verdict;
  console.log(
    [
      `${accepted.length} submissions accepted (${cases} cases, ${events} events), ${load.decisions()} decisions`,
      `${mails} mails, ${repeats} of them repeated; ${nudges} questions asked once more when they were answered`,
      `calls that failed: ${JSON.stringify(Object.fromEntries(hits))}; answers to people: ${JSON.stringify(Object.fromEntries(load.tries))}`,
    ].join('\n'),
  );
  expect(verdict.wrong).toEqual([]);
  expect(cloud.calls().filter(({ allowed }) => !allowed)).toEqual([]);
  for (const service of services) expect(hits.get(service)).toBeGreaterThan(0);
});
