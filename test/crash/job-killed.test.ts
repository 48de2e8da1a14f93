import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import { freePort } from '../e2e/free-port.ts';
import { insistent } from './insist.ts';
import { victim } from './victim.ts';
import { type Page, visitor } from './visitor.ts';

/** Rows of the sheet: some parts of a job, so that it can be killed between them. */
const ROWS = 180;

const folder = mkdtempSync(join(tmpdir(), 'jieli-job-'));
const dataDir = join(folder, 'data');
const port = await freePort();
const url = `http://localhost:${port}`;
const living = victim(folder, dataDir, port);
afterAll(async () => {
  await living.killAll();
  rmSync(folder, { recursive: true, force: true });
});

/** How many rows a job's page says were worked on. */
const worked = ({ html }: Page) => Number(/<progress[^>]*value="(\d+)"/.exec(html)?.[1] ?? Number.NaN);
const Cases = z.object({ items: z.array(z.object({ organization: z.string() })), nextCursor: z.string().nullable() });

test('an import that is killed in the middle, and again, goes on by itself: every row is done, none twice', {
  timeout: 600_000,
}, async () => {
  await living.start().ready;
  const coordinator = visitor(url);
  await coordinator.signIn('hub-coordinator');
  const names = Array.from({ length: ROWS }, (_, index) => `第${index + 1}号医院`);
  const sheet = ['医院,区县,物资,数量', ...names.map((name) => `${name},青山区,口罩,10`)].join('\n');
  const preview = await coordinator.give(await coordinator.open('/console/import'), 'a.csv', sheet);
  const run = /action="(\/console\/import\/\w+\/run)"/.exec(preview.html)?.[1] ?? '';
  const { path } = await coordinator.send(preview, run, {});

  let [seen, kills] = [0, 0];
  while (seen < ROWS) {
    const now = worked(await coordinator.open(path));
    expect(now).toBeGreaterThanOrEqual(seen);
    if (now > seen && now < ROWS && kills < 2) {
      kills += 1;
      await living.killAll();
      await living.start().ready;
    }
    seen = now;
  }
  expect(kills).toBeGreaterThan(0);

  const { ask } = insistent(url);
  const key = readFileSync(join(dataDir, 'control-key'), 'utf8').trim();
  await ask('POST', '/_aws/clock', z.unknown(), { token: key, body: { by: 0 } });
  expect((await coordinator.open(path)).html).toContain(`完成 ${ROWS} 行`);
  const Token = z.object({ token: z.string() });
  const { token } = await ask('POST', '/_aws/token', Token, { token: key, body: { sub: 'hub-coordinator' } });
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: z.output<typeof Cases> = await ask('GET', `/api/v1/cases?kind=need&limit=100${cursor}`, Cases, {
      token,
    });
    found.push(...page.items.map(({ organization }) => organization));
    cursor = page.nextCursor === null ? null : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
  expect(found.sort()).toEqual(names.sort());
});
