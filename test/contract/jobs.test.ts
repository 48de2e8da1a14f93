import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { relayBatch } from '../../functions/relay/relay.ts';
import { beginDaily } from '../../functions/sweep/daily.ts';
import { sweepJobs } from '../../functions/sweep/jobs.ts';
import { Rejected, Retryable } from '../../shared/domain/errors.ts';
import { newSlug, type Slug } from '../../shared/domain/ids.ts';
import { cancelJob, retryAll, retryJob, startJob } from '../../shared/jobs/start.ts';
import { sumsOf } from '../../shared/jobs/sums.ts';
import { type Works, workOn } from '../../shared/jobs/work.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { rowsOfPart, stageRows } from '../../shared/store/job-rows.ts';
import { A_PART, jobsOf, openJobs, readJob, readParts, rowsHash, startWalk } from '../../shared/store/jobs.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { worksOn } from '../engine/jobs-work.ts';
import { policedTable } from '../engine/policed-table.ts';
import { recordOf } from '../engine/record-of.ts';
import { person } from '../factory/hub.ts';
import { type FakeStepFunctions, startStepFunctions } from '../fake/step-functions.ts';

let stand: HubStand;
let sfn: FakeStepFunctions;
let hub: Hub;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
  [stand, sfn] = [await startHub(), await startStepFunctions()];
  ({ hub } = stand);
});
afterEach(() => {
  vi.useRealTimers();
  sfn.executions.clear();
  sfn.fault = undefined;
});
afterAll(async () => {
  await stand.stop();
  await sfn.stop();
});

const doing = { member: person('hub-coordinator'), door: 'console' } as const;
const kind = 'import-needs';

function rowsFor(count: number) {
  const plan = newSlug();
  return Array.from({ length: count }, (_, index) => ({ plan, need: index + 1 }));
}

/** Rows that were staged and count. */
async function started(count: number): Promise<Slug> {
  const [id, rows] = [newSlug(), rowsFor(count)];
  await stageRows(hub.table, kind, id, 1, rows);
  await startJob(hub.table, { kind, id, rows: count, hash: rowsHash(rows) }, doing);
  return id;
}

/** Works that decide a row by its number; steps of the others are not expected. */
async function works(decide: (need: number) => Promise<object>): Promise<Works> {
  return { ...(await worksOn(hub)), rows: { [kind]: ({ need }) => decide(need) } };
}

/** What a job's parts came to. */
async function sums(id: Slug) {
  const parts = [...(await readParts(hub.table, id)).values()];
  const add = (what: 'done' | 'refused' | 'failed' | 'open') => parts.reduce((sum, part) => sum + part[what], 0);
  return { done: add('done'), refused: add('refused'), failed: add('failed'), open: add('open') };
}

describe('rows that are staged', () => {
  it('count when all that is named lies there, staged once or twice, and not before', async () => {
    const [id, rows] = [newSlug(), rowsFor(60)];
    await stageRows(hub.table, kind, id, 1, rows.slice(0, 30));
    const upload = { kind, id, rows: 60, hash: rowsHash(rows) } as const;
    const short = await startJob(hub.table, upload, doing).catch((error: unknown) => error);
    expect(short).toMatchObject({ code: 'invalid', fields: [{ code: 'not-all-staged' }] });
    await stageRows(hub.table, kind, id, 31, rows.slice(30));
    await stageRows(hub.table, kind, id, 1, rows.slice(0, 30));
    await expect(startJob(hub.table, { ...upload, hash: rowsHash(rows.toReversed()) }, doing)).rejects.toThrow();
    expect(await readJob(hub.table, id)).toBeUndefined();
    const job = await startJob(hub.table, upload, doing);
    expect(job).toMatchObject({ id, state: 'open', rows: 60, owner: 'hub' });
    // asked again it is the same job, with one entry in the trail
    expect(await startJob(hub.table, upload, doing)).toEqual(job);
    const told = (await contentsOf(hub.table)).filter(({ data }) => Object(data).job === id);
    expect(told).toMatchObject([{ data: { type: 'job', on: 'started', rows: 60 } }]);
    expect((await jobsOf(hub.table, person('hub-lead').party)).map((each) => each.id)).toContain(id);
  });

  it('are made to count by nobody who may not do what they ask for', async () => {
    const [id, rows] = [newSlug(), rowsFor(1)];
    await stageRows(hub.table, kind, id, 1, rows);
    const stranger = { member: person('funder-approver'), door: 'console' } as const;
    const asked = startJob(hub.table, { kind, id, rows: 1, hash: rowsHash(rows) }, stranger);
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are forgotten with everything of the job, by the days of their kind', async () => {
    const id = await started(3);
    await workOn(await works(async () => ({})), id);
    const items = (await contentsOf(hub.table)).filter(({ pk }) => pk === `JOB#${id}`);
    expect(items.map(({ entity }) => entity)).toEqual(
      expect.arrayContaining(['job', 'job-row', 'job-part', 'job-run']),
    );
    for (const { expires } of items) expect(Number(expires)).toBeLessThan(Date.now() / 1000 + 8 * 86_400);
  });
});

