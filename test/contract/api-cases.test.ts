import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CaseFileView } from '../../functions/api/views/case-file.ts';
import { TaskView } from '../../functions/api/views/task.ts';
import { noteUndelivered } from '../../shared/case/undelivered.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import { GrantInput } from '../../shared/kinds/grant/input.ts';
import { InsuranceInput } from '../../shared/kinds/insurance/input.ts';
import { NeedInput } from '../../shared/kinds/need/input.ts';
import { type ApiStand, Created, startApi, TaskPage } from '../engine/api-stand.ts';
import { nameOf } from '../engine/people.ts';
import { demoProgramme, exampleOf, submissionOf, walker } from '../engine/walk.ts';

let api: ApiStand;
let walk: ReturnType<typeof walker>;
beforeAll(async () => {
  api = await startApi();
  walk = walker(api);
  await api.ok('POST', '/programmes', z.unknown(), { as: 'funder-approver', body: demoProgramme() });
});
afterAll(() => api.stop());

const Page = z.object({
  items: z.array(z.object({ id: z.string(), kind: z.string(), stage: z.string() })),
  nextCursor: z.string().nullable(),
});

describe('an applicant’s address', () => {
  it('that was found to be right is said so by a coordinator, once, and the link is mailed again', async () => {
    const { id } = await walk.submit('need');
    await noteUndelivered(api.hub.table, CaseId.parse(id), 'refused');
    const path = `/cases/${id}/mail`;
    expect((await api.call('POST', path, { as: 'programme-manager', body: {} })).status).toBe(403);
    const headers = { 'idempotency-key': 'the-address-is-right' };
    for (const _ of [1, 2])
      expect(await api.call('POST', path, { as: 'hub-coordinator', body: {}, headers })).toMatchObject({
        status: 200,
        body: { mailed: true },
      });
    const { history } = z
      .object({ history: z.array(z.looseObject({ type: z.string() })) })
      .parse((await api.call('GET', `/cases/${id}`, { as: 'hub-coordinator' })).body);
    expect(history.filter(({ type }) => type.startsWith('mail-'))).toMatchObject([
      { type: 'mail-undelivered', why: 'refused' },
      { type: 'mail-resumed' },
    ]);
  });
});

describe('submitting', () => {
  it('gives anybody the number, the private link and the place of their case', async () => {
    const got = await api.call('POST', '/needs', { body: submissionOf('need') });
    expect(got.status).toBe(201);
    const made = Created.parse(got.body);
    expect(made).toMatchObject({ stage: 'submitted' });
    expect(made.trackingUrl).toMatch(/^http:\/\/hub\.test\/track\/N/);
    const followed = await api.call('GET', new URL(got.headers.get('location') ?? '').pathname.slice('/api/v1'.length));
    expect(followed.body).toMatchObject({ id: made.id, contact: { name: '刘主任' } });
  });

  it('keeps "amount unknown" apart from any number', async () => {
    const { secret } = await walk.submit('need');
    const got = await api.call('GET', `/track/${secret}`);
    expect(got.body).toMatchObject({ lines: [{ id: 'L1', quantity: null }, { quantity: 5000 }, { quantity: 200 }] });
  });

  it.each([
    ['need', NeedInput],
    ['grant', GrantInput],
    ['insurance', InsuranceInput],
  ] as const)(
    'keeps all that the form of a %s asks, and whoever handles the case reads it there',
    async (kind, input) => {
      const sent = z.looseObject({}).parse(submissionOf(kind));
      // a field that is new stands in the example too
      expect(Object.keys(sent).sort()).toEqual(Object.keys(input.shape).sort());
      const { id, secret } = await walk.submit(kind, sent);
      const as = kind === 'grant' ? 'funder-reviewer' : 'hub-coordinator';
      // who funds does not see whom to call; names of volunteers are a page of their own; the case says which text was agreed to in its own words
      const { consent: _, volunteers: __, contact, ...said } = sent;
      const lines = z.object({ lines: z.array(z.looseObject({})) }).safeParse(said).data?.lines;
      const kept = {
        ...said,
        ...(kind !== 'grant' && { contact }),
        ...(lines && { lines: lines.map((line) => expect.objectContaining(line)) }),
      };
      expect((await api.call('GET', `/cases/${id}`, { as })).body).toMatchObject(kept);
      const own = Object.keys(await api.ok('GET', `/track/${secret}`, z.looseObject({})));
      expect(own).toEqual(expect.arrayContaining(['contact', ...Object.keys(said)]));
    },
  );

  it('records when a coordinator sends it for an organization, which then needs no e-mail', async () => {
    const body = submissionOf('need', { contact: { name: '刘主任' }, delivery: undefined });
    const as = 'hub-coordinator';
    const { id } = await api.ok('POST', '/needs', Created, { as, body });
    const got = await api.call('GET', `/cases/${id}`, { as });
    expect(got.body).toMatchObject({
      onBehalf: { party: 'hub' },
      history: [{ by: { type: 'party', onBehalf: true } }],
    });
    expect(await api.call('POST', '/needs', { body })).toMatchObject({ status: 422 });
  });

  it('is refused with a wrong token, and in the name of somebody who is no coordinator', async () => {
    const body = submissionOf('need');
    expect(await api.call('POST', '/needs', { as: 'not-valid', body })).toMatchObject({ status: 401 });
    expect(await api.call('POST', '/needs', { as: 'funder-approver', body })).toMatchObject({ status: 403 });
    expect(await api.call('POST', '/needs', { as: 'a-stranger', body })).toMatchObject({ status: 403 });
  });
});

