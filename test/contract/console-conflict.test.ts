import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite } from '../../functions/site/app.tsx';
import { createProgramme } from '../../shared/case/catalogue.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { submitCase } from '../../shared/case/submit.ts';
import { secretOf } from '../../shared/case/track.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCase } from '../../shared/store/cases.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { demoProgramme, submissionOf } from '../engine/walk.ts';
import { day, taskOf } from '../factory/hub.ts';
import { noFiles } from '../fake/no-files.ts';
import { type ConsoleStand, type Reader, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
  const member = await acting('funder-approver');
  await createProgramme(stand.hub, demoProgramme(), member.member);
});
afterAll(() => stand.stop());

async function acting(person: string, party?: string) {
  const all = await membershipsOf(stand.hub.table, MemberId.parse(person));
  const member = all.find((one) => !party || one.party === PartyId.parse(party));
  if (!member) throw new Error(`${person} is a member of nothing`);
  return { type: 'member', member } as const;
}

let cases = 0;

/** A grant application that waits for the reviewer, or for the first approval. */
async function aGrant(stage: 'reviewing' | 'approving'): Promise<Case> {
  const body = submissionOf('grant', { organization: `利益示例 ${++cases}` });
  const { subject } = await submitCase(stand.hub, 'grant', { body });
  const reviewing = await stand.carryOn(subject.id);
  if (stage === 'reviewing') return reviewing;
  await decideTask(
    stand.hub,
    taskOf(reviewing),
    { outcome: 'recommended', score: 90 },
    await acting('funder-reviewer'),
  );
  return stand.carryOn(subject.id);
}

async function declare(reader: Reader, subject: Case, fields: Readonly<Record<string, string>> = {}) {
  await reader.get(`/console/cases/${subject.id}`);
  return reader.post(`/console/cases/${subject.id}/interest`, { reason: 'money', ...fields });
}

describe.each([
  [
    'zh',
    {
      declare: '我有利益关系',
      not: '您不处理这份申请',
      history: '一位经办人声明了利益关系',
      retract: '误报，撤销声明',
    },
  ],
  [
    'en',
    {
      declare: 'I have an interest',
      not: 'You do not act on this case',
      history: 'declared an interest',
      retract: 'A mistake: take it back',
    },
  ],
] as const)('an interest, in %s', (language, text) => {
  it('is declared with one click, and the task is gone from the inbox and the page', async () => {
    const subject = await aGrant('approving');
    const approver = await stand.as('funder-approver', language);
    expect((await approver.get('/console')).html).toContain(subject.id);
    expect((await approver.get(`/console/cases/${subject.id}`)).html).toContain(text.declare);
    expect(await declare(approver, subject)).toMatchObject({ status: 303, location: `/console/cases/${subject.id}` });
    const page = await approver.get(`/console/cases/${subject.id}`);
    expect(page.html).toContain(text.not);
    expect(page.html).toContain(text.history);
    expect(page.html).not.toContain('name="outcome"');
    expect(page.html).not.toContain(text.declare);
    expect((await approver.get('/console')).html).not.toContain(subject.id);
    const colleague = await stand.as('funder-second-approver', language);
    expect((await colleague.get('/console')).html).toContain(subject.id);
  });

  it('is seen with its reason by who leads, who may take it back', async () => {
    const subject = await aGrant('reviewing');
    await declare(await stand.as('funder-reviewer', language), subject);
    const colleague = await stand.as('funder-finance', language);
    const others = await colleague.get(`/console/cases/${subject.id}`);
    expect(others.html).toContain(text.declare);
    expect(others.html).not.toContain(text.retract);
    const lead = await stand.as('programme-manager', language);
    const page = await lead.get(`/console/cases/${subject.id}`);
    expect(page.html).toContain(text.retract);
    const interest = /name="interest" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const path = `/console/cases/${subject.id}/interest/retraction`;
    expect((await colleague.post(path, { interest })).status).toBe(403);
    expect((await lead.post(path, { interest })).status).toBe(303);
    expect((await lead.get(`/console/cases/${subject.id}`)).html).not.toContain(text.retract);
    const reviewer = await stand.as('funder-reviewer', language);
    expect((await reviewer.get('/console')).html).toContain(subject.id);
  });
});

/** The forms of a case's page for one thing: where they are sent. */
const formsOf = (html: string) =>
  [...html.matchAll(/<form method="post" action="([^"]+)"/g)].map(([, path = '']) => path);

