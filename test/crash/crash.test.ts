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
import { type Victim, victim } from './victim.ts';

/** How often it is killed, and the seed that says when; `npm run test:crash` kills it 200 times. */
const KILLS = Number(process.env.JIELI_KILLS ?? 3);
const SEED = Number(process.env.JIELI_SEED ?? Date.now() % 1_000_000);
/** Of the kills, this many fall while the clock is moved. */
const WHILE_TIME_MOVES = Math.ceil(KILLS / 10);
const DAY = 86_400_000;
/** Until the covers have ended, and those who were asked long ago have been reminded. */
const DAYS = 5;

const folder = mkdtempSync(join(tmpdir(), 'jieli-crash-'));
let stack: Victim | undefined;
afterAll(async () => {
  await stack?.killAll();
  rmSync(folder, { recursive: true, force: true });
});

const pause = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Makes the readers of the stream begin anew: at the next start every record there is comes once more, late. */
function rewind(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'cloud.db'));
  const { changes } = database.prepare('DELETE FROM positions').run();
  database.close();
  if (changes === 0) throw new Error('the stream was never read');
}

const inSeconds = (millis: number): string => (millis / 1000).toFixed(1);

test(`killed ${KILLS} times under load, the stack loses nothing, does nothing twice and brings every case to its place`, {
  timeout: 60_000 + KILLS * 20_000,
}, async () => {
  console.log(`seed ${SEED}`);
  const begun = performance.now();
  const random = seeded(SEED);
  const dataDir = join(folder, 'data');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const living = victim(folder, dataDir, port);
  stack = living;
  const restarts: number[] = [];
  const start = async (): Promise<void> => {
    const took = await living.start().ready;
    if (took !== undefined) restarts.push(took);
  };
  await start();

  const { ask } = insistent(url);
  const key = { token: readFileSync(join(dataDir, 'control-key'), 'utf8').trim() };
  const Now = z.object({ now: z.iso.datetime().transform((at) => Date.parse(at)) });
  const Token = z.object({ token: z.string() });
  const load = await createLoad({
    url,
    random,
    every: 250,
    token: async (sub) => (await ask('POST', '/_aws/token', Token, { ...key, body: { sub } })).token,
  });

  const kills: Kill[] = [];
  const clockNow = () => Date.now() + Number(JSON.parse(readFileSync(join(dataDir, 'clock.json'), 'utf8')).offset ?? 0);
  const kill = async (how: () => Promise<unknown> | boolean): Promise<void> => {
    const from = clockNow();
    if ((await how()) !== false) kills.push({ from, to: clockNow() });
  };
  const killAll = () => kill(() => living.killAll());

  load.begin();
  const engineKills = { count: 0 };
  while (kills.length < KILLS - WHILE_TIME_MOVES) {
    const chance = random();
    await pause(random() * 2_500);
    if (kills.length === 0 || chance < 0.3) {
      await kill(() => living.killEngine());
      engineKills.count += 1;
      continue;
    }
    await killAll();
    // some are killed before they are ready
    for (; random() < 0.2 && kills.length < KILLS - WHILE_TIME_MOVES; await killAll()) {
      living.start().ready.catch(() => undefined);
      await pause(random() * 5_000);
    }
    await start();
  }
  console.error('PH end', performance.now()-begun, load.decisions(), JSON.stringify(Object.fromEntries(load.tries)));const accepted = await load.end();console.error('PH ended', accepted.length, performance.now()-begun);

  // everything that happened is told once more, after all that followed from it
  await living.stop();
  rewind(dataDir);
  await start();
  await ask('POST', '/_aws/clock', Now, { ...key, body: { by: 0 } });

  console.error('PH rewound', performance.now()-begun);
  const rested = (await ask('GET', '/_aws/status', Now, key)).now;
  const target = rested + DAYS * DAY;
  for (let part = 1; part <= WHILE_TIME_MOVES + 1; part += 1) {
    const { now } = await ask('GET', '/_aws/status', Now, key);
    const by = Math.max(0, Math.round((target - now) / (WHILE_TIME_MOVES + 2 - part)));
    const moving = fetch(`${url}/_aws/clock`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.token}` },
      body: JSON.stringify({ by }),
    }).catch(() => undefined);
    if (part <= WHILE_TIME_MOVES) {
      await pause(random() * 1_000);
      await killAll();
      await start();
    }
    await moving;
  }
  await living.stop();

  console.error('PH last', performance.now()-begun);
  const last = await startStack({ port, dataDir, demo: false, say: () => undefined });
  try {
    const left = target - last.cloud.clock.now();
    await last.cloud.clock.advance(Math.max(0, Math.round(left)));
    const verdict = await verdictOn(last, { accepted, offer: load.offer, rested, kills });
    const { mails, repeats, nudges, cases, events, orphanRosters } = verdict;
    console.log(
      [
        `${accepted.length} submissions accepted (${cases} cases, ${events} events), ${load.decisions()} decisions`,
        `${kills.length} kills, ${engineKills.count} of them the database engine alone, ${WHILE_TIME_MOVES} while time moved`,
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