describe('work on a job', () => {
  it('gives every row a result of its own: done, refused with its fields, or failed', async () => {
    const id = await started(5);
    const decide = async (need: number) => {
      if (need === 2) throw new Rejected('invalid', { fields: [{ pointer: '/place', code: 'required' }] });
      if (need === 3) throw new TypeError('a fault');
      return need === 4 ? { note: 'skipped' } : {};
    };
    expect(await workOn(await works(decide), id)).toBe(false);
    const results = (await rowsOfPart(hub.table, id, 1)).map(({ result }) => result);
    expect(results).toMatchObject([
      { state: 'done' },
      { state: 'refused', code: 'invalid', fields: [{ pointer: '/place', code: 'required' }] },
      { state: 'failed', error: 'TypeError' },
      { state: 'done', note: 'skipped' },
      { state: 'done' },
    ]);
    expect(await sums(id)).toEqual({ done: 3, refused: 1, failed: 1, open: 0 });
    expect((await readParts(hub.table, id)).get(1)?.troubled).toEqual([2, 3]);
    expect(await readJob(hub.table, id)).toMatchObject({ state: 'done', endedAt: expect.any(String) });
  });

  it('goes on after it was stopped anywhere, and decides no row again that has a result', async () => {
    const rows = 2 * A_PART + 7;
    const id = await started(rows);
    const decided = new Map<number, number>();
    let left = 30;
    const decide = async (need: number) => {
      left -= 1;
      if (left < 0) throw new Retryable('the machine is away');
      decided.set(need, (decided.get(need) ?? 0) + 1);
      return {};
    };
    for (let tries = 0; tries < 20 && (await readJob(hub.table, id))?.state === 'open'; tries++) {
      left = 30;
      await workOn(await works(decide), id).catch((error: unknown) => expect(error).toBeInstanceOf(Retryable));
    }
    expect(await sums(id)).toEqual({ done: rows, refused: 0, failed: 0, open: 0 });
    expect(decided.size).toBe(rows);
    expect([...decided.values()].every((times) => times === 1)).toBe(true);
  });

  it('passes over what stumbles again in its last slice, and says so of the row', async () => {
    const id = await started(3);
    const decide = async (need: number) => {
      if (need === 2) throw new Retryable('always');
      return {};
    };
    await expect(workOn(await works(decide), id)).rejects.toThrow('always');
    expect(await sums(id)).toEqual({ done: 2, refused: 0, failed: 0, open: 1 });
    expect(await workOn(await works(decide), id, true)).toBe(false);
    expect(await sums(id)).toEqual({ done: 2, refused: 0, failed: 1, open: 0 });
  });

  it('ends where somebody cancels it: what was decided stays, the rest has no result', async () => {
    const id = await started(3 * A_PART);
    const decide = async (need: number) => {
      if (need === A_PART) await cancelJob(hub.table, id, doing);
      return {};
    };
    expect(await workOn(await works(decide), id)).toBe(false);
    expect(await readJob(hub.table, id)).toMatchObject({ state: 'cancelled' });
    expect(await sums(id)).toEqual({ done: A_PART, refused: 0, failed: 0, open: 0 });
    expect(await workOn(await works(decide), id)).toBe(false);
    expect((await openJobs(hub.table)).map((open) => open.id)).not.toContain(id);
    const told = (await contentsOf(hub.table)).filter(({ data }) => Object(data).job === id);
    expect(told.map(({ data }) => Object(data).on).sort()).toEqual(['cancelled', 'started']);
  });

  it('is taken up again for the rows that failed, as often as is asked, and for no other row', async () => {
    const id = await started(A_PART + 3);
    const decided: number[] = [];
    const failing = new Set([2, A_PART + 1]);
    const decide = async (need: number) => {
      decided.push(need);
      if (failing.has(need)) throw new TypeError('a fault');
      if (need === 3) throw new Rejected('invalid');
      return {};
    };
    await workOn(await works(decide), id);
    expect(await sums(id)).toEqual({ done: A_PART, refused: 1, failed: 2, open: 0 });
    const whole = await readJob(hub.table, id);

    const again = await retryJob(hub.table, id, doing);
    expect(again).toMatchObject({ state: 'open', startedAt: whole?.startedAt });
    expect(again.endedAt).toBeUndefined();
    // asked twice at once it goes on once
    expect(await retryJob(hub.table, id, doing)).toEqual(again);
    expect(await sumsOf(hub.table, again)).toMatchObject({ done: A_PART, refused: 1, failed: 0 });
    decided.length = 0;
    failing.delete(2);
    // killed in between it goes on, and takes up no row that is decided
    const killed = works(async (need) => {
      if (need === 2) throw new Retryable('the machine is away');
      return decide(need);
    });
    await expect(workOn(await killed, id)).rejects.toThrow('the machine is away');
    expect(await workOn(await works(decide), id)).toBe(false);
    expect(decided.sort((a, b) => a - b)).toEqual([2, A_PART + 1]);
    expect(await sums(id)).toEqual({ done: A_PART + 1, refused: 1, failed: 1, open: 0 });
    expect(await readJob(hub.table, id)).toMatchObject({ state: 'done' });

    failing.clear();
    decided.length = 0;
    expect(await retryAll(hub.table)).toBeGreaterThan(0);
    await workOn(await works(decide), id);
    expect(decided).toEqual([A_PART + 1]);
    expect(await sums(id)).toEqual({ done: A_PART + 2, refused: 1, failed: 0, open: 0 });
    expect(await retryAll(hub.table)).toBe(0);
    expect(await retryJob(hub.table, id, doing)).toMatchObject({ state: 'done' });
    const told = (await contentsOf(hub.table)).filter(({ data }) => Object(data).job === id);
    expect(told.map(({ data }) => Object(data).on).sort()).toEqual([
      'done',
      'done',
      'done',
      'retried',
      'retried',
      'started',
    ]);
    const runs = (await contentsOf(hub.table)).filter(({ entity, job }) => entity === 'job-run' && job === id);
    expect(runs.map(({ run }) => run).sort()).toEqual([1, 2, 3]);
  });

  it('is of the party that started it: another cannot see, cancel or list it', async () => {
    const id = await started(1);
    const stranger = { member: person('funder-approver'), door: 'console' } as const;
    await expect(cancelJob(hub.table, id, stranger)).rejects.toMatchObject({ code: 'not-found' });
    await expect(retryJob(hub.table, id, stranger)).rejects.toMatchObject({ code: 'not-found' });
    expect(await jobsOf(hub.table, stranger.member.party)).toEqual([]);
  });
});