describe.each([
  ['zh', { same: '各道审批必须由不同的人完成', sides: '不能在一份申请里既代表申请方又代表资助方' }],
  ['en', { same: 'Each approval must come from a different person', sides: 'acts both for the applicant and for who' }],
] as const)('a page of the console, in %s, offers nothing that would be refused', (language, text) => {
  it('to who leads and has an interest too: no interest of a colleague to take back', async () => {
    const subject = await aGrant('reviewing');
    const path = `/console/cases/${subject.id}`;
    await declare(await stand.as('funder-reviewer'), subject);
    const lead = await stand.as('programme-manager', language);
    const before = await lead.get(path);
    expect(formsOf(before.html)).toContain(`${path}/interest/retraction`);
    await declare(lead, subject);
    const after = await lead.get(path);
    expect(after.html).toContain('Name of funder-reviewer');
    expect(after.html).not.toContain('name="interest"');
    const interest = /name="interest" value="([^"]+)"/.exec(before.html)?.[1] ?? '';
    expect((await lead.post(`${path}/interest/retraction`, { interest })).status).toBe(403);
    expect((await lead.get(path)).html).toContain('Name of funder-reviewer');
    // the API tells the same
    const listed = await stand.api('GET', `/cases/${subject.id}/interests`, { as: 'programme-manager' });
    expect(listed.text).toContain('"retractable":false');
    expect(listed.text).not.toContain('"retractable":true');
  });

  it('to who recommended and could approve: to send back alone, and says why no more', async () => {
    const { subject } = await submitCase(stand.hub, 'grant', {
      body: submissionOf('grant', { organization: `利益示例 ${++cases}` }),
    });
    const reviewing = await stand.carryOn(subject.id);
    await decideTask(stand.hub, taskOf(reviewing), { outcome: 'recommended', score: 90 }, await acting('many-roles'));
    const approving = await stand.carryOn(subject.id);
    const reader = await stand.as('many-roles', language);
    const page = await reader.get(`/console/cases/${subject.id}`);
    const offered = [...page.html.matchAll(/name="outcome" value="([^"]+)"/g)].map(([, outcome]) => outcome);
    expect(offered).toEqual(['changes-requested']);
    expect(page.html).toContain(text.same);
    const got = await reader.post(`/console/cases/${subject.id}`, { task: taskOf(approving), outcome: 'approved' });
    expect(got.status).toBe(403);
    const seen = await stand.api('GET', `/tasks/${taskOf(approving)}`, { as: 'many-roles' });
    expect(JSON.parse(seen.text)).toMatchObject({ outcomes: ['changes-requested'] });
  });

  it('to who has an interest: neither to act for the applicant, nor their link, nor to make it void, nor to enter a consent', async () => {
    const contact = { name: '某某', phone: '027-00001234' };
    const body = submissionOf('need', { organization: `利益示例 ${++cases}`, contact, consent: undefined });
    const { member } = await acting('hub-lead');
    const { subject } = await submitCase(stand.hub, 'need', {
      body,
      member,
    });
    await stand.carryOn(subject.id);
    const path = `/console/cases/${subject.id}`;
    const reader = await stand.as('hub-coordinator', language);
    const before = await reader.get(path);
    expect(formsOf(before.html)).toEqual(
      expect.arrayContaining([`${path}/withdrawal`, `${path}/amounts`, `${path}/consent`, `${path}/link-revocation`]),
    );
    expect(before.html).toContain('/track/');
    await declare(reader, subject);
    const after = await reader.get(path);
    expect(formsOf(after.html).filter((to) => to.startsWith(path))).toEqual([]);
    expect(after.html).not.toContain('/track/');
    const link = /name="link" value="(\d+)"/.exec(before.html)?.[1] ?? '';
    expect((await reader.post(`${path}/link-revocation`, { link })).status).toBe(403);
    const sent = { 'amend.lines.L1.enough': 'yes', version: presentConsent, how: 'spoken', on: day(0) };
    for (const to of ['withdrawal', 'amounts', 'consent'])
      expect((await reader.post(`${path}/${to}`, sent)).status).toBe(403);
    const revoked = await stand.api('POST', `/cases/${subject.id}/link-revocation`, {
      as: 'hub-coordinator',
      body: {},
    });
    expect([revoked.status, revoked.text.includes('/track/')]).toEqual([403, false]);
    expect((await readCase(stand.hub.table, subject.id))?.linkVersion).toBe(1);
  });

  it('to who acted for the applicant and is asked for the giver: nothing, and says why', async () => {
    const { member } = await acting('two-hats', 'hub');
    const { subject } = await submitCase(stand.hub, 'need', {
      body: submissionOf('need', { organization: `利益示例 ${++cases}` }),
      member,
    });
    const verifying = await stand.carryOn(subject.id);
    await decideTask(stand.hub, taskOf(verifying), { outcome: 'verified' }, await acting('hub-lead'));
    const matching = await stand.carryOn(subject.id);
    const donor = 'lantern-foundation';
    await decideTask(stand.hub, taskOf(matching), { outcome: 'matched', donor }, await acting('hub-lead'));
    const approving = await stand.carryOn(subject.id);
    const reader = await stand.as('two-hats', language);
    await reader.post('/console/party', { party: donor });
    const page = await reader.get(`/console/cases/${subject.id}`);
    expect(page.html).not.toContain('name="outcome"');
    expect(page.html).toContain(text.sides);
    const got = await reader.post(`/console/cases/${subject.id}`, { task: taskOf(approving), outcome: 'declined' });
    expect(got.status).toBe(403);
  });
});

