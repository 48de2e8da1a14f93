import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgramme } from '../../shared/case/catalogue.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { submitCase } from '../../shared/case/submit.ts';
import { secretOf } from '../../shared/case/track.ts';
import { type CaseId, type Kind, kinds, MemberId, taskIdFor } from '../../shared/domain/ids.ts';
import type { Member } from '../../shared/domain/party.ts';
import { readCase } from '../../shared/store/cases.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { readTraces } from '../../shared/store/traces.ts';
import { demoProgramme, submissionOf } from '../engine/walk.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';
import { fieldsOf } from './site-stand.ts';

let stand: ConsoleStand;
const cases = new Map<Kind, CaseId>();

async function member(person: string): Promise<Member> {
  const [found] = await membershipsOf(stand.hub.table, MemberId.parse(person));
  if (!found) throw new Error(`nobody is called ${person}`);
  return found;
}

function caseOf(kind: Kind): CaseId {
  const id = cases.get(kind);
  if (!id) throw new Error(`no ${kind}`);
  return id;
}

async function decide(id: CaseId, person: string, body: object): Promise<void> {
  const subject = (await readCase(stand.hub.table, id)) ?? expect.fail(id);
  await decideTask(stand.hub, taskIdFor(subject), body, { type: 'member', member: await member(person) });
  await stand.carryOn(id);
}

beforeAll(async () => {
  stand = await startConsole();
  await createProgramme(stand.hub, demoProgramme(), await member('funder-approver'));
  for (const kind of kinds) {
    const { subject } = await submitCase(stand.hub, kind, { body: submissionOf(kind, { organization: '看门医院' }) });
    await stand.carryOn(subject.id);
    cases.set(kind, subject.id);
  }
  await decide(caseOf('need'), 'hub-coordinator', { outcome: 'verified' });
  await decide(caseOf('need'), 'hub-coordinator', { outcome: 'matched', donor: 'lantern-foundation' });
  await decide(caseOf('grant'), 'funder-reviewer', { outcome: 'recommended', score: 61, reason: '仅供内部' });
  await decide(caseOf('insurance'), 'hub-coordinator', { outcome: 'approved' });
});
afterAll(() => stand.stop());

