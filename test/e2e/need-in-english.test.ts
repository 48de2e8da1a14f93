import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sent, sentCase } from './applicant.ts';
import { decide, openAs, openCaseAs } from './officer.ts';
import type { Reader } from './reader.ts';
import { type Stand, startStand } from './stand.ts';

const EMAIL = 'matron@clinic.example';
/** What stays Chinese in an English page: the product's name, the other language, and names of people and places. */
const NAMES = ['接力', '中文', '陈协调', '方审批', '江城应急协作中心', '长河公益基金会'];
const CHINESE = /[\p{Script=Han}，。：（）、]+/gu;

/** Chinese that an English reader comes across. */
function leftChinese(text: string): string[] {
  const rest = NAMES.reduce((shorter, name) => shorter.replaceAll(name, ''), text);
  return rest.match(CHINESE) ?? [];
}

describe('A need in English, from the form to closing', () => {
  let stand: Stand;
  let clinic: Reader;
  let coordinator: Reader;
  let donor: Reader;
  let need: Sent;

  /** The reader's page, which must be in English throughout. */
  async function read(reader: Reader): Promise<string> {
    const text = await reader.text();
    expect(leftChinese(text), reader.page.url()).toEqual([]);
    return text;
  }

  beforeAll(async () => {
    stand = await startStand();
    clinic = await stand.reader({ language: 'en', viewport: 'phone' });
    coordinator = await stand.reader({ language: 'en' });
    donor = await stand.reader({ language: 'en' });
  }, 180_000);
  afterAll(() => stand?.close(), 180_000);

  it('is asked for in English, with help in English when something is wrong', async () => {
    await clinic.open('/');
    expect(await read(clinic)).toContain('Ask for supplies, a grant or insurance, and follow your request');
    await clinic.follow('Ask for supplies');
    await read(clinic);
    await clinic.fill({ organization: 'Riverside Clinic', 'contact.name': 'Ann Li', 'contact.phone': '027 5550 1234' });
    await clinic.press('Continue');
    expect(await read(clinic)).toContain('Province: Please fill this in');
    await clinic.fill({ organizationType: 'hospital', 'place.province': 'Hubei', 'place.city': 'Wuhan' });
    await clinic.fill({ 'place.district': 'Jiang’an', 'contact.email': EMAIL });
    await clinic.press('Continue');
    await read(clinic);
    await clinic.fill({ 'lines.0.item': 'N95 respirators', 'lines.0.quantity': '120', 'lines.0.unit': 'pieces' });
    await clinic.press('Continue');
    await read(clinic);
    await clinic.fill({ 'delivery.address': '1 Some Road, west gate' });
    await clinic.press('Continue');
    expect(await read(clinic)).toContain('N95 respirators · 120 pieces');
    await clinic.fill({ consent: true });
    await clinic.press('Send the request');
    need = await sentCase(clinic);
    expect(await read(clinic)).toContain('What happens next');
  });

  it('is verified, matched, given and dispatched in an English console', async () => {
    await openAs(donor, 'funder-approver', '/console/offers');
    await read(donor);
    await donor.fill({ title: 'Respirators for Hubei', itemGroup: 'respirators', amount: '1000' });
    await donor.press('Make the offer');
    await read(donor);
    await openAs(coordinator, 'hub-coordinator');
    expect(await read(coordinator)).toContain('Riverside Clinic');
    await coordinator.follow('Riverside Clinic');
    await read(coordinator);
    await decide(coordinator, 'Verified');
    await stand.settle();
    await openCaseAs(coordinator, 'hub-coordinator', need.id);
    expect(await read(coordinator)).toContain('Could serve N95 respirators: up to 120 pieces');
    await coordinator.press(/^Match to this offer/);
    await stand.settle();
    await openCaseAs(donor, 'funder-approver', need.id);
    await read(donor);
    await decide(donor, 'Approve', { 'N95 respirators': '120' });
    await stand.settle();
    await openCaseAs(coordinator, 'hub-coordinator', need.id);
    await decide(coordinator, 'Dispatched', { carrier: 'River Freight', expectedOn: stand.day(2) });
    expect(await read(coordinator)).toContain('Recorded: Dispatched');
  });

  it('arrives, is reported on and closed, and every mail about it is in English', async () => {
    await stand.settle();
    await clinic.open(need.link);
    expect(await read(clinic)).toContain('It is your turn');
    await clinic.press('Confirm receipt');
    await stand.settle();
    await clinic.open(need.link);
    await clinic.fill({ report: 'In use on two wards.' });
    await clinic.press('Send the report');
    await stand.settle();
    await clinic.open(need.link);
    expect(await read(clinic)).toContain('Finished');
    const mails = await stand.mails(EMAIL);
    expect(mails.map(({ subject }) => subject).reverse()).toEqual([
      `[Jieli] Need ${need.id}: received`,
      `[Jieli] Need ${need.id}: verified`,
      `[Jieli] Need ${need.id}: a donor has agreed`,
      `[Jieli] Need ${need.id}: on its way`,
      `[Jieli] Need ${need.id}: waiting for you`,
    ]);
    for (const { text, html } of mails) {
      expect(leftChinese(text)).toEqual([]);
      expect(leftChinese(html ?? '')).toEqual([]);
      expect(text).toContain(`${need.link}?lang=en`);
    }
  });
});
