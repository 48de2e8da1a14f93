import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withdrawCase } from '../../shared/case/applicant-actions.ts';
import { casesOfPerson } from '../../shared/case/person-index.ts';
import { submitCase } from '../../shared/case/submit.ts';
import { MemberId } from '../../shared/domain/ids.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { invite } from '../../shared/people/invite.ts';
import { registerOrganization } from '../../shared/people/organization.ts';
import { checkProof } from '../../shared/persons/person-proof.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import { saveMember } from '../../shared/store/parties.ts';
import { readTraces } from '../../shared/store/traces.ts';
import { contentsOf } from '../engine/contents.ts';
import { aCaseIn, answerWith, applicantOf, aVolunteer, broughtTo, inputs, person } from '../factory/hub.ts';
import { type ConsoleStand, type Reader, startConsole } from './console-stand.ts';

const contact = { name: '示例联系人', phone: '+86 139 0000 4455', email: 'Someone.Else@example.org' };
const volunteer = aVolunteer();

let stand: ConsoleStand;
let lead: Reader;
let ended: Case;
let open: Case;
let insurance: Case;
beforeAll(async () => {
  stand = await startConsole();
  lead = await stand.as('hub-lead');
  const send = async (kind: 'need' | 'insurance', changes: object) =>
    (await submitCase(stand.hub, kind, { body: inputs[kind](changes) })).subject;
  ended = await send('need', { contact });
  open = await send('need', { contact });
  insurance = await send('insurance', { volunteers: [volunteer, aVolunteer()] });
  await withdrawCase(stand.hub, ended.id, {}, applicantOf(ended.id));
});
afterAll(() => stand.stop());

const shown = '从登记的邮箱来信';
async function search(fields: Readonly<Record<string, string>>) {
  await lead.get('/console/person-requests');
  return lead.post('/console/person-requests', { shown, ...fields });
}