describe('a page of a case', () => {
  it.each([
    ['hub-coordinator', 'need', 200],
    ['hub-coordinator', 'grant', 200],
    ['hub-coordinator', 'insurance', 200],
    ['other-funder-approver', 'need', 200],
    ['other-funder-approver', 'grant', 404],
    ['other-funder-approver', 'insurance', 404],
    ['funder-approver', 'need', 404],
    ['funder-finance', 'grant', 200],
    ['insurer', 'insurance', 200],
    ['insurer', 'need', 404],
    ['insurer', 'grant', 404],
  ] as const)('is for %s, of a %s: %i', async (person, kind, status) => {
    const reader = await stand.as(person);
    expect((await reader.get(`/console/cases/${caseOf(kind)}`)).status).toBe(status);
  });

  it('that is not for the reader looks like one that is not there', async () => {
    const reader = await stand.as('insurer');
    const [hidden, absent] = [
      await reader.get(`/console/cases/${caseOf('grant')}`),
      await reader.get('/console/cases/G000000000'),
    ];
    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(hidden.html.replaceAll(caseOf('grant'), '')).toBe(absent.html.replaceAll('G000000000', ''));
    const search = await reader.get(`/console/cases?q=${caseOf('grant')}`);
    expect(search.status).toBe(200);
    expect(search.location).toBeUndefined();
  });

  it('shows identity numbers masked to everybody, and one in full to who says why, which is recorded first', async () => {
    const id = caseOf('insurance');
    const NUMBER = /\d{17}[\dX]/g;
    for (const person of ['hub-lead', 'insurer']) {
      const reader = await stand.as(person);
      const page = await reader.get(`/console/cases/${id}`);
      expect(page.html).not.toMatch(NUMBER);
      expect(page.html).toMatch(/>\d{3}\*{11}\d{3}[\dX]</);
      const unsaid = await reader.post(`/console/cases/${id}/number`, { row: '1', reason: '' });
      expect([unsaid.status, unsaid.html.match(NUMBER)]).toEqual([422, null]);
      const shown = await reader.post(`/console/cases/${id}/number`, { row: '1', reason: '核对保单' });
      expect(shown.html.match(NUMBER)).toHaveLength(1);
      const traces = await readTraces(stand.hub.table, id);
      expect(traces.at(-1)).toMatchObject({ trace: { type: 'viewed', shown: ['identity'] }, reason: '核对保单' });
    }
    const stranger = await (await stand.as('other-funder-approver')).post(`/console/cases/${id}/number`, {
      row: '1',
      reason: 'x',
    });
    expect([403, 404]).toContain(stranger.status);
  });

  it('has no number to show where there is no such person, and records nothing then', async () => {
    const reader = await stand.as('hub-lead');
    for (const [kind, row] of [
      ['need', '1'],
      ['grant', '1'],
      ['insurance', '9999'],
    ] as const) {
      const id = caseOf(kind);
      const before = await readTraces(stand.hub.table, id);
      const answer = await reader.post(`/console/cases/${id}/number`, { row, reason: '核对保单' });
      expect([kind, answer.status]).toEqual([kind, 404]);
      expect(await readTraces(stand.hub.table, id)).toEqual(before);
    }
  });

  it('lets the hub make the private link void, once however often the form is sent', async () => {
    const id = caseOf('grant');
    const before = await readCase(stand.hub.table, id);
    if (!before) throw new Error('no grant');
    const old = await secretOf(stand.hub, before);
    const lead = await stand.as('hub-lead');
    for (const language of ['zh', 'en']) {
      const { html } = await lead.get(`/console/cases/${id}?lang=${language}`);
      expect(html).toContain(language === 'zh' ? '让专属链接失效' : 'Make the private link void');
    }
    for (const funder of ['funder-reviewer', 'funder-approver']) {
      const reader = await stand.as(funder);
      expect((await reader.get(`/console/cases/${id}`)).html).not.toContain('link-revocation');
      expect((await reader.post(`/console/cases/${id}/link-revocation`, { link: '1' })).status).toBe(403);
    }
    expect(await secretOf(stand.hub, (await readCase(stand.hub.table, id)) ?? before)).toBe(old);
    for (const again of [1, 2]) {
      const link = String(before.linkVersion);
      const sent = await lead.post(`/console/cases/${id}/link-revocation`, { link });
      expect([again, sent.status, sent.location]).toEqual([again, 303, `/console/cases/${id}`]);
    }
    const after = await readCase(stand.hub.table, id);
    expect(after?.linkVersion).toBe(before.linkVersion + 1);
    expect((await lead.get(`/console/cases/${id}?lang=zh`)).html).toContain('专属链接已更换');
  });

  it('shows the contact to the hub alone, and the address too as long as a donor has promised nothing', async () => {
    const id = caseOf('need');
    const donor = await (await stand.as('other-funder-approver')).get(`/console/cases/${id}`);
    const hub = await (await stand.as('hub-lead')).get(`/console/cases/${id}`);
    for (const inner of ['后勤仓库', 'liu@clinic8.example.org']) {
      expect(donor.html).not.toContain(inner);
      expect(hub.html).toContain(inner);
    }
  });

  it('keeps the reviewer’s counsel, and what is left of the budget, with the funder', async () => {
    const id = caseOf('grant');
    const funder = await (await stand.as('funder-approver')).get(`/console/cases/${id}`);
    const hub = await (await stand.as('hub-lead')).get(`/console/cases/${id}`);
    for (const inner of ['仅供内部', '可用余额']) {
      expect(funder.html).toContain(inner);
      expect(hub.html).not.toContain(inner);
    }
  });

  it('offers an answer to those alone whose turn it is', async () => {
    const id = caseOf('grant');
    const texts = async (person: string) => (await (await stand.as(person)).get(`/console/cases/${id}`)).html;
    expect(await texts('funder-approver')).toContain('name="task"');
    for (const person of ['funder-reviewer', 'funder-finance', 'hub-lead']) {
      expect(await texts(person)).not.toContain('name="task"');
    }
  });
});

