import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CaseId, newSlug, PartyId } from '../../shared/domain/ids.ts';
import type { UnsentMail } from '../../shared/domain/mail.ts';
import { instant } from '../../shared/domain/time.ts';
import { saveAnchoredTo } from '../../shared/store/anchored.ts';
import { recordMailTrouble, recordSweep } from '../../shared/store/health.ts';
import { keepGivenUp, keepWaiting } from '../../shared/store/mails.ts';
import { saveParty } from '../../shared/store/parties.ts';
import { contentsOf } from '../engine/contents.ts';
import { broughtTo, openProgramme, submitted } from '../factory/hub.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

const hub = PartyId.parse('hub');
let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.stop());

describe('the page for operators', () => {
  it('comes first for them, counts open cases by kind and stage, and says nothing of any case', async () => {
    await openProgramme(stand.hub, { id: 'fund' });
    const first = await submitted(stand.hub, 'need');
    await broughtTo(stand.hub, await submitted(stand.hub, 'need'), 'verifying');
    await broughtTo(stand.hub, await submitted(stand.hub, 'grant'), 'reviewing');
    const operator = await stand.as('operator', 'en');
    expect((await operator.get('/console')).location).toBe('/console/operations');
    const { html } = await operator.get('/console/operations');
    expect(html).toMatch(/<strong>Submitted<\/strong>[\s\S]*?Need/);
    for (const stage of ['Submitted', 'Verification', 'Review'])
      expect(html).toMatch(new RegExp(`<strong>${stage}[\\s\\S]*?<td class="numeric"[^>]*>1</td>`));
    expect(html).not.toContain(first.organization);
    expect(html).not.toContain(first.id);
  });

  it('tells of the last sweep, of mail that did not go out, and of the data key', async () => {
    const operator = await stand.as('operator', 'en');
    const quiet = (await operator.get('/console/operations')).html;
    expect(quiet).toContain('It has not run yet');
    expect(quiet).toContain('Every mail of the last two weeks went out');
    await recordSweep(stand.hub.table, { hub, at: instant(Date.now()), nudged: 7, upTo: instant(0) });
    await recordMailTrouble(stand.hub.table, 'refused');
    await recordMailTrouble(stand.hub.table, 'failed');
    await recordMailTrouble(stand.hub.table, 'failed');
    const { html } = await operator.get('/console/operations');
    expect(html).toContain('7 asked for again');
    expect(html).toMatch(/data-label="Refused"[^>]*>1</);
    expect(html).toMatch(/data-label="Tries that failed"[^>]*>2</);
    expect(html).not.toContain('is late');
    expect(html).toContain('It was not seen to yet that all is anchored');
    expect(html).toContain('not known');
    const anchoredAt = (hours: number) => `${instant(Date.now() - hours * 3_600_000)}#TRACE#hub/people#ENTRY#000000001`;
    await saveAnchoredTo(stand.hub.table, anchoredAt(20));
    const seen = (await operator.get('/console/operations')).html;
    expect(seen).toMatch(/Every entry up to [\d-]{10} [\d:]{5} is anchored/);
    expect(seen).not.toContain('that is late');
    await saveAnchoredTo(stand.hub.table, anchoredAt(40));
    expect((await operator.get('/console/operations')).html).toContain('that is late');
    await recordSweep(stand.hub.table, { hub, at: instant(Date.now() - 3 * 3_600_000), nudged: 0, upTo: instant(0) });
    expect((await operator.get('/console/operations')).html).toContain('is late');
  });

  it('tells of each hub when its cases were looked through, and warns where those of one were not', async () => {
    const own = await startConsole();
    const { table } = own.hub;
    const second = PartyId.parse('second-hub');
    await saveParty(table, { id: second, type: 'hub', name: '西区协调中心', nameEn: 'West Hub' });
    const operator = await own.as('operator', 'en');
    const upTo = instant(0);
    await recordSweep(table, { hub, at: instant(Date.now()), nudged: 0, upTo });
    expect((await operator.get('/console/operations')).html).toContain('is late');
    await recordSweep(table, { hub: second, at: instant(Date.now()), nudged: 3, upTo });
    const { html } = await operator.get('/console/operations');
    expect(html).not.toContain('is late');
    expect(html).toMatch(/West Hub[^<]*<\/strong>[^<]*3 asked for again/);
    await own.stop();
  });

  it('shows what mail waits and what was given up, by why and without a word of it, and has it sent again', async () => {
    const { table } = stand.hub;
    const operator = await stand.as('operator', 'en');
    const letter = {
      type: 'link-again',
      id: newSlug(),
      at: instant(0),
      caseId: CaseId.parse('N000000000'),
      address: 'a'.repeat(22),
      language: 'zh',
    } as const;
    const unsent = (name: string, why: UnsentMail['why']): UnsentMail => ({
      ...{ name, why, tries: 1, since: instant(0), at: instant(0) },
      about: { type: 'letter', letter },
    });
    await keepWaiting(table, unsent('one', 'sender'));
    await keepWaiting(table, unsent('two', 'sender'));
    await keepGivenUp(table, unsent('three', 'recipient'));
    const { html } = await operator.get('/console/operations');
    expect(html).toMatch(/Waiting to be sent[\s\S]*2: the mail server takes nothing from us/);
    expect(html).toMatch(/Given up[\s\S]*1: the address was refused/);
    expect(html).not.toContain('N000000000');
    const asked = await operator.post('/console/operations/mails', { which: 'given-up' });
    expect(asked.location).toBe('/console/operations?done=mails');
    expect((await operator.get(asked.location ?? '')).html).toContain('within seconds');
    const letters = (await contentsOf(table)).filter((item) => item.entity === 'letter' && item.notify === 'yes');
    expect(letters.map(({ data }) => data)).toMatchObject([{ type: 'mails-again', which: 'given-up' }]);

    // some of them alone: by why, by a case whose number a coordinator told, a single one
    await keepGivenUp(table, unsent('four', 'content'));
    const page = (await operator.get('/console/operations')).html;
    expect(page).toContain('who asked for a private link again');
    expect(page).not.toContain('N000000000');
    const before = new Set(letters.map(({ pk }) => pk));
    for (const fields of [{ why: 'content' }, { caseId: 'n-0000 0000o' }, { mail: 'three' }]) {
      const { location } = await operator.post('/console/operations/mails', { which: 'given-up', ...fields });
      expect(location).toBe('/console/operations?done=mails');
    }
    for (const fields of [{ why: 'server' }, { caseId: 'N000000001' }, { caseId: '?' }, { mail: 'one' }]) {
      const { location = '' } = await operator.post('/console/operations/mails', { which: 'given-up', ...fields });
      expect((await operator.get(location)).html).toContain('No such mail was given up');
    }
    const some = (await contentsOf(table)).filter(({ entity, pk }) => entity === 'letter' && !before.has(pk));
    expect(some.map(({ data }) => z.object({ some: z.unknown() }).parse(data).some)).toEqual(
      expect.arrayContaining([{ why: 'content' }, { caseId: 'N000000000' }, { name: 'three' }]),
    );
    expect(some).toHaveLength(3);
    const auditor = await stand.as('auditor', 'en');
    expect((await auditor.get('/console/operations')).html).not.toContain(
      '<form method="post" action="/console/operations/mails"',
    );
  });
});
