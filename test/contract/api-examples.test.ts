import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { JobOutlineView, JobView } from '../../functions/api/views/job.ts';
import { openTask } from '../../functions/stages/open-task/open-task.ts';
import { CaseId, type Kind, kinds } from '../../shared/domain/ids.ts';
import { lifecycleOf } from '../../shared/kinds/lifecycle.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { workedOn } from '../engine/jobs-work.ts';
import { demoProgramme, exampleOf, walker } from '../engine/walk.ts';

let api: ApiStand;
let walk: ReturnType<typeof walker>;
beforeAll(async () => {
  api = await startApi();
  walk = walker(api);
  await api.ok('POST', '/programmes', z.unknown(), { as: 'funder-approver', body: demoProgramme() });
  const strict = demoProgramme({ id: 'two-approvers', secondApprovalAbove: 100_000 });
  await api.ok('POST', '/programmes', z.unknown(), { as: 'funder-approver', body: strict });
});
afterAll(() => api.stop());

const Content = z.object({
  example: z.unknown().optional(),
  examples: z.record(z.string(), z.object({ value: z.unknown().optional() })).optional(),
});
const Document = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ requestBody: z.object({ content: z.record(z.string(), Content) }).optional() })),
  ),
});

/** The example bodies of an operation as they stand in the document that the API answers now. */
async function examples(path: string, type = 'application/json'): Promise<unknown[]> {
  const { paths } = await api.ok('GET', '/openapi.json', Document);
  const content = paths[`/api/v1${path}`]?.post?.requestBody?.content[type];
  return content?.examples ? Object.values(content.examples).map(({ value }) => value) : [content?.example];
}

/** Every answer that the lifecycle lets a person give. */
const answers = kinds.flatMap((kind) =>
  lifecycleOf(kind)
    .filter(({ by, on }) => by !== 'workflow' && !['withdrawn', 'given-up', 'enough', 'merged'].includes(on))
    .map(({ from, on }) => [kind, from, on] as const),
);
const once = [...new Map(answers.map((answer) => [answer.join(), answer])).values()];

