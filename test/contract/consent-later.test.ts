import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSite } from '../../functions/site/app.tsx';
import { giveConsent } from '../../shared/case/give-consent.ts';
import { secretOf } from '../../shared/case/track.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { LocalDate, startOfDay } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCase, readCaseFile, replacement } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { transact } from '../../shared/store/table.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { aCaseIn, day, person } from '../factory/hub.ts';
import { noFiles } from '../fake/no-files.ts';

let stand: HubStand;
let hub: Hub;
let site: ReturnType<typeof createSite>;
beforeAll(async () => {
  stand = await startHub();
  ({ hub } = stand);
  site = createSite({ hub, incoming: noFiles });
});
afterAll(() => stand.stop());

/** A need as an import makes it: nobody was asked yet. */
async function unasked(): Promise<Case> {
  const before = await aCaseIn(hub, 'need', 'verifying');
  const { consent: _consent, ...rest } = before;
  const after = { ...rest, version: before.version + 1 };
  const { id: caseId, kind, version, stage } = after;
  const event = { type: 'amended', on: 'amounts', caseId, kind, version, stage, hub: hub.hub } as const;
  const made = { ...event, at: new Date().toISOString(), by: { type: 'workflow' } } as const;
  await transact(hub.table, replacement(hub.table, before, after, made));
  return after;
}
const coordinator = { type: 'member', member: person('hub-coordinator') } as const;
const told = { version: presentConsent, how: 'written', on: day(-1) };

describe('consent to a case that came without', () => {
  it('is entered by a coordinator: how, to which text, on which day, once and on record', async () => {
    const subject = await unasked();
    for (const body of [{}, { ...told, on: day(1) }, { ...told, how: 'form' }, { ...told, version: '1999-01-01' }])
      await expect(giveConsent(hub, subject.id, body, coordinator)).rejects.toMatchObject({ code: 'invalid' });
    const reviewer = { type: 'member', member: person('other-funder-approver') } as const;
    await expect(giveConsent(hub, subject.id, told, reviewer)).rejects.toMatchObject({ code: 'not-found' });
    const after = await giveConsent(hub, subject.id, told, coordinator);
    expect(after.consent).toMatchObject({ version: presentConsent, how: 'written' });
    expect(after.consent?.at).toBe(startOfDay(LocalDate.parse(told.on)));
    expect(after.stage).toBe('verifying');
    const events = (await readCaseFile(hub.table, subject.id))?.events ?? [];
    expect(events.at(-1)).toMatchObject({ type: 'consented', how: 'written', by: { member: 'hub-coordinator' } });
    // what was given stays as it is
    expect((await giveConsent(hub, subject.id, { ...told, how: 'spoken' }, coordinator)).version).toBe(after.version);
  });

  it.each(['zh', 'en'])('is given by the applicant on their own page, in their language (%s)', async (language) => {
    const subject = await unasked();
    const path = `http://hub.test/track/${await secretOf(hub, subject)}`;
    const page = await (await site.request(`${path}?lang=${language}`)).text();
    expect(page).toContain(language === 'zh' ? '请确认个人信息的使用' : 'Please say whether your data may be used');
    const send = (body: string) => site.request(`${path}/consent`, { method: 'POST', body: new URLSearchParams(body) });
    expect((await send('')).status).toBe(422);
    expect((await send(`consent=${presentConsent}`)).status).toBe(303);
    expect((await readCase(hub.table, subject.id))?.consent).toMatchObject({ how: 'form', version: presentConsent });
    const after = await (await site.request(path)).text();
    expect(after).not.toContain(`${path.slice(15)}/consent`);
  });
});