describe('Idempotency-Key', () => {
  const key = () => ({ 'idempotency-key': crypto.randomUUID() });

  it('gives the same case for the same request, and refuses another request', async () => {
    const body = submissionOf('need');
    const headers = key();
    const first = await api.call('POST', '/needs', { body, headers });
    const second = await api.call('POST', '/needs', { body, headers });
    expect(second).toMatchObject({ status: 201, body: first.body ?? {} });
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    const other = { ...body, note: 'something else' };
    expect(await api.call('POST', '/needs', { body: other, headers })).toMatchObject({
      status: 422,
      body: { code: 1005 },
    });
  });

  it('of one stranger stops no other who uses the same, and gives nobody another’s link', async () => {
    const headers = { 'idempotency-key': '1' };
    const body = submissionOf('need');
    const other = { ...body, contact: { name: '另一位', phone: '027-00009999', email: 'another@example.org' } };
    const made = [
      await api.ok('POST', '/needs', Created, { body, headers }),
      await api.ok('POST', '/needs', Created, { body: other, headers }),
      await api.ok('POST', '/needs', Created, { body, headers, address: '198.51.100.7' }),
    ];
    expect(new Set(made.map(({ trackingUrl }) => trackingUrl)).size).toBe(3);
    expect(await api.ok('POST', '/needs', Created, { body: other, headers })).toMatchObject({ id: made[1]?.id });
  });

  it('makes one case of the same request sent ten times at once', async () => {
    const body = submissionOf('insurance');
    const headers = key();
    const made = await Promise.all(
      Array.from({ length: 10 }, () => api.ok('POST', '/insurance-requests', Created, { body, headers })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it('answers a decision that is sent again, also at once, as the first time', async () => {
    const walked = await walk.at('need', 'verifying');
    const { id } = await walk.openTask(walked);
    const sent = { as: 'hub-coordinator', body: exampleOf('need', 'verified'), headers: key() };
    const got = await Promise.all([1, 2, 3, 4].map(() => api.call('POST', `/tasks/${id}/decision`, sent)));
    expect(got.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await api.call('POST', `/tasks/${id}/decision`, sent)).toMatchObject({ status: 200 });
  });

  it('makes one programme, one offer, one import of requests sent at once', async () => {
    const offer = { title: 'Gloves', itemGroup: 'gloves', amount: 100 };
    const programme = demoProgramme({ id: undefined });
    const Id = z.object({ id: z.string() });
    for (const [path, as, body] of [
      ['/offers', 'funder-approver', offer],
      ['/programmes', 'programme-manager', programme],
      ['/imports', 'hub-lead', new TextEncoder().encode('hospital,item\nOne,Masks')],
    ] as const) {
      const headers = key();
      const made = await Promise.all([1, 2, 3].map(() => api.ok('POST', path, Id, { as, body, headers })));
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    }
  });

  it('is the caller’s own: another one’s same key is another key', async () => {
    const headers = key();
    const body = { title: 'Caps', itemGroup: 'caps-shoe-covers', amount: 100 };
    const made = await Promise.all(
      ['funder-approver', 'other-funder-approver'].map((as) =>
        api.ok('POST', '/offers', z.object({ id: z.string() }), { as, body, headers }),
      ),
    );
    expect(made[0]?.id).not.toBe(made[1]?.id);
  });

  it.each(['', 'two words', 'x'.repeat(256), 'schlüssel'])('cannot be %j', async (value) => {
    const got = await api.call('POST', '/needs', { body: submissionOf('need'), headers: { 'idempotency-key': value } });
    expect(got).toMatchObject({ status: 422, body: { errors: [{ pointer: '/Idempotency-Key' }] } });
  });
});

describe('two people at one task', () => {
  it('the first counts, and the second is told who decided what and when', async () => {
    const walked = await walk.at('need', 'verifying');
    const { id } = await walk.openTask(walked);
    const path = `/tasks/${id}/decision`;
    const got = await Promise.all([
      api.call('POST', path, { as: 'hub-coordinator', body: exampleOf('need', 'verified') }),
      api.call('POST', path, { as: 'hub-lead', body: exampleOf('need', 'rejected') }),
    ]);
    const [won, lost] = got.sort((a, b) => a.status - b.status);
    expect(won?.status).toBe(200);
    expect(lost).toMatchObject({
      status: 409,
      body: { code: 4001, params: { by: expect.stringMatching(/^Name of hub-/) } },
    });
    expect(lost?.body).toMatchObject({ detail: expect.stringContaining('处理') });
  });

  it('an application is not there for another funder’s approver', async () => {
    const walked = await walk.submit('grant');
    await walk.answer('grant', walked, exampleOf('grant', 'recommended'));
    const { id } = await walk.openTask(walked);
    const as = 'other-funder-approver';
    expect(await api.call('POST', `/tasks/${id}/decision`, { as, body: exampleOf('grant', 'approved') })).toMatchObject(
      { status: 404 },
    );
  });
});

describe('lists', () => {
  it('go through every case once, kind after kind, whatever the size of a page', async () => {
    for (const kind of ['need', 'grant', 'insurance', 'need'] as const) await walk.submit(kind);
    const as = 'hub-coordinator';
    const all = async (limit: number) => {
      const ids: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: z.infer<typeof Page> = await api.ok('GET', `/cases?limit=${limit}&cursor=${cursor}`, Page, { as });
        expect(page.items.length).toBeLessThanOrEqual(limit);
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      return ids;
    };
    const whole = await all(100);
    expect(new Set(whole).size).toBe(whole.length);
    for (const limit of [1, 3]) expect(await all(limit)).toEqual(whole);
    const needs = await api.ok('GET', '/cases?kind=need&stage=verifying&limit=100', Page, { as });
    expect(needs.items.length).toBeGreaterThan(0);
    expect(needs.items.every(({ kind, stage }) => kind === 'need' && stage === 'verifying')).toBe(true);
  });

  it('of tasks are those of the one party that the caller acts for, soonest due first, each once', async () => {
    await walk.at('need', 'approving');
    const headers = { 'jieli-party': 'hub' };
    const all = await api.ok('GET', '/tasks?limit=100', TaskPage, { as: 'two-hats', headers });
    expect(all.items.length).toBeGreaterThan(3);
    expect(all.items.map(({ dueAt }) => dueAt)).toEqual(all.items.map(({ dueAt }) => dueAt).sort());
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: z.infer<typeof TaskPage> = await api.ok('GET', `/tasks?limit=2&cursor=${cursor}`, TaskPage, {
        as: 'two-hats',
        headers,
      });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(ids).toEqual(all.items.map(({ id }) => id));
    const other = { 'jieli-party': 'lantern-foundation' };
    expect((await api.ok('GET', '/tasks', TaskPage, { as: 'two-hats', headers: other })).items).toEqual([]);
  });

  it('of a case call parties what they are called in the caller’s language', async () => {
    const as = 'other-funder-approver';
    const programme = 'lantern-fund';
    await api.ok('POST', '/programmes', z.unknown(), { as, body: demoProgramme({ id: programme }) });
    const { id } = await walk.submit('grant', { programme });
    const assignees = async (language: string) => {
      const headers = { 'accept-language': language };
      const { openTask } = await api.ok('GET', `/cases/${id}`, CaseFileView, { as, headers });
      const task = await api.ok('GET', `/tasks/${openTask?.id}`, TaskView, { as, headers });
      const { items } = await api.ok('GET', '/tasks', z.object({ items: z.array(TaskView) }), { as, headers });
      return [openTask, task, ...items].map((one) => one?.assignee);
    };
    for (const assignee of await assignees('en')) expect(assignee).toMatchObject({ name: 'Lantern Foundation' });
    for (const assignee of await assignees('zh')) expect(assignee).toMatchObject({ name: '灯火基金会' });
  });

  it('and everything else ask a person of two parties for which they act: nobody’s hat is guessed', async () => {
    const unnamed = await api.call('GET', '/tasks', { as: 'two-hats', headers: { 'accept-language': 'en' } });
    expect(unnamed).toMatchObject({
      status: 400,
      body: { code: 2012, detail: expect.stringContaining('hub, lantern-foundation') },
    });
    const headers = { 'jieli-party': 'lantern-foundation' };
    expect((await api.call('GET', '/parties', { as: 'two-hats', headers })).status).toBe(403);
    expect((await api.call('GET', '/parties', { as: 'two-hats', headers: { 'jieli-party': 'hub' } })).status).toBe(200);
  });

  it.each([
    'kind=cat',
    'stage=nowhere',
    'kind=grant&stage=matching',
    'limit=0',
    'limit=many',
    'cursor=x',
    'cursor=eyJhIjoxfQ',
  ])('cannot be asked for with ?%s', async (query) => {
    const got = await api.call('GET', `/cases?${query}`, { as: 'hub-lead' });
    expect(got).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: `/${query.split('=').at(-2)?.split('&').at(-1)}` }] },
    });
  });

  it('a forged cursor is refused and gives nobody’s else cases', async () => {
    const inner = Buffer.from(
      JSON.stringify({ pk: 'CASE#N000000000', sk: 'CASE', hubPk: 'hub#need', stageSk: 'a' }),
    ).toString('base64url');
    const cursor = Buffer.from(JSON.stringify({ kind: 'need', after: inner })).toString('base64url');
    const got = await api.call('GET', `/cases?cursor=${cursor}`, { as: 'other-funder-approver' });
    expect(got.status === 422 || Page.parse(got.body).items.length === 0).toBe(true);
  });
});