describe('the examples of the document, sent as they stand', () => {
  it.each(['/needs', '/grants', '/insurance-requests'])(
    'POST %s makes a case, and another one the next time',
    async (path) => {
      const [body] = await examples(path);
      for (const _ of [1, 2]) expect((await api.call('POST', path, { body })).status).toBe(201);
    },
  );

  it.each(once)('%s in %s: %s is accepted and moves the case on', async (kind: Kind, stage, outcome) => {
    const changes = stage === 'second-approval' ? { programme: 'two-approvers' } : {};
    const walked = await walk.at(kind, stage, changes);
    const got = await walk.answer(kind, walked, exampleOf(kind, outcome));
    expect(got).toMatchObject({ status: 200, body: { kind, id: walked.id } });
    const stays = lifecycleOf(kind).some(({ from, on, to }) => from === stage && on === outcome && to === stage);
    if (!stays) expect(got.body).not.toMatchObject({ stage });
  });

  it.each(kinds)('%s: resumed lets a stuck workflow go on', async (kind) => {
    const walked = await walk.submit(kind);
    const stage = await walk.stageOf(walked);
    const caseId = CaseId.parse(walked.id);
    await openTask(api.hub.table, { caseId, stage, taskToken: 'stuck', dueSeconds: 60, stuck: true });
    const { id } = await stuckTask(walked.id);
    const got = await api.call('POST', `/tasks/${id}/decision`, { as: 'hub-lead', body: exampleOf(kind, 'resumed') });
    expect(got).toMatchObject({ status: 200, body: { stage } });
  });

  it('amounts, and a withdrawal, by the private link', async () => {
    for (const body of await examples('/track/{secret}/amounts')) {
      const { secret } = await walk.at('need', 'matching');
      expect((await api.call('POST', `/track/${secret}/amounts`, { body })).status).toBe(200);
    }
    const { secret } = await walk.at('need', 'matching');
    const [body] = await examples('/track/{secret}/withdrawal');
    expect(await api.call('POST', `/track/${secret}/withdrawal`, { body })).toMatchObject({
      status: 200,
      body: { stage: 'withdrawn' },
    });
  });

  it('amounts, and a withdrawal, by a coordinator for an applicant without e-mail', async () => {
    const { id } = await walk.submit('need', { contact: { name: '刘主任', phone: '027-00001234' } }, 'hub-coordinator');
    for (const action of ['amounts', 'withdrawal']) {
      const [body] = await examples(`/cases/{id}/${action}`);
      const got = await api.call('POST', `/cases/${id}/${action}`, { as: 'hub-coordinator', body });
      expect(got).toMatchObject({ status: 200, body: { id, onBehalf: { party: 'hub' } } });
    }
  });

  it('a programme and an offer', async () => {
    for (const [path, as] of [
      ['/programmes', 'programme-manager'],
      ['/offers', 'funder-approver'],
    ] as const) {
      const [body] = await examples(path);
      expect((await api.call('POST', path, { as, body })).status).toBe(201);
    }
  });

  it('an import in each of its media types, and the job that makes it', async () => {
    const Preview = z.object({ id: z.string(), totals: z.object({ needs: z.literal(2), unknownLines: z.literal(1) }) });
    const as = 'hub-coordinator';
    const ids: string[] = [];
    for (const type of ['text/csv', 'application/octet-stream']) {
      const [body] = await examples('/imports', type);
      ids.push((await api.ok('POST', '/imports', Preview, { as, body, headers: { 'content-type': type } })).id);
    }
    const [fields] = await examples('/imports', 'multipart/form-data');
    const form = new FormData();
    form.set('file', new Blob([z.object({ file: z.string() }).parse(fields).file]), '需求.csv');
    ids.push((await api.ok('POST', '/imports', Preview, { as, body: form })).id);
    const [run] = await examples('/imports/{id}/run');
    const begun = await Promise.all(ids.map((id) => api.call('POST', `/imports/${id}/run`, { as, body: run })));
    const jobs: z.infer<typeof JobView>[] = [];
    for (const { status, body, headers } of begun) {
      expect(status).toBe(202);
      const { id, state } = JobView.parse(body);
      expect(state).toBe('open');
      await workedOn(api.hub, id);
      const place = new URL(headers.get('location') ?? '').pathname.slice('/api/v1'.length);
      jobs.push(await api.ok('GET', place, JobView, { as }));
    }
    expect(jobs.map(({ state, done, noted, left }) => ({ state, done, noted, left }))).toEqual([
      { state: 'done', done: 2, noted: 0, left: 0 },
      { state: 'done', done: 2, noted: 2, left: 0 },
      { state: 'done', done: 2, noted: 2, left: 0 },
    ]);
    const { items } = await api.ok('GET', '/jobs', z.object({ items: z.array(JobOutlineView) }), { as });
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  });

  it('a roster that is only checked, typed or as a file', async () => {
    const [body] = await examples('/roster-reviews');
    expect(await api.call('POST', '/roster-reviews', { body })).toMatchObject({
      status: 200,
      body: { good: 2, bad: 1 },
    });
    const [fields] = await examples('/roster-reviews', 'multipart/form-data');
    const form = new FormData();
    for (const [name, value] of Object.entries(z.record(z.string(), z.string()).parse(fields))) form.set(name, value);
    expect(await api.call('POST', '/roster-reviews', { body: form })).toMatchObject({
      status: 200,
      body: { good: 2, bad: 0 },
    });
  });

  // their schemas are open: browsers and clients send the names of buttons and fields of their own
  it.each([
    ['/imports', 201],
    ['/roster-reviews', 200],
  ] as const)('a form to %s with one field more than its schema names', async (path, status) => {
    const [fields] = await examples(path, 'multipart/form-data');
    const form = new FormData();
    for (const [name, value] of Object.entries(z.record(z.string(), z.string()).parse(fields))) form.set(name, value);
    form.set('button', '上传');
    expect(await api.call('POST', path, { body: form, as: 'hub-coordinator' })).toMatchObject({ status });
  });
});

async function stuckTask(caseId: string) {
  const { tasks } = await api.ok(
    'GET',
    `/cases/${caseId}`,
    z.object({ tasks: z.array(z.object({ id: z.string(), outcomes: z.array(z.string()) })) }),
    { as: 'hub-lead' },
  );
  const task = tasks.find(({ outcomes }) => outcomes.includes('resumed'));
  if (!task) throw new Error(`${caseId} is not stuck`);
  return task;
}
