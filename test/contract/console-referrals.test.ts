import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presentConsent } from '../../shared/domain/consent.ts';
import { MemberId, newReferralId, PartyId } from '../../shared/domain/ids.ts';
import { changeReferral, newReferral } from '../../shared/domain/referral/change.ts';
import { ReferralInput } from '../../shared/domain/referral/referral.ts';
import { type Instant, instant } from '../../shared/domain/time.ts';
import { keys } from '../../shared/store/keys.ts';
import { listReferrals, readReferral, replacingReferral, savingReferral } from '../../shared/store/referrals.ts';
import { get, transact } from '../../shared/store/table.ts';
import { type ConsoleStand, type Reader, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
let coordinator: Reader;
let hospital: Reader;
beforeAll(async () => {
  stand = await startConsole();
  coordinator = await stand.as('hub-coordinator');
  hospital = await stand.as('org-manager');
});
afterAll(() => stand.stop());

const NAME = '示例求助者';
const PHONE = '027-0000 4321';
const fields = {
  to: 'river-hospital',
  circumstance: 'patient-family',
  area: '青山区',
  help: '一家三口在家隔离，需要有人送药',
  'person.name': NAME,
  'person.phone': PHONE,
  'consent.how': 'spoken',
  'consent.by': 'person',
};

async function refer(changes: Readonly<Record<string, string>> = {}): Promise<string> {
  await coordinator.get('/console/referrals/new');
  const sent = await coordinator.post('/console/referrals/new', { ...fields, ...changes });
  expect(sent.status).toBe(303);
  return (sent.location ?? '').replace(/\?.*/, '');
}

describe('Referring a person in need', () => {
  it('needs their consent: without it nothing is stored, and everything typed is still there', async () => {
    await coordinator.get('/console/referrals/new');
    const refused = await coordinator.post('/console/referrals/new', { ...fields, 'consent.how': '' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('href="#f-consent-how"');
    for (const kept of [NAME, PHONE, fields.help]) expect(refused.html).toContain(kept);
    const misread = await coordinator.post('/console/referrals/new', { ...fields, caseId: 'N123' });
    expect(misread.html).toContain('申请编号是 10 位');
    expect(await stand.everything()).not.toContain('REFERRAL#');
  });

  it('shows the receiver what would help, and who it is only after it has accepted', async () => {
    const place = await refer();
    const offered = await hospital.get(place);
    expect(offered.html).toContain(fields.help);
    expect(offered.html).not.toContain(NAME);
    expect(offered.html).not.toContain(PHONE);
    await hospital.post(place, { outcome: 'accepted' });
    const accepted = await hospital.get(place);
    expect(accepted.html).toContain(NAME);
    expect(accepted.html).toContain(PHONE);
  });

  it('is erased for both when the person no longer agrees, and when the help was given', async () => {
    for (const outcome of ['withdrawn', 'done'] as const) {
      const place = await refer({ 'person.name': `${NAME}${outcome}` });
      await hospital.get(place);
      await hospital.post(place, { outcome: 'accepted' });
      const reader = outcome === 'done' ? hospital : coordinator;
      await reader.get(place);
      expect((await reader.post(place, { outcome })).status).toBe(303);
      for (const each of [hospital, coordinator]) {
        const seen = await each.get(place);
        expect(seen.status).toBe(200);
        expect(seen.html).not.toContain(NAME);
        expect(seen.html).not.toContain(fields.help);
      }
    }
  });

  it('is nobody else’s to see, not even that it exists', async () => {
    const place = await refer();
    for (const person of ['funder-approver', 'other-funder-approver'] as const) {
      const reader = await stand.as(person);
      const seen = await reader.get(place);
      expect(seen.html).not.toContain(NAME);
      expect(seen.status).toBe(404);
    }
    expect((await (await stand.as('insurer')).get('/console/referrals')).status).toBe(403);
  });

  it('lists for each side what the matter is and never who', async () => {
    for (const reader of [hospital, coordinator]) {
      const list = await reader.get('/console/referrals');
      expect(list.html).toContain('患者家属');
      expect(list.html).not.toContain(NAME);
    }
  });

  it('is answered once: the second person sees how it stands', async () => {
    const place = await refer();
    const late = await stand.as('org-applicant');
    await late.get(place);
    await hospital.get(place);
    await hospital.post(place, { outcome: 'declined' });
    const refused = await late.post(place, { outcome: 'accepted' });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('未接受');
    expect(refused.html).not.toContain(NAME);
  });
});

describe('A referral that nobody ends', () => {
  const days = (count: number) => instant(Date.now() - count * 86_400_000);
  const made = (now: Instant) =>
    newReferral(
      ReferralInput.parse({
        ...{ to: 'river-hospital', circumstance: 'bereaved', area: '青山区', help: fields.help },
        person: { name: NAME, phone: PHONE },
        consent: { version: presentConsent, how: 'spoken', by: 'person' },
      }),
      { id: newReferralId(), from: hub, by, now },
    );
  const hub = PartyId.parse('hub');
  const by = { type: 'member', member: MemberId.parse('hub-coordinator'), party: hub } as const;

  it('is gone 180 days after anybody did something about it, and no day sooner', async () => {
    const { table } = stand.hub;
    const [old, young] = [made(days(180)), made(days(179))];
    for (const one of [old, young]) await transact(table, savingReferral(table, one));
    expect(await readReferral(table, old.id)).toBeUndefined();
    expect((await coordinator.get(`/console/referrals/${old.id}`)).status).toBe(404);
    const listed = (await listReferrals(table, hub)).items.map(({ id }) => id);
    expect(listed).toContain(young.id);
    expect(listed).not.toContain(old.id);

    const as = 'receiver';
    const accepted = changeReferral(young, 'accepted', { as, by, now: days(0) });
    await transact(table, [replacingReferral(table, young, accepted)]);
    const expires = async () => Number((await get(table, keys.referral(young.id)))?.expires) * 1000;
    expect(await expires()).toBeCloseTo(Date.now() + 180 * 86_400_000, -5);
    const done = changeReferral(accepted, 'done', { as, by, now: days(0) });
    await transact(table, [replacingReferral(table, accepted, done)]);
    expect(await expires()).toBeNaN();
  });
});
