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