describe('a run of a job', () => {
  const relay = async () => ({
    table: await policedTable(hub.table, 'relay'),
    sfn: sfn.client,
    machines: sfn.machines,
    jobsMachine: sfn.jobsMachine,
  });
  const newsOf = async (id: Slug) =>
    (await contentsOf(hub.table)).filter(({ entity, job }) => entity === 'job-run' && job === id).map(recordOf);

  it('is started by the relay under the name of job and run, however often the news comes', async () => {
    const id = await started(1);
    const Records = await newsOf(id);
    for (let times = 0; times < 2; times++)
      expect(await relayBatch(await relay(), { Records })).toEqual({ batchItemFailures: [] });
    expect([...sfn.executions]).toMatchObject([[`${id}-1`, { machine: sfn.jobsMachine, input: { job: id } }]]);
  });

  it('that the stream lost, or that ended too early, is asked for again by the sweep; one that runs is left alone', async () => {
    const [lost, ended, running] = [await started(1), await started(1), await started(1)];
    sfn.executions.set(`${ended}-1`, { machine: '', input: {}, status: 'FAILED' });
    sfn.executions.set(`${running}-1`, { machine: '', input: {}, status: 'RUNNING' });
    const sweep = { ...(await relay()), table: await policedTable(hub.table, 'sweep') };
    await sweepJobs(sweep);
    for (const id of [lost, ended, running]) expect(await newsOf(id)).toHaveLength(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20 * 60_000 });
    await sweepJobs(sweep);
    expect(await Promise.all([lost, ended, running].map(async (id) => (await newsOf(id)).length))).toEqual([2, 2, 1]);
    await relayBatch(await relay(), { Records: await newsOf(lost) });
    expect([...sfn.executions.keys()]).toEqual(expect.arrayContaining([`${lost}-2`]));
  });
});

describe('the daily work', () => {
  it('is begun in every part, also where one fails, and the run says that it failed', async () => {
    const failing = beginDaily(await policedTable(hub.table, 'sweep'), () => Promise.reject(new Error('no key')));
    await expect(failing).rejects.toThrow('no key');
    const names = (await openJobs(hub.table)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['anchor-rest', 'erase-cases', 'erase-reasons']));
  });

  it('is not begun again while yesterday’s is still at it', async () => {
    await startWalk(hub.table, 'look-through');
    expect(await startWalk(hub.table, 'look-through')).toBe(false);
    const open = (await openJobs(hub.table)).find(({ name }) => name === 'look-through');
    if (!open) throw new Error('not begun');
    expect(await workOn(await works(async () => ({})), open.id)).toBe(false);
    expect(await startWalk(hub.table, 'look-through')).toBe(true);
  });
});
