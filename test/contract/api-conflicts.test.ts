import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { interest, standIn } from '../../functions/api/openapi/examples/conflicts.ts';
import { type ApiStand, startApi, TaskPage } from '../engine/api-stand.ts';
import { demoProgramme, walker } from '../engine/walk.ts';
import { day } from '../factory/hub.ts';

let api: ApiStand;
let walk: ReturnType<typeof walker>;
beforeAll(async () => {
  api = await startApi();
  walk = walker(api);
  await api.ok('POST', '/programmes', z.unknown(), { as: 'funder-approver', body: demoProgramme() });
});
afterAll(() => api.stop());

const Interests = z.object({
  items: z.array(
    z.object({ id: z.string(), name: z.string(), reason: z.string(), standing: z.boolean(), retractable: z.boolean() }),
  ),
});
const Board = z.object({
  standIns: z.array(z.object({ id: z.string(), member: z.string(), standIn: z.string(), revocable: z.boolean() })),
  colleagues: z.array(z.object({ id: z.string(), name: z.string() })),
});
const CaseFile = z.object({
  openTask: z.object({ id: z.string(), outcomes: z.array(z.string()), assignee: z.looseObject({}) }).nullable(),
  history: z.array(z.looseObject({ type: z.string(), by: z.looseObject({}) })),
});
let organizations = 0;
const own = () => ({ organization: `接口利益示例 ${++organizations}` });
const tasksOf = async (as: string) =>
  (await api.ok('GET', '/tasks?limit=100', TaskPage, { as })).items.map(({ caseId }) => String(caseId));

describe('an interest', () => {
  it.each(Object.values(interest()))(
    'is declared as in the example, “$summary”, and the task is gone from the list',
    async ({ value }) => {
      const { id } = await walk.at('grant', 'approving', own());
      expect(await tasksOf('funder-approver')).toContain(id);
      const declare = () => api.ok('POST', `/cases/${id}/interests`, Interests, { as: 'funder-approver', body: value });
      expect((await declare()).items).toMatchObject([
        { name: 'Name of funder-approver', retractable: false, ...z.looseObject({}).parse(value) },
      ]);
      expect((await declare()).items).toHaveLength(1);
      expect(await tasksOf('funder-approver')).not.toContain(id);
      expect(await tasksOf('funder-second-approver')).toContain(id);
      const file = await api.ok('GET', `/cases/${id}`, CaseFile, { as: 'funder-approver' });
      expect(file.openTask?.outcomes).toEqual([]);
      const task = `/tasks/${file.openTask?.id}`;
      expect((await api.call('GET', task, { as: 'funder-approver' })).body).toMatchObject({ outcomes: [] });
      const refused = await api.call('POST', `${task}/decision`, {
        as: 'funder-approver',
        body: { outcome: 'approved' },
      });
      expect(refused).toMatchObject({ status: 403, body: { code: 2010, type: 'urn:jieli:problem:interest-declared' } });
    },
  );

  it('is taken back by who leads; others are told that they may not', async () => {
    const { id } = await walk.at('need', 'verifying', own());
    const body = { reason: 'other' };
    const [mine] = (await api.ok('POST', `/cases/${id}/interests`, Interests, { as: 'hub-coordinator', body })).items;
    const path = `/cases/${id}/interests/${mine?.id}/retraction`;
    expect((await api.call('POST', path, { as: 'hub-coordinator' })).status).toBe(403);
    expect((await api.call('POST', path, { as: 'insurer' })).status).toBe(404);
    expect((await api.ok('GET', `/cases/${id}/interests`, Interests, { as: 'hub-lead' })).items).toMatchObject([
      { name: 'Name of hub-coordinator', retractable: true },
    ]);
    expect((await api.ok('POST', path, Interests, { as: 'hub-lead', body: {} })).items).toEqual([]);
    expect((await api.call('POST', path, { as: 'hub-lead' })).status).toBe(404);
    expect(await tasksOf('hub-coordinator')).toContain(id);
  });

  it('that leaves nobody at the desk hands the task over, and the history says to whom; the applicant reads it too', async () => {
    const walked = await walk.at('grant', 'reviewing', own());
    for (const as of ['funder-reviewer', 'many-roles'])
      await api.ok('POST', `/cases/${walked.id}/interests`, Interests, { as, body: { reason: 'money' } });
    for (const [path, as] of [
      [`/cases/${walked.id}`, 'programme-manager'],
      [`/track/${walked.secret}`, ''],
    ] as const) {
      const file = await api.ok('GET', path, CaseFile, as ? { as } : {});
      expect(file.openTask?.assignee).toMatchObject({ roles: ['programme-manager'], handedOver: true });
      expect(file.history.at(-1)).toMatchObject({
        type: 'interest-declared',
        handedTo: { party: 'river-foundation', name: '长河基金会', role: 'programme-manager' },
      });
      if (as === '') expect(JSON.stringify(file.history)).not.toMatch(/Name of|money/);
    }
    expect(
      (await walk.answer('grant', walked, { outcome: 'recommended', score: 70 }, 'programme-manager')).status,
    ).toBe(200);
  });
});

describe('a stand-in', () => {
  it('is named as in the example, answers with both names, and is revoked', async () => {
    const as = 'funder-approver';
    const example = standIn(Date.now()).week?.value;
    const headers = { 'idempotency-key': 'name-once' };
    const name = () => api.ok('POST', '/stand-ins', Board, { as, body: example, headers });
    const [first] = (await name()).standIns;
    expect(first).toMatchObject({ member: 'Name of funder-approver', standIn: 'Name of funder-second-approver' });
    expect((await name()).standIns).toHaveLength(1);
    expect((await api.call('POST', '/stand-ins', { as, body: example })).body).toMatchObject({ code: 4010 });
    expect((await api.call('POST', `/stand-ins/${first?.id}/revocation`, { as: 'funder-finance' })).status).toBe(404);
    expect((await api.ok('POST', `/stand-ins/${first?.id}/revocation`, Board, { as })).standIns).toEqual([]);

    const finance = (await api.ok('GET', '/stand-ins', Board, { as })).colleagues.find(
      ({ name: one }) => one === 'Name of funder-finance',
    );
    const body = { standIn: finance?.id, from: day(0), to: day(0) };
    await api.ok('POST', '/stand-ins', Board, { as, body });
    const walked = await walk.at('grant', 'approving', own());
    expect(await tasksOf('funder-finance')).toContain(walked.id);
    expect((await walk.answer('grant', walked, { outcome: 'approved' }, 'funder-finance')).status).toBe(200);
    const { history } = await api.ok('GET', `/cases/${walked.id}`, CaseFile, { as });
    expect(history.find(({ on }) => on === 'approved')?.by).toMatchObject({
      name: 'Name of funder-finance',
      standIn: true,
      inPlaceOf: 'Name of funder-approver',
    });
    const seen = await api.ok('GET', `/track/${walked.secret}`, CaseFile);
    const approval = seen.history.find(({ on }) => on === 'approved')?.by;
    expect(approval).toMatchObject({ party: '长河基金会', standIn: true });
    expect(JSON.stringify(approval)).not.toContain('Name of');
  });

  it('is refused with a problem for every wrong field', async () => {
    const wrong = (body: unknown) => api.call('POST', '/stand-ins', { as: 'funder-reviewer', body });
    expect(await wrong({ standIn: 'nobody', from: day(0), to: day(1) })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/standIn' }] },
    });
    expect(await wrong({})).toMatchObject({ status: 422 });
    expect((await api.call('GET', '/stand-ins', { as: 'auditor' })).status).toBe(403);
  });
});