describe('a page that was open while things changed', () => {
  const answerFields = (subject: Case) => ({ task: taskOf(subject), outcome: 'approved' });

  it('decides nothing once its person declared an interest in another window, and says why', async () => {
    const subject = await aGrant('approving');
    for (const [language, said] of [
      ['zh', '有利益关系'],
      ['en', 'have an interest in this case'],
    ] as const) {
      const stale = await stand.as('funder-approver', language);
      await stale.get(`/console/cases/${subject.id}`);
      await declare(stale.clone(), subject).catch(() => undefined);
      const got = await stale.post(`/console/cases/${subject.id}`, answerFields(subject));
      expect(got.status).toBe(403);
      expect(got.html).toContain(said);
    }
  });

  it('is refused to a reason that is not on the list, and to who has no part in the case', async () => {
    const subject = await aGrant('approving');
    const approver = await stand.as('funder-approver');
    expect((await declare(approver, subject, { reason: 'because' })).status).toBe(422);
    for (const person of ['other-funder-approver', 'insurer']) {
      const other = await stand.as(person);
      await other.get('/console');
      expect((await other.post(`/console/cases/${subject.id}/interest`, { reason: 'money' })).status).toBe(404);
    }
  });
});

describe.each([
  [
    'zh',
    {
      as: '代 Name of funder-approver 办理',
      stands: '您正在代 Name of funder-approver 办理',
      both: 'Name of funder-finance（代 Name of funder-approver 办理）',
      overlap: '已经指定了代班人',
      past: '日期不能早于今天',
    },
  ],
  [
    'en',
    {
      as: 'as Name of funder-approver’s stand-in',
      stands: 'You stand in for Name of funder-approver',
      both: 'Name of funder-finance (standing in for Name of funder-approver)',
      overlap: 'A stand-in is named from',
      past: 'The date cannot be before today',
    },
  ],
] as const)('a stand-in, in %s', (language, text) => {
  it('is named and revoked on a page of its own; meanwhile the tasks are in their inbox, and decisions carry both names', async () => {
    const subject = await aGrant('approving');
    const approver = await stand.as('funder-approver', language);
    const page = await approver.get('/console/stand-ins');
    const standIn = /<option value="([^"]+)"[^>]*>Name of funder-finance/.exec(page.html)?.[1] ?? '';
    const name = (from: string, to: string) => approver.post('/console/stand-ins', { standIn, from, to });
    const past = await name(day(-1), day(1));
    expect([past.status, past.html.includes(text.past)]).toEqual([422, true]);
    expect(await name(day(0), day(3))).toMatchObject({ status: 303, location: '/console/stand-ins?done=named' });
    const again = await name(day(2), day(5));
    expect([again.status, again.html.includes(text.overlap), again.html.includes(`value="${day(5)}"`)]).toEqual([
      409,
      true,
      true,
    ]);

    const finance = await stand.as('funder-finance', language);
    const inbox = await finance.get('/console');
    expect(inbox.html).toContain(subject.id);
    expect(inbox.html).toContain(text.as);
    expect((await finance.get(`/console/cases/${subject.id}`)).html).toContain(text.stands);
    await finance.post(`/console/cases/${subject.id}`, { task: taskOf(subject), outcome: 'approved' });
    expect((await approver.get(`/console/cases/${subject.id}`)).html).toContain(text.both);

    // who audits reads both names on the page and in both files; the applicant reads neither
    const auditor = await stand.as('auditor', language);
    const trail = await auditor.get(`/console/cases/${subject.id}/audit`);
    const row = /<tr>(?:(?!<\/tr>).)*Name of funder-finance(?:(?!<\/tr>).)*<\/tr>/s.exec(trail.html)?.[0];
    expect(row).toContain('Name of funder-approver');
    expect((await auditor.get(`/console/cases/${subject.id}/audit.csv`)).html).toContain(text.both);
    const file = JSON.parse((await auditor.get(`/console/cases/${subject.id}/audit.json`)).html);
    expect(file.entries).toContainEqual(
      expect.objectContaining({ name: 'Name of funder-finance', inPlaceOf: 'Name of funder-approver' }),
    );
    const after = (await readCase(stand.hub.table, subject.id)) ?? expect.fail('no case');
    const secret = await secretOf(stand.hub, after);
    const track = await createSite({ hub: stand.hub, incoming: noFiles }).request(
      `http://hub.test/track/${secret}?lang=${language}`,
    );
    expect([track.status, (await track.text()).includes('Name of funder')]).toEqual([200, false]);

    const board = await approver.get('/console/stand-ins');
    const revocation = /action="(\/console\/stand-ins\/[^"]+\/revocation)"/.exec(board.html)?.[1] ?? '';
    await finance.get('/console/stand-ins');
    expect((await finance.post(revocation)).status).toBe(404);
    expect((await approver.post(revocation)).status).toBe(303);
    const other = await aGrant('approving');
    expect((await finance.get('/console')).html).not.toContain(other.id);
    await finance.get(`/console/cases/${other.id}`);
    const refused = await finance.post(`/console/cases/${other.id}`, { task: taskOf(other), outcome: 'approved' });
    expect(refused.status).toBe(403);
  });
});
