import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import { startStack } from '../../cdk/cli/stack.ts';
import { freePort } from '../e2e/free-port.ts';
import { insistent } from './insist.ts';
import { createLoad } from './load.ts';
import { seeded } from './seeded.ts';
import { type Kill, verdictOn } from './verdict.ts';
import { victim } from './victim.ts';

/** How often it is killed, and the seed that says when; `npm run test:crash` kills it 200 times. */
const KILLS = Number(process.env.JIELI_KILLS ?? 3);
const SEED = Number(process.env.JIELI_SEED ?? Date.now() % 1_000_000);
/** This many of the kills fall while the clock is moved, the others under load. */
const WHILE_TIME_MOVES = Math.ceil(KILLS / 10);
const UNDER_LOAD = KILLS - WHILE_TIME_MOVES;
/** Days that the clock is moved by: until the covers have ended, and those who were asked long ago are reminded. */
const DAYS = 5;
const DAY = 86_400_000;
/**
 * Milliseconds between two submissions: of many from one address no more than its limit allows in ten minutes, and no more
 * than what lives a few seconds at a time can tell of by mail.
 */
const EVERY = KILLS > 20 ? 2_500 : 250;

const folder = mkdtempSync(join(tmpdir(), 'jieli-crash-'));
const dataDir = join(folder, 'data');
const port = await freePort();
const url = `http://localhost:${port}`;
const living = victim(folder, dataDir, port);
afterAll(async () => {
  await living.killAll();
  rmSync(folder, { recursive: true, force: true });
});

const random = seeded(SEED);
const pause = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));

const restarts: number[] = [];
async function start(): Promise<void> {
  const took = await living.start().ready;
  if (took !== undefined) restarts.push(took);
}

const kills: (Kill & { readonly what: string })[] = [];
const Offset = z.object({ offset: z.number() });
/** What the stack's clock shows, also when the stack is dead. */
function clockNow(): number {
  try {
    return Date.now() + Offset.parse(JSON.parse(readFileSync(join(dataDir, 'clock.json'), 'utf8'))).offset;
  } catch {
    return Date.now();
  }
}
async function kill(what: string, how: () => Promise<void>): Promise<void> {
  const from = clockNow();
  await how();
  kills.push({ what, from, to: clockNow() });
  if (kills.length % 20 === 0) console.log(`${kills.length} kills, ready again after ${inSeconds(median(restarts))} s`);
}

/** Kills the stack, now and then again before it was ready, and starts it anew. */
async function killAndStart(most: number): Promise<void> {
  const strike = () => kill('everything', living.killAll);
  await strike();
  while (random() < 0.2 && kills.length < most) {
    const { ready } = living.start();
    await Promise.race([ready, pause(random() * 5_000)]);
    await strike();
  }
  await start();
}

/** Makes the readers of the stream begin anew: at the next start every record there is comes once more, late. */
function rewind(): void {
  const database = new DatabaseSync(join(dataDir, 'cloud.db'));
  const { changes } = database.prepare('DELETE FROM positions').run();
  database.close();
  if (changes === 0) throw new Error('the stream was never read');
}

const inSeconds = (millis: number): string => (millis / 1000).toFixed(1);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

test(`killed ${KILLS} times, the stack loses nothing, does nothing twice and brings every case to its place`, {
  timeout: 300_000 + KILLS * 20_000,
}, async () => {
  console.log(`seed ${SEED}`);
  const begun = performance.now();
  await start();

  const { ask } = insistent(url);
  const key = { token: readFileSync(join(dataDir, 'control-key'), 'utf8').trim() };
  const Now = z.object({ now: z.iso.datetime().transform((at) => Date.parse(at)) });
  const Token = z.object({ token: z.string() });
  const load = await createLoad({
    url,
    random,
    every: EVERY,
    token: async (sub) => (await ask('POST', '/_aws/token', Token, { ...key, body: { sub } })).token,
  });

  load.begin();
  // what went wrong is told at once by the end of the load
  while (kills.length < UNDER_LOAD && load.isWell()) {
    // on a busy machine a start takes longer, and so does what begins after it
    await pause(random() * Math.max(4_000, restarts.at(-1) ?? 0));
    if (kills.length === 1 || (kills.length > 1 && random() < 0.75)) await killAndStart(UNDER_LOAD);
    else
      await kill('the table engine', async () => {
        await fetch(`${url}/_aws/crash-tables`, { method: 'POST', headers: { authorization: `Bearer ${key.token}` } });
        // until it is mended nothing that was done can be remembered: a mail sent meanwhile comes again
        await ask('GET', '/api/v1/programmes', z.unknown());
      });
  }
  const accepted = await load.end();

  // everything that happened is told once more, after all that followed from it
  await living.stop();
  rewind();
  await start();
  const rested = (await ask('POST', '/_aws/clock', Now, { ...key, body: { by: 0 } })).now;

  const target = rested + DAYS * DAY;
  for (let left = WHILE_TIME_MOVES; left >= 0; left -= 1) {
    const { now } = await ask('GET', '/_aws/status', Now, key);
    const moving = fetch(`${url}/_aws/clock`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.token}` },
      body: JSON.stringify({ by: Math.max(0, Math.round((target - now) / (left + 1))) }),
    }).catch(() => undefined);
    if (left > 0) {
      await pause(random() * 1_000);
      await killAndStart(0);
    }
    await moving;
  }
  await living.stop();

  const last = await startStack({ port, dataDir, demo: false, say: () => undefined });
  try {
    await last.cloud.clock.advance(Math.max(0, Math.round(target - last.cloud.clock.now())));
    const verdict = await verdictOn(last, { accepted, offer: load.offer, rested, kills });
    const { mails, repeats, nudges, cases, events, orphanRosters } = verdict;
    const struck = Object.entries(Object.groupBy(kills, ({ what }) => what));
    console.log(
      [
        `${accepted.length} submissions accepted (${cases} cases, ${events} events), ${load.decisions()} decisions`,
        `${kills.length} kills (${struck.map(([what, all]) => `${what} ${all?.length}`).join(', ')}), ${WHILE_TIME_MOVES} while time moved`,
        `${mails} mails, ${repeats} of them repeated; ${nudges} questions asked once more when they were answered`,
        `tries without an answer: ${JSON.stringify(Object.fromEntries(load.tries))}`,
        `ready again after ${inSeconds(median(restarts))} s (median of ${restarts.length} starts)`,
        `${orphanRosters} rosters without a case; all of it took ${inSeconds(performance.now() - begun)} s`,
      ].join('\n'),
    );
    expect(verdict.wrong).toEqual([]);
    expect(kills).toHaveLength(KILLS);
  } finally {
    await last.cloud.stop();
  }
});