describe('a desk', () => {
  it('has the tasks of its own roles only, with filters and a way on', async () => {
    const inbox = async (person: string, query = '') => (await (await stand.as(person)).get(`/console${query}`)).html;
    expect(await inbox('insurer')).toContain(caseOf('insurance'));
    expect(await inbox('funder-approver')).toContain(caseOf('grant'));
    expect(await inbox('funder-reviewer')).not.toContain(caseOf('grant'));
    expect(await inbox('other-funder-approver')).toContain(caseOf('need'));
    expect(await inbox('other-funder-approver', '?kind=grant')).not.toContain(caseOf('need'));
    expect(await inbox('other-funder-approver', '?text=%E7%9C%8B%E9%97%A8')).toContain(caseOf('need'));
    expect(await inbox('other-funder-approver', '?text=nowhere')).not.toContain(caseOf('need'));
  });

  it('goes on page by page until every task was shown once', async () => {
    for (let count = 0; count < 30; count++) {
      const { subject } = await submitCase(stand.hub, 'need', {
        body: submissionOf('need', { organization: `第${count}院` }),
      });
      await stand.carryOn(subject.id);
    }
    const reader = await stand.as('hub-lead');
    const seen: string[] = [];
    for (let path: string | undefined = '/console'; path; ) {
      const { html } = await reader.get(path);
      seen.push(...[...html.matchAll(/case-link" href="\/console\/cases\/(\w+)"/g)].map(([, id = '']) => id));
      path = /href="([^"]+)" rel="next"/.exec(html)?.[1];
    }
    expect(seen.length).toBeGreaterThanOrEqual(30);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('rooms', () => {
  it.each([
    ['insurer', '/console/import', 403],
    ['insurer', '/console/new', 403],
    ['insurer', '/console/programmes', 403],
    ['insurer', '/console/insurance/batch', 200],
    ['hub-lead', '/console/insurance/batch', 403],
    ['hub-lead', '/console/insurance/batch', 403],
    ['funder-finance', '/console/programmes', 200],
    ['funder-finance', '/console/programmes/new', 403],
    ['funder-approver', '/console/programmes/new', 200],
    ['funder-reviewer', '/console/new/need', 403],
    ['hub-coordinator', '/console/new/insurance', 200],
  ] as const)('%s at %s: %i', async (person, path, status) => {
    expect((await (await stand.as(person, 'en')).get(path)).status).toBe(status);
  });
});

describe('every page', () => {
  const paths = [
    '/console',
    '/console/cases',
    '/console/programmes',
    '/console/offers',
    '/console/import',
    '/console/new',
  ];

  it.each(paths)('comes with security headers, is not kept, and has nothing inline: %s', async (path) => {
    const { headers, html } = await (await stand.as('hub-lead')).get(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(html).not.toMatch(/<script(?! src="\/assets\/)|<style|\sstyle=|\son[a-z]+=/);
  });

  it.each(paths)('is complete in English: %s', async (path) => {
    const { html } = await (await stand.as('hub-lead', 'en')).get(path);
    const said = html.replace(/<main[\s\S]*?<\/main>/, (main) => main.replace(/<t(d|body)[\s\S]*?<\/t\1>/g, ''));
    const names = /接力|切换到中文|中文|江城协调中心|长河基金会|快速响应小额资助|江城省|看门医院/g;
    expect(said.replace(names, '')).not.toMatch(/\p{Script=Han}/u);
  });

  it('says clearly what is wrong with what nobody should send, and never fails', async () => {
    const reader = await stand.as('hub-lead');
    const id = caseOf('need');
    const task = taskIdFor({ id, entered: { version: 99 } });
    const statuses = [
      await reader.get('/console/cases/%00'),
      await reader.get('/console/cases/N%E0%A4%A'),
      await reader.get('/console/cases?cursor=nonsense'),
      await reader.get('/console?cursor=e30'),
      await reader.get('/console?kind=nothing&stage=<b>&text=%22%3E%3Cb%3E'),
      await reader.get('/console/nowhere'),
      await reader.get('/console/new/anything'),
      await reader.get('/console/import/none'),
      await reader.get('/console/import/none/run?state=abc'),
      await reader.post(`/console/cases/${id}`, { task, outcome: 'verified' }),
      await reader.post(`/console/cases/${id}`, { task: 'x', outcome: '' }),
      await reader.post(`/console/cases/${id}`, { outcome: '__proto__' }),
      await reader.post('/console/party', { party: '../..' }),
      await reader.post('/console/programmes/UPPER/close'),
      await reader.get('/console/import/sent/none'),
    ].map(({ status }) => status);
    for (const status of statuses) expect([200, 302, 400, 403, 404, 422]).toContain(status);
    const big = await reader.post('/console/offers', { title: 'x'.repeat(5_000_000) });
    expect(big.status).toBe(413);
    const html = (await reader.get('/console?text=%22%3E%3Cimg%3E')).html;
    expect(html).toContain('"><img>'.replace('<', '&lt;').replaceAll('>', '&gt;'));
  });
});

describe('a form that was sent when its session was over, or from a page of another one,', () => {
  const offer = { title: '仓库里的口罩 <b>', itemGroup: 'masks', amount: '500', areas: '湖北' };
  const ours = { 'sec-fetch-site': 'same-origin' };

  it('comes back whole, and is taken when its sender is signed in and sends it again', async () => {
    const expired = await stand.open().post('/console/offers', offer, ours);
    expect(expired.status).toBe(401);
    const kept = fieldsOf(expired.html);
    expect(kept).toMatchObject(offer);
    const reader = await stand.as('funder-approver');
    const stale = await reader.post('/console/offers', kept, ours);
    expect(stale.status).toBe(403);
    expect(stale.html).toContain('长河基金会');
    expect(await stand.everything()).not.toContain('仓库里的口罩');
    const again = fieldsOf(stale.html);
    expect(again).toMatchObject(offer);
    expect((await reader.post('/console/offers', again, ours)).status).toBe(303);
  });

  it.each([
    ['cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['same-site', { 'sec-fetch-site': 'same-site' }, 403],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['this origin', { origin: 'http://hub.test' }, 303],
    ['an origin that is not told', { origin: 'null' }, 303],
    ['a browser that says nothing', {}, 303],
    ['this site', { origin: 'null', 'sec-fetch-site': 'same-origin' }, 303],
  ] as const)('with the right token is taken as where it comes from allows: from %s', async (_, from, status) => {
    const reader = await stand.as('funder-approver');
    const title = `口罩 ${JSON.stringify(from)}`;
    await reader.get('/console/offers');
    expect((await reader.post('/console/offers', { ...offer, title }, from)).status).toBe(status);
  });

  it('is shown again to nobody whom another site sent here', async () => {
    const reader = await stand.as('funder-approver');
    for (const from of [{}, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }] as const) {
      for (const whose of [stand.open(), reader]) {
        const { status, html } = await whose.post('/console/offers', { ...offer, csrf: 'wrong' }, from);
        expect([401, 403]).toContain(status);
        expect(html).not.toContain('仓库里的口罩');
      }
    }
  });
});
