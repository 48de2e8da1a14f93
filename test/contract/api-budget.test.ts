import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { demoProgramme, exampleOf, walker } from '../engine/walk.ts';

let api: ApiStand;
let walk: ReturnType<typeof walker>;
beforeAll(async () => {
  api = await startApi();
  walk = walker(api);
});
afterAll(() => api.stop());

const Programme = z.object({ available: z.number() });

/** A programme with a budget, and applications to it that wait for approval. */
async function waiting(budget: number, requests: readonly number[]) {
  const { id } = await api.ok('POST', '/programmes', z.object({ id: z.string() }), {
    as: 'funder-approver',
    body: demoProgramme({ id: undefined, budget, ceiling: budget, secondApprovalAbove: budget }),
  });
  const tasks: string[] = [];
  const secrets: string[] = [];
  for (const amount of requests) {
    const walked = await walk.submit('grant', { programme: id, budget: [{ description: 'all', amount }] });
    await walk.answer('grant', walked, exampleOf('grant', 'recommended'));
    tasks.push((await walk.openTask(walked)).id);
    secrets.push(walked.secret);
  }
  const left = async () => (await api.ok('GET', `/programmes/${id}`, Programme, { as: 'funder-finance' })).available;
  return { tasks, secrets, left };
}

describe('the budget of a programme', () => {
  it('is never overcommitted, however many approve at once, and what is left is what was not granted', async () => {
    const fen = fc.integer({ min: 1, max: 400 }).map((yuan) => yuan * 100);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fen, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 800 }),
        async (requests, yuan) => {
          const budget = Math.max(yuan * 100, ...requests);
          const { tasks, left } = await waiting(budget, requests);
          const people = ['funder-approver', 'funder-second-approver'];
          const got = await Promise.all(
            tasks.map((id, index) =>
              api.call('POST', `/tasks/${id}/decision`, { as: people[index % 2] ?? '', body: { outcome: 'approved' } }),
            ),
          );
          const granted = requests.filter((_, index) => got[index]?.status === 200);
          const refused = requests.filter((_, index) => got[index]?.status !== 200);
          for (const { status, body } of got)
            if (status !== 200) expect({ status, body }).toMatchObject({ status: 409, body: { code: 4004 } });
          const rest = budget - granted.reduce((sum, amount) => sum + amount, 0);
          expect(rest).toBeGreaterThanOrEqual(0);
          expect(await left()).toBe(rest);
          expect(refused.every((amount) => amount > rest)).toBe(true);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('gets an award back when the applicant withdraws before anything was paid', async () => {
    const { tasks, secrets, left } = await waiting(10_000, [10_000, 5_000]);
    const approve = (index: number) =>
      api.call('POST', `/tasks/${tasks[index]}/decision`, { as: 'funder-approver', body: { outcome: 'approved' } });
    expect((await approve(0)).status).toBe(200);
    expect((await approve(1)).status).toBe(409);
    await api.ok('POST', `/track/${secrets[0]}/withdrawal`, z.unknown());
    expect((await approve(1)).status).toBe(200);
    expect(await left()).toBe(5_000);
  });
});