describe('Looking for what is kept about a person', () => {
  it('finds them by telephone, mail or identity number however it is written, and nobody else', async () => {
    const found = async (by: object) => (await casesOfPerson(stand.hub, by)).map(({ id }) => id).sort();
    expect(await found({ phone: '13900004455' })).toEqual([ended.id, open.id].sort());
    expect(await found({ mail: 'someone.else@EXAMPLE.org' })).toEqual([ended.id, open.id].sort());
    expect(await found({ identity: volunteer.identityNumber.toLowerCase() })).toEqual([insurance.id]);
    expect(await found({ phone: '13900004456' })).toEqual([]);
  });

  it('keeps no telephone, address or identity number in the table to find them by', async () => {
    const everything = await stand.everything();
    for (const value of ['4455', 'omeone.', volunteer.identityNumber]) expect(everything).not.toContain(value);
  });

  it('is for the lead of the hub, and wants to know how the person showed that it is they', async () => {
    const refused = await search({ phone: contact.phone, shown: '' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(contact.phone);
    for (const person of ['hub-coordinator', 'funder-approver', 'auditor', 'operator']) {
      expect((await (await stand.as(person)).get('/console/person-requests')).status).toBe(403);
    }
  });
});

describe('A person who asks for their data', () => {
  it('is given all of it and nothing of anybody else', async () => {
    await search({ identity: volunteer.identityNumber });
    const file = await lead.post('/console/person-requests/file', { shown, identity: volunteer.identityNumber });
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    const { held } = JSON.parse(file.html);
    expect(held).toHaveLength(1);
    expect(held[0]).toMatchObject({ case: insurance.id, as: ['volunteer'], volunteers: [volunteer] });
    expect(held[0]).not.toHaveProperty('contact');
  });

  it('is given what drafts and referrals hold of them too, and has it erased there: of the person, and of nobody else', async () => {
    const phone = '139 0000 7711';
    const coordinator = await stand.as('hub-coordinator');
    await coordinator.get('/console/referrals/new');
    const sent = await coordinator.post('/console/referrals/new', {
      to: 'river-hospital',
      circumstance: 'other',
      area: '青山区',
      help: '需要有人送药',
      'person.name': '示例求助者',
      'person.phone': phone,
      'consent.how': 'spoken',
      'consent.by': 'person',
    });
    const referral = (sent.location ?? '').replace(/\?.*/, '');
    const manager = await stand.as('org-manager');
    const page = await manager.get('/console/drafts/new/need');
    const draft = /action="(\/console\/drafts\/[a-z0-9]{10})"/.exec(page.html)?.[1] ?? '';
    const fields = Object.fromEntries(
      [...page.html.matchAll(/name="(version|kind|programme|once)" value="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    await manager.post(draft, {
      ...fields,
      'contact.name': '示例同事',
      'contact.phone': '027-0000 1199',
      'delivery.address': '示例路 7 号',
      'delivery.recipient': '示例收货人',
      'delivery.phone': phone,
      step: 'who',
      action: 'save',
    });
    const asked = { shown, phone: '+86 13900007711' };
    await search(asked);
    const { held, elsewhere } = JSON.parse((await lead.post('/console/person-requests/file', asked)).html);
    expect(held).toEqual([]);
    const byType = Object.fromEntries(elsewhere.map((one: { type: string; data: object }) => [one.type, one.data]));
    expect(byType).toMatchObject({
      draft: { 'delivery.recipient': '示例收货人', 'delivery.address': '示例路 7 号', 'delivery.phone': phone },
      referral: { person: { name: '示例求助者' } },
    });
    expect(byType.draft).not.toHaveProperty('contact.name');

    const list = await search(asked);
    const refs = [...list.html.matchAll(/name="erase" value="([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(refs).toHaveLength(2);
    for (const erase of refs) await lead.post('/console/person-requests/erasure', { ...asked, erase });
    expect((await manager.get(draft)).html).toContain('示例同事');
    const rest = [await manager.get(draft), await manager.get(referral), await coordinator.get(referral)];
    for (const { html } of rest) {
      for (const gone of ['示例收货人', '示例路 7 号', '7711', '示例求助者']) expect(html).not.toContain(gone);
    }
    expect((await search(asked)).html).toContain('没有找到');
    // who was asked to help hears it, as when the consent is withdrawn
    const told = (await contentsOf(stand.hub.table)).filter(({ entity }) => entity === 'letter');
    expect(told.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ type: 'referral', party: 'river-hospital', on: 'withdrawn' }),
    );
  });

  it('has it erased from what has ended, with a proof; what goes on keeps it and says why', async () => {
    const list = await search({ phone: contact.phone });
    expect(list.html).toContain('还在办理');
    const chosen = { shown, phone: contact.phone, erase: ended.id };
    const proof = await lead.post('/console/person-requests/erasure', chosen);
    const file = await readCaseFile(stand.hub.table, ended.id);
    expect(file?.subject.contact).toEqual(undefined);
    const event = file?.events.find(({ type }) => type === 'personal-erased');
    expect(event).toMatchObject({ why: 'request' });
    expect(proof.html).toContain(ended.id);
    expect(proof.html).toContain(`已删除，记在它的历史第 ${event?.version} 条`);
    expect(proof.html).toContain(`- case ${open.id}: kept: still going on`);
    expect((await readCaseFile(stand.hub.table, open.id))?.subject.contact).toMatchObject({ name: contact.name });
    expect((await casesOfPerson(stand.hub, { phone: contact.phone })).map(({ id }) => id)).toEqual([open.id]);
    // that it was done is in the trail of the case, and nothing that tells of the person any more
    const trail = await readTraces(stand.hub.table, ended.id);
    expect(trail.at(-1)?.trace).toMatchObject({ type: 'data-erased', caseId: ended.id });
    expect(trail.flatMap(({ reason }) => reason ?? [])).toEqual([]);
  });
});

it('is found in a need that goes on with the rest of one in which they were erased', async () => {
  const { hub } = stand;
  const known = { name: '示例续办人', phone: '13900007733', email: 'goes.on@example.org' };
  const delivery = { address: '续办路 1 号', recipient: '示例续办收货人', phone: '13900007744' };
  const made = await aCaseIn(hub, 'need', 'approving', { contact: known, delivery });
  const rest = { outcome: 'approved', lines: [{ line: 'L1', quantity: 60 }] };
  const [goesOn] = (await answerWith(hub, made, rest)).children;
  await broughtTo(hub, made, 'closed');
  await lead.get('/console/person-requests');
  const fields = { shown, phone: known.phone, erase: made.id };
  await lead.post('/console/person-requests/erasure', fields);
  for (const by of [{ phone: known.phone }, { mail: known.email }, { phone: delivery.phone }])
    expect((await casesOfPerson(hub, by)).map(({ id }) => id)).toEqual([goesOn]);
  const found = await search({ phone: known.phone });
  expect(found.html).toContain(goesOn);
  expect(found.html).toContain('还在办理');
});

/** The text of a proof, as a page shows it. */
function proofIn(html: string): string {
  const [, text = ''] = /<pre class="document">([^<]*)<\/pre>/.exec(html) ?? [];
  return text
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

const verdictOf = async (proof: string) => (await checkProof(stand.hub, proof)).verdict;

describe('Whoever works with the hub and asks for their data', () => {
  const mail = 'asked-staff@example.org';

  it('is found as a member, as somebody invited and by an address, in parties that registered themselves too', async () => {
    const id = MemberId.parse('asked|staff#1');
    const registration = { organization: '自助小组', email: mail, name: '示例负责人', language: 'zh' };
    const manager = await registerOrganization(stand.hub, id, registration);
    await saveMember(stand.hub.table, { ...person('funder-reviewer'), id, name: '示例负责人', email: mail });
    await invite(stand.hub, person('hub-lead'), { email: mail, language: 'zh', roles: ['coordinator'] });
    const asked = { shown, mail };
    const list = await search(asked);
    expect(list.html).toContain('仍是成员：先由该机构负责人在“成员”页移除');
    const { elsewhere } = JSON.parse((await lead.post('/console/person-requests/file', asked)).html);
    const found = elsewhere.map(({ type, party }: { type: string; party: string }) => `${type} ${party}`).sort();
    expect(found).toEqual(
      [`address ${manager.party}`, 'invitation hub', `member ${manager.party}`, 'member river-foundation'].sort(),
    );

    // what can go goes; who still acts must be removed first
    const refs = [...list.html.matchAll(/name="erase" value="([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(refs.map((ref) => ref.split(' ')[0]).sort()).toEqual(['address', 'invitation']);
    const proof = proofIn(
      (await lead.post('/console/person-requests/erasure', { ...asked, erase: refs[0] ?? '' })).html,
    );
    expect(proof).toContain('membership of river-foundation: kept');
    expect(proof).toContain('who leads the party must remove them first');
    await lead.post('/console/person-requests/erasure', { ...asked, erase: refs[1] ?? '' });
    await lead.post('/console/person-requests/erasure', { ...asked, erase: `member river-foundation ${id}` });
    const left = JSON.parse((await lead.post('/console/person-requests/file', asked)).html).elsewhere;
    expect(left.map(({ type }: { type: string }) => type)).toEqual(['member', 'member']);
    expect(await verdictOf(proof)).toBe('genuine');
  });
});

describe('The proof that a request was carried out', () => {
  const asked = { shown, phone: contact.phone };
  let proof: string;
  beforeAll(async () => {
    await search(asked);
    proof = (await lead.post('/console/person-requests/proof', asked)).html;
  });

  it('says in both languages what was looked for and found, and nothing that the person is known by', async () => {
    expect(proof).toContain(`- 申请 ${open.id}: 找到`);
    expect(proof).toContain(`- case ${open.id}: found`);
    expect(proof).toContain('case: 1 found, 0 erased');
    expect(proof).toMatch(/The search is entry \d+ of trace\/hub\/[\d-]{10}, hash [\w-]{43}/);
    for (const known of [contact.name, '4455', 'omeone.', shown, 'Name of']) expect(proof).not.toContain(known);
  });

  it('can be checked by whoever has it, however it was sent in between, and is told from one that was changed', async () => {
    expect(await verdictOf(proof)).toBe('genuine');
    expect(await verdictOf(`\ufeff\n${proof.replaceAll('\n', '\r\n')}\r\n\r\n`)).toBe('genuine');
    expect(await verdictOf(proof.replace(open.id, ended.id))).toBe('altered');
    expect(await verdictOf('something else')).toBe('none');
    expect(await verdictOf(proof.slice(0, proof.indexOf('----')))).toBe('none');
    // a whole proof that was made up: its own digest is right, and no entry of the chain has it
    const text = proof.slice(0, proof.lastIndexOf('----\n')).replace('1 found', '7 found');
    const digest = createHash('sha256').update(text).digest('hex');
    const footer = proof.slice(proof.lastIndexOf('----\n')).replace(/[0-9a-f]{64}/, digest);
    expect(await verdictOf(`${text}${footer}`)).toBe('unknown');
  });

  it('is checked on the page, which gives it as a file where it is genuine only', async () => {
    const check = (changes: object) => lead.post('/console/person-requests/check', { proof, ...changes });
    expect((await check({})).html).toContain('证明属实');
    const file = await check({ action: 'file' });
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="jieli-proof/);
    expect(file.html).toBe(proof);
    const changed = await check({ proof: proof.replace(open.id, ended.id), action: 'file' });
    expect(changed.headers.get('content-disposition')).toBeNull();
    expect(changed.html).toContain('内容被改动');
  });
});
