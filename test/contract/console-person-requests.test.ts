import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withdrawCase } from '../../shared/cases/applicant-actions.ts';
import { casesOfPerson } from '../../shared/cases/people.ts';
import { submitCase } from '../../shared/cases/submit.ts';
import type { Case } from '../../shared/domain/case.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import { applicantOf, aVolunteer, inputs } from '../factory/hub.ts';
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
    expect(proof.html).toContain(`第 ${event?.version} 条`);
    expect((await readCaseFile(stand.hub.table, open.id))?.subject.contact).toMatchObject({ name: contact.name });
    expect((await casesOfPerson(stand.hub, { phone: contact.phone })).map(({ id }) => id)).toEqual([open.id]);
  });
});