describe('who sees what of a case', () => {
  it('a donor sees where the goods go from dispatch on, and never whom to call', async () => {
    const walked = await walk.at('need', 'approving');
    const seen = async () => (await api.call('GET', `/cases/${walked.id}`, { as: 'funder-approver' })).body;
    expect(await seen()).not.toHaveProperty('delivery');
    await walk.answer('need', walked, exampleOf('need', 'approved'));
    expect(await seen()).toMatchObject({ delivery: { address: expect.any(String) } });
    expect(await seen()).not.toHaveProperty('contact');
  });

  it('others do not even learn that it is there', async () => {
    const walked = await walk.at('need', 'approving');
    for (const as of ['other-funder-approver', 'insurer', 'a-stranger']) {
      expect((await api.call('GET', `/cases/${walked.id}`, { as })).status).toBe(as === 'a-stranger' ? 403 : 404);
    }
  });

  it('an applicant sees parties and not their people, and no assessment of the funder', async () => {
    const walked = await walk.at('grant', 'approving');
    const got = await api.call('GET', `/track/${walked.secret}`);
    const text = JSON.stringify(got.body);
    expect(text).toContain('长河基金会');
    for (const hidden of ['funder-reviewer', nameOf('funder-reviewer'), '"score"', '预算合理', '"screening":'])
      expect(text).not.toContain(hidden);
    const own = JSON.stringify((await api.call('GET', `/cases/${walked.id}`, { as: 'funder-approver' })).body);
    for (const shown of [nameOf('funder-reviewer'), '"score":85', '预算合理']) expect(own).toContain(shown);
    expect(own).not.toContain('027-0000');
  });

  it('identity numbers are in full for the insurer alone, who says what for', async () => {
    const walked = await walk.at('insurance', 'binding');
    const whole = /"identityNumber":"\d{17}[\dX]"/;
    const disclosure = `/cases/${walked.id}/roster/disclosure`;
    const body = { reason: '出具保单' };
    const insurer = await api.call('POST', disclosure, { as: 'insurer', body });
    expect(JSON.stringify(insurer.body)).toMatch(whole);
    const batch = await api.call('POST', '/insurance-batch', { as: 'insurer', body });
    for (const path of [disclosure, '/insurance-batch'])
      expect(await api.call('POST', path, { as: 'insurer', body: { reason: '' } })).toMatchObject({ status: 422 });
    const { entries } = z
      .object({ entries: z.array(z.object({ reason: z.string().optional(), bound: z.unknown() })) })
      .parse((await api.call('GET', `/cases/${walked.id}/audit`, { as: 'auditor' })).body);
    expect(entries.filter((entry) => entry.reason === body.reason)).toHaveLength(2);
    // in full, and so that a spreadsheet keeps all eighteen digits
    expect(batch.body).toMatch(/,(\d{17}X|"=""\d{18}"""),1390000000\d,/);
    for (const [path, as] of [
      [`/cases/${walked.id}/roster`, 'hub-coordinator'],
      [`/cases/${walked.id}/roster`, 'insurer'],
      [`/track/${walked.secret}/roster`, undefined],
    ] as const) {
      const masked = await api.call('GET', path, as ? { as } : {});
      expect(masked).toMatchObject({ status: 200, body: { masked: true } });
      expect(JSON.stringify(masked.body)).not.toMatch(whole);
    }
    expect(await api.call('POST', '/insurance-batch', { as: 'hub-lead', body })).toMatchObject({ status: 403 });
  });

  it('what is left of a programme’s budget is its funder’s to know', async () => {
    const available = async (as?: string) =>
      JSON.stringify((await api.call('GET', '/programmes', as ? { as } : {})).body).includes('"available"');
    expect([await available(), await available('hub-lead'), await available('funder-finance')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('a funder that publishes a programme, or reads it, is told whom it lacks to decide; others are not', async () => {
    const Lacking = z.object({ id: z.string(), lacks: z.array(z.string()).optional() });
    // two people, who review and approve: nobody is left for the second approval, and none for the payment
    const missing = ['second-approver', 'finance'];
    const body = demoProgramme({ id: 'small-team' });
    const made = await api.ok('POST', '/programmes', Lacking, { as: 'other-funder-approver', body });
    expect(made.lacks).toEqual(missing);
    const lacks = async (as?: string) =>
      (await api.ok('GET', `/programmes/${made.id}`, Lacking, as === undefined ? {} : { as })).lacks;
    expect(await lacks('other-funder-approver')).toEqual(missing);
    expect([await lacks(), await lacks('hub-lead'), await lacks('funder-approver')]).toEqual(Array(3).fill(undefined));
  });

  it('a private link with one character changed opens nothing, and tells nothing', async () => {
    const { secret } = await walk.submit('need');
    const wrong = secret.slice(0, -2) + (secret.at(-2) === 'A' ? 'B' : 'A') + secret.slice(-1);
    const unknown = `N000000000${secret.slice(10)}`;
    const got = await Promise.all([wrong, unknown, 'x', '%E0%A4'].map((one) => api.call('GET', `/track/${one}`)));
    for (const { status, body } of got) expect({ status, body }).toEqual({ status: 404, body: got[0]?.body });
  });
});

describe('the catalogue', () => {
  it('an offer is suggested for what it fits, to coordinators, and donors are listed for them', async () => {
    await api.ok('POST', '/offers', z.unknown(), {
      as: 'other-funder-approver',
      body: { title: 'N95', itemGroup: 'respirators', areas: ['江城市'], amount: 900 },
    });
    const { id } = await walk.at('need', 'matching');
    const got = await api.call('GET', `/cases/${id}/suggestions`, { as: 'hub-coordinator' });
    expect(got.body).toMatchObject({
      items: [{ offer: { party: 'lantern-foundation', available: 900 }, lines: ['L1'], pieces: null }],
    });
    const parties = await api.call('GET', '/parties', { as: 'hub-coordinator' });
    expect(parties.body).toMatchObject({ items: [{ id: 'lantern-foundation' }, { id: 'river-foundation' }] });
    expect(await api.call('GET', '/parties', { as: 'funder-approver' })).toMatchObject({ status: 403 });
  });

  it('a closed programme takes no application, and is listed only when all are asked for', async () => {
    const id = 'soon-closed';
    await api.ok('POST', '/programmes', z.unknown(), { as: 'funder-approver', body: demoProgramme({ id }) });
    expect(await api.call('POST', `/programmes/${id}/closure`, { as: 'other-funder-approver' })).toMatchObject({
      status: 403,
    });
    expect(await api.call('POST', `/programmes/${id}/closure`, { as: 'funder-approver' })).toMatchObject({
      status: 200,
      body: { open: false },
    });
    const refused = await api.call('POST', '/grants', { body: submissionOf('grant', { programme: id }) });
    expect(refused).toMatchObject({ status: 422, body: { code: 4005, errors: [{ pointer: '/programme' }] } });
    const listed = async (query: string, as?: string) =>
      JSON.stringify((await api.call('GET', `/programmes${query}`, as ? { as } : {})).body).includes(`"${id}"`);
    expect([await listed(''), await listed('?all=true', 'hub-lead')]).toEqual([false, true]);
    expect((await api.call('GET', '/programmes?all=true')).status).toBe(401);
  });

  it('says who I am', async () => {
    const got = await api.call('GET', '/me', { as: 'two-hats' });
    expect(got.body).toMatchObject({ memberships: [{ party: 'hub' }, { party: 'lantern-foundation' }] });
  });

  it('has me choose how often I am told by mail, in the party that I act for', async () => {
    const as = { as: 'two-hats', headers: { 'jieli-party': 'hub' } };
    expect(await api.call('POST', '/me/mails', { ...as, body: { mails: 'never' } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/mails' }] },
    });
    const chosen = await api.call('POST', '/me/mails', { ...as, body: { mails: 'daily' } });
    expect(chosen).toMatchObject({ status: 200, body: { mails: 'daily' } });
    const me = await api.call('GET', '/me', { as: 'two-hats' });
    expect(me.body).toMatchObject({
      memberships: [
        { party: 'hub', mails: 'daily' },
        { party: 'lantern-foundation', mails: 'twice-daily' },
      ],
    });
  });
});
