import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgramme, makeOffer } from '../../shared/case/catalogue.ts';
import { submitCase } from '../../shared/case/submit.ts';
import { mailboxHash, noteUnreached } from '../../shared/case/undelivered.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { CaseId, type Kind, MemberId, PartyId } from '../../shared/domain/ids.ts';
import { addDays, instant, localDate } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCase, readCaseFile, replacement } from '../../shared/store/cases.ts';
import { membershipsOf } from '../../shared/store/parties.ts';
import { transact } from '../../shared/store/table.ts';
import { deliverableAgain, markUndeliverable } from '../../shared/store/undeliverable.ts';
import { nameOf } from '../engine/people.ts';
import { demoProgramme, submissionOf } from '../engine/walk.ts';
import { type ConsoleStand, type Reader, type Seen, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
const readers = new Map<string, Reader>();

beforeAll(async () => {
  stand = await startConsole();
  const [approver] = await membershipsOf(stand.hub.table, MemberId.parse('funder-approver'));
  if (!approver) throw new Error('no approver');
  await createProgramme(stand.hub, demoProgramme(), approver);
  await makeOffer(stand.hub, { title: '口罩', itemGroup: 'masks', amount: 9000 }, approver);
});
afterAll(() => stand.stop());

async function as(person: string): Promise<Reader> {
  const known = readers.get(person) ?? (await stand.as(person));
  readers.set(person, known);
  return known;
}

async function submit(kind: Kind, changes: object = {}, person?: string): Promise<CaseId> {
  const [member] = person ? await membershipsOf(stand.hub.table, MemberId.parse(person)) : [];
  const { subject } = await submitCase(stand.hub, kind, { body: submissionOf(kind, changes), member });
  await stand.carryOn(subject.id);
  return subject.id;
}

async function now(id: CaseId): Promise<Case> {
  const subject = await readCase(stand.hub.table, id);
  if (!subject) throw new Error(`no case ${id}`);
  return subject;
}

/** Fills in the form of an outcome on the case's page, and sends it. */
async function answer(person: string, id: CaseId, outcome: string, fields: Record<string, string> = {}): Promise<Seen> {
  const reader = await as(person);
  const page = await reader.get(`/console/cases/${id}`);
  const task = new RegExp(`name="task" value="(${id}-\\d+x?)"`).exec(page.html)?.[1] ?? '';
  return send(reader, id, task, outcome, fields);
}

async function send(reader: Reader, id: CaseId, task: string, outcome: string, fields: Record<string, string>) {
  const named = Object.entries(fields).map(([name, value]) => [`${outcome}.${name}`, value]);
  const seen = await reader.post(`/console/cases/${id}`, { task, outcome, ...Object.fromEntries(named) });
  if (seen.status === 303) await stand.carryOn(id);
  return seen;
}

/** An answer that must be taken. */
async function decide(person: string, id: CaseId, outcome: string, fields: Record<string, string> = {}): Promise<Case> {
  const seen = await answer(person, id, outcome, fields);
  expect(seen.status, `${outcome}: ${seen.html.slice(seen.html.indexOf('error-summary'), 400)}`).toBe(303);
  return now(id);
}

const today = () => localDate(Date.now());

describe('a need in the console', () => {
  it('is carried from verification to dispatch by those whose turn it is; what was not given goes on', async () => {
    const id = await submit('need');
    const verified = await decide('hub-coordinator', id, 'verified', {
      'lines.L1.quantity': '1,200',
      urgency: 'critical',
    });
    expect(verified).toMatchObject({ stage: 'matching', urgency: 'critical', lines: [{ quantity: 1200 }, {}, {}] });
    const page = await (await as('hub-coordinator')).get(`/console/cases/${id}`);
    const offer = /name="matched\.choice" value="(river-foundation\/[a-z0-9]+)"/.exec(page.html)?.[1] ?? '';
    expect(offer, 'the offer that fits is suggested with a button of its own').not.toBe('');
    await decide('hub-coordinator', id, 'matched', { choice: offer });
    const given = { 'lines.L1.quantity': '', 'lines.L2.quantity': '3000', 'lines.L3.quantity': '0' };
    const approved = await decide('funder-approver', id, 'approved', given);
    expect(approved).toMatchObject({ stage: 'dispatching', lines: [{ id: 'L2', approved: 3000 }] });
    expect(approved.children).toHaveLength(1);
    const sent = { carrier: '顺丰', trackingNumber: 'SF1', expectedOn: addDays(today(), 2), 'lots.L2': '20A 3000' };
    const transit = await decide('hub-lead', id, 'dispatched', sent);
    expect(transit).toMatchObject({ stage: 'in-transit', consignment: { carrier: '顺丰', lots: [{ lot: '20A' }] } });
    const [rest] = approved.children;
    expect((await (await as('hub-lead')).get(`/console/cases/${id}`)).html).toContain(`/console/cases/${rest}`);
  });

  it('tells what is wrong with the donor or the offer that was chosen at the list of them', async () => {
    const id = await submit('need');
    await decide('hub-coordinator', id, 'verified');
    for (const choice of ['', 'nobody', 'river-foundation/0123456789']) {
      const seen = await answer('hub-coordinator', id, 'matched', { choice });
      expect(seen.status).toBe(422);
      expect(seen.html).toContain('href="#f-matched-choice"');
      expect(seen.html).toContain('id="f-matched-choice"');
    }
  });

  it('tells the second person who decided what, keeps what they wrote in sight, and changes nothing', async () => {
    const id = await submit('need');
    const second = await as('hub-lead');
    const page = await second.get(`/console/cases/${id}`);
    const task = /name="task" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    await decide('hub-coordinator', id, 'verified');
    const late = await send(second, id, task, 'rejected', { reason: '我觉得应该<b>拒绝</b>' });
    expect(late.status).toBe(409);
    expect(late.html).toContain('Name of hub-coordinator');
    expect(late.html).toContain('核实通过');
    expect(late.html).toContain('我觉得应该');
    expect(late.html).not.toContain('<b>');
    expect((await now(id)).stage).toBe('matching');
  });

  it('takes the same answer sent twice by one person for one answer', async () => {
    const id = await submit('need');
    const reader = await as('hub-coordinator');
    const page = await reader.get(`/console/cases/${id}`);
    const task = /name="task" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const [first, again] = [await send(reader, id, task, 'verified', {}), await send(reader, id, task, 'verified', {})];
    expect([first.status, again.status]).toEqual([303, 303]);
    expect((await now(id)).decisions).toHaveLength(1);
  });

  it('comes again with everything typed and what is wrong beside it when an answer is refused', async () => {
    const id = await submit('need');
    const unclear = await answer('hub-coordinator', id, 'verified', {
      'lines.L1.quantity': '很多',
      'lines.L2.quantity': '4,800',
      'contact.email': 'not an address',
      reason: '电话核实 "刘主任"',
    });
    expect(unclear.status).toBe(422);
    for (const kept of ['value="很多"', 'value="4,800"', 'value="not an address"', '电话核实 "刘主任"']) {
      expect(unclear.html).toContain(kept);
    }
    expect(unclear.html).toContain('href="#f-verified-lines-L1-quantity"');
    expect(unclear.html).toContain('href="#f-verified-contact-email"');
    const without = await answer('hub-coordinator', id, 'rejected', {});
    expect(without.status).toBe(422);
    expect(without.html).toContain('href="#f-rejected-reason"');
    expect((await now(id)).stage).toBe('verifying');
  });

  it('says which likely doubles there are and can be merged with one of them', async () => {
    const first = await submit('need', { organization: '双份医院' });
    const second = await submit('need', { organization: '双份 医院' });
    const page = await (await as('hub-coordinator')).get(`/console/cases/${second}`);
    expect(page.html).toContain(`/console/cases/${first}`);
    const merged = await decide('hub-coordinator', second, 'merged', { into: first.toLowerCase(), reason: '同一批' });
    expect(merged).toMatchObject({ stage: 'merged', mergedInto: first });
  });
});

describe('the search of the list of cases', () => {
  it('finds by a part of a name and in traditional characters; of what is nowhere it says so, and lists nothing', async () => {
    const id = await submit('need', { organization: '江夏区红十字总会' });
    const other = await submit('need', { organization: '东湖区慈善会' });
    const found = async (typed: string) => {
      const { html } = await (await as('hub-coordinator')).get(`/console/cases?q=${encodeURIComponent(typed)}`);
      const listed = [id, other].filter((each) => html.includes(`href="/console/cases/${each}"`));
      return [listed, html.includes(`您能看到的申请里没有“${typed}”`)];
    };
    expect(await found('红十字')).toEqual([[id], false]);
    expect(await found('區紅十字總會')).toEqual([[id], false]);
    expect(await found('无此机构')).toEqual([[], true]);
  });
});

describe('a member whom mail about a case does not reach', () => {
  it('is named on its page to those who can tell them, until mail goes there again, and never to who asks', async () => {
    const { table } = stand.hub;
    const id = await submit('need', {}, 'org-manager');
    await noteUnreached(table, id, MemberId.parse('hub-helper'), { why: 'bounced', isNews: true });
    const address = await mailboxHash(stand.hub, 'hub-helper@example.org');
    await markUndeliverable(table, address, instant(Date.now()));
    const shown = async (person: string) => (await (await as(person)).get(`/console/cases/${id}`)).html;
    expect(await shown('hub-coordinator')).toContain(`${nameOf('hub-helper')}（江城协调中心）：邮件被退回`);
    expect(await shown('auditor')).toContain('有经办人收不到邮件');
    expect(await shown('org-manager')).not.toMatch(/收不到邮件|无法送达|hub-helper/);
    await transact(table, [deliverableAgain(table, address)]);
    expect(await shown('hub-coordinator')).not.toContain('收不到邮件');
  });
});

describe('for an organization without e-mail', () => {
  const contact = { name: '王主任', phone: '027-00001111' };

  it('a coordinator enters the case, and everything done for the applicant is marked as such', async () => {
    const reader = await as('hub-coordinator');
    await reader.get('/console/new/need');
    const form = new FormData();
    const fields = {
      organization: '无网养老院',
      organizationType: 'care-home',
      language: 'zh',
      'place.province': '江城省',
      'place.city': '江城市',
      'place.district': '东湖区',
      'contact.name': contact.name,
      'contact.phone': contact.phone,
      urgency: 'urgent',
      careTier: 'general',
      'lines.0.item': '成人纸尿裤',
      'lines.2.item': '口罩',
      'lines.2.quantity': '２００',
    };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const itemless = await reader.post('/console/new/need', {
      ...fields,
      'lines.0.item': '',
      'lines.2.item': '',
      'lines.2.quantity': '',
    });
    expect(itemless.html).toContain('href="#f-lines"');
    expect(itemless.html).toContain('id="f-lines"');
    const made = await reader.post('/console/new/need', form);
    expect(made.status).toBe(303);
    const id = CaseId.parse(/\/console\/cases\/(\w+)/.exec(made.location ?? '')?.[1]);
    const subject = await now(id);
    expect(subject).toMatchObject({
      onBehalf: { member: 'hub-coordinator', party: 'hub' },
      lines: [{ quantity: null }, { quantity: 200 }],
    });
    await stand.carryOn(subject.id);
    await decide('hub-lead', subject.id, 'changes-requested', { reason: '请补充地址' });
    const page = await reader.get(`/console/cases/${id}`);
    expect(page.html).toContain('代申请方');
    const again = await decide('hub-coordinator', subject.id, 'resubmitted', {
      'lines.0.item': '成人纸尿裤',
      'lines.0.quantity': '60',
      'delivery.address': '东湖路 1 号',
      'contact.name': contact.name,
      'contact.phone': contact.phone,
    });
    expect(again).toMatchObject({
      stage: 'verifying',
      lines: [{ quantity: 60 }],
      delivery: { address: '东湖路 1 号' },
    });
    expect(again.decisions.at(-1)?.by).toMatchObject({ member: 'hub-coordinator', onBehalf: true });
  });

  it('a coordinator gives amounts and withdraws; for one with e-mail nobody can', async () => {
    const id = await submit('need', { contact, organization: '另一无网养老院' }, 'hub-coordinator');
    const reader = await as('hub-lead');
    await reader.get(`/console/cases/${id}`);
    const amended = await reader.post(`/console/cases/${id}/amounts`, { 'amend.lines.L1.quantity': '70' });
    expect(amended.status).toBe(303);
    expect(await now(id)).toMatchObject({ lines: [{ quantity: 70 }, {}, {}] });
    const nothing = await reader.post(`/console/cases/${id}/amounts`);
    expect(nothing.status).toBe(422);
    expect((await reader.post(`/console/cases/${id}/withdrawal`, { 'withdraw.reason': '电话要求' })).status).toBe(303);
    const { events } = (await readCaseFile(stand.hub.table, id)) ?? { events: [] };
    expect(events.at(-1)).toMatchObject({ on: 'withdrawn', by: { member: 'hub-lead', onBehalf: true } });
    const reachable = await submit('need');
    expect((await reader.post(`/console/cases/${reachable}/withdrawal`)).status).toBe(403);
    expect((await now(reachable)).stage).toBe('verifying');
  });
});

describe('a grant in the console', () => {
  it('goes through reviewer, two approvers and finance, each seeing what is theirs', async () => {
    const large = [{ description: '救护车租金', amount: 4_000_000 }];
    const id = await submit('grant', { organization: '大额互助队', budget: large });
    await decide('funder-reviewer', id, 'recommended', { score: '88', reason: '效果好，名声好' });
    const approver = await (await as('funder-approver')).get(`/console/cases/${id}`);
    for (const seen of ['88', '效果好，名声好', '约 300 位独居老人', '600,000']) expect(approver.html).toContain(seen);
    expect((await answer('funder-approver', id, 'approved', { amount: '9万' })).html).toContain('40,000.00');
    expect(await decide('funder-approver', id, 'approved', { amount: '3.5万' })).toMatchObject({
      stage: 'second-approval',
      award: { amount: 3_500_000 },
    });
    const same = await answer('funder-approver', id, 'approved');
    expect(same.status).toBe(403);
    expect(await decide('funder-second-approver', id, 'approved')).toMatchObject({ stage: 'agreement' });
  });

  it('finance records the payment, of the approved amount only', async () => {
    const contact = { name: '周队长', phone: '027-00005678' };
    const id = await submit('grant', { organization: '小额互助队', contact }, 'hub-coordinator');
    await decide('funder-reviewer', id, 'recommended', { score: '70' });
    await decide('funder-approver', id, 'approved', { amount: '10,000' });
    await decide('hub-coordinator', id, 'accepted');
    const page = await (await as('funder-finance')).get(`/console/cases/${id}`);
    expect(page.html).not.toContain('独居老人');
    expect(page.html).not.toContain('027-00005678');
    const wrong = await answer('funder-finance', id, 'paid', { paidOn: today(), reference: 'P1', amount: '9,999' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('value="9,999"');
    const paid = await decide('funder-finance', id, 'paid', { paidOn: today(), reference: 'P1', amount: '10,000.00' });
    expect(paid).toMatchObject({ stage: 'delivering', payment: { amount: 1_000_000, reference: 'P1' } });
  });
});

describe.each([
  ['zh', { told: '补记对方已同意', wrong: '日期不能晚于今天', own: '请确认个人信息的使用', missing: '请先看说明' }],
  [
    'en',
    {
      told: 'Record that they have agreed',
      wrong: 'cannot be after today',
      own: 'Please say whether',
      missing: 'Please read how',
    },
  ],
] as const)('consent to a case that came without, in %s', (language, text) => {
  /** A need that somebody typed in without asking, as an import does; of the organization where `own` says so. */
  async function unasked(own = false): Promise<CaseId> {
    const id = await submit(
      'need',
      { contact: { name: '某某', phone: '027-00001234' }, consent: undefined },
      'hub-lead',
    );
    if (!own) return id;
    const before = await now(id);
    const after = { ...before, version: before.version + 1, organizationParty: PartyId.parse('river-hospital') };
    const { kind, version, stage, hub } = after;
    const event = { type: 'amended', on: 'amounts', caseId: id, kind, version, stage, hub } as const;
    const told = { ...event, at: instant(Date.now()), by: { type: 'workflow' } } as const;
    await transact(stand.hub.table, replacement(stand.hub.table, before, after, told));
    return id;
  }

  it('is entered by a coordinator; what is wrong is said beside the day that was typed', async () => {
    const id = await unasked();
    const path = `/console/cases/${id}`;
    const reader = await stand.as('hub-coordinator', language);
    expect((await reader.get(path)).html).toContain(text.told);
    const on = addDays(localDate(Date.now()), 2);
    const wrong = await reader.post(`${path}/consent`, { version: presentConsent, how: 'written', on });
    expect(wrong.status).toBe(422);
    for (const said of [text.wrong, `value="${on}"`, 'href="#f-on"']) expect(wrong.html).toContain(said);
    // the same page in the other language, with what was typed, and still nothing done
    const other = language === 'zh' ? 'en' : 'zh';
    const again = { version: presentConsent, how: 'written', on, redraw: 'yes' };
    const redrawn = await reader.post(`${path}/consent?lang=${other}`, again);
    expect([redrawn.status, redrawn.html.includes(`value="${on}"`), redrawn.html.includes(text.wrong)]).toEqual([
      422,
      true,
      false,
    ]);
    await reader.get(`${path}?lang=${language}`);
    expect((await now(id)).consent).toBeUndefined();
    const today = localDate(Date.now());
    expect((await reader.post(`${path}/consent`, { version: presentConsent, how: 'written', on: today })).status).toBe(
      303,
    );
    expect((await now(id)).consent).toMatchObject({ version: presentConsent, how: 'written' });
    expect((await reader.get(path)).html).not.toContain(text.told);
  });

  it('is given by a member of the organization, who reads the text itself and ticks it', async () => {
    const id = await unasked(true);
    const path = `/console/cases/${id}`;
    const reader = await stand.as('org-manager', language);
    const page = await reader.get(path);
    expect(page.html).toContain(text.own);
    expect(page.html).toContain(`name="consent" value="${presentConsent}"`);
    const wrong = await reader.post(`${path}/consent`);
    expect([wrong.status, wrong.html.includes(text.missing)]).toEqual([422, true]);
    expect((await reader.post(`${path}/consent`, { consent: presentConsent })).status).toBe(303);
    expect((await now(id)).consent).toMatchObject({ version: presentConsent, how: 'form' });
  });
});
