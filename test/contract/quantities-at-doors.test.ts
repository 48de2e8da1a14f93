import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CaseId, CaseId as Id } from '../../shared/domain/ids.ts';
import { planNeedsImport } from '../../shared/kinds/need/import/plan-needs-import.ts';
import { readSheets } from '../../shared/spreadsheet/index.ts';
import { readCase } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';
import { need, problemsIn, type SiteStand, startSite, who } from './site-stand.ts';

let site: SiteStand;
let desk: ConsoleStand;
beforeAll(async () => {
  [site, desk] = await Promise.all([startSite(), startConsole()]);
});
afterAll(() => Promise.all([site.stop(), desk.stop()]));

/** What is written in the field or cell of the quantity, and the amount and unit that each door takes. */
const taken = [
  ['2万', 20_000, undefined],
  ['1.5万', 15_000, undefined],
  ['500个', 500, '个'],
  ['500 件', 500, '件'],
  ['五百', 500, undefined],
  ['三十', 30, undefined],
  ['两百套', 200, '套'],
  ['500.0', 500, undefined],
  ['1,000', 1000, undefined],
  ['１０００', 1000, undefined],
  ['１，０００', 1000, undefined],
  ['约300', 300, undefined],
  ['50+', 50, undefined],
  ['若干', null, undefined],
  ['不详', null, undefined],
  ['', null, undefined],
] as const;

/** What is no single amount: a form refuses it, a sheet keeps the line with an unknown amount and a notice. */
const refused = ['3000,50', '1,5', '1.500', '500 600', '10台/5台', '5000/天', '=20*50', '#N/A', '见附件', '3.5', '-5'];

function rows(written: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    written.flatMap((quantity, row) => [
      [`lines.${row}.item`, `物资${row}`],
      [`lines.${row}.quantity`, quantity],
    ]),
  );
}

async function linesOf(hub: Hub, id: CaseId) {
  const subject = await readCase(hub.table, id);
  return subject?.kind === 'need' ? subject.lines.map(({ quantity, unit }) => [quantity, unit]) : undefined;
}

const idIn = (location = '') => Id.parse(/N[0-9A-Z]{9}/.exec(location)?.[0]);
const asTaken = taken.map(([, quantity, unit]) => [quantity, unit]);
const allTaken = taken.map(([written]) => written);

async function sendToSite(written: readonly string[], more: Record<string, string> = {}) {
  const rest = Object.entries(need).filter(([name]) => !name.startsWith('lines.'));
  return site.post('/needs/new', { ...Object.fromEntries(rest), ...rows(written), ...more, action: 'send' });
}

async function sendToConsole(written: readonly string[], more: Record<string, string> = {}) {
  const reader = await desk.as('hub-coordinator');
  await reader.get('/console/new/need');
  const fields = { ...who, language: 'zh', urgency: 'normal', careTier: 'general', ...rows(written), ...more };
  return reader.post('/console/new/need', fields);
}

async function planOf(written: readonly string[]) {
  const cells = written.map((quantity, row) => `甲医院,物资${row},"${quantity}"`);
  const bytes = Buffer.from(`医院,物资,数量\n${cells.join('\n')}\n`);
  return planNeedsImport((await readSheets(bytes)).sheets, { today: '2026-11-30' });
}

test('the site takes every way of writing an amount', async () => {
  const sent = await sendToSite(allTaken);
  expect(await linesOf(site.hub, idIn(sent.location))).toEqual(asTaken);
});

test('the console takes every way of writing an amount', async () => {
  const sent = await sendToConsole(allTaken);
  expect(await linesOf(desk.hub, idIn(sent.location))).toEqual(asTaken);
});

test('the import takes every way of writing an amount', async () => {
  const plan = await planOf(allTaken);
  expect(plan.needs[0]?.lines.map(({ quantity, unit }) => [quantity, unit])).toEqual(asTaken);
});

test('a bare 1 is an unknown amount in a sheet, and one piece in a form', async () => {
  expect(await linesOf(site.hub, idIn((await sendToSite(['1'])).location))).toEqual([[1, undefined]]);
  expect(await linesOf(desk.hub, idIn((await sendToConsole(['1'])).location))).toEqual([[1, undefined]]);
  expect((await planOf(['1', '1台'])).needs[0]?.lines.map(({ quantity }) => quantity)).toEqual([null, 1]);
});

test('no door turns what it does not understand into another amount', async () => {
  const [cases, atSite, atConsole] = [await site.count(), await sendToSite(refused), await sendToConsole(refused)];
  expect([atSite.status, atConsole.status, await site.count()]).toEqual([422, 422, cases]);
  for (const { html } of [atSite, atConsole])
    expect(problemsIn(html).filter((problem) => /整数/.test(problem))).toHaveLength(refused.length);
  const plan = await planOf(refused);
  expect(plan.totals).toMatchObject({ lines: refused.length, unknownLines: refused.length });
  expect(plan.notices.map(({ value }) => value)).toEqual(refused);
});

test('a range is refused in a form, and the lower number in a sheet with a notice that has the words', async () => {
  for (const sent of [await sendToSite(['100-200']), await sendToConsole(['100-200'])]) expect(sent.status).toBe(422);
  const plan = await planOf(['100-200']);
  expect(plan.needs[0]?.lines[0]?.quantity).toBe(100);
  expect(plan.notices).toMatchObject([{ code: 'quantity-range', value: '100-200' }]);
});

test('a unit beside the number that is not the one of the unit’s field is asked about', async () => {
  for (const sent of [
    await sendToSite(['500箱'], { 'lines.0.unit': '只' }),
    await sendToConsole(['500箱'], { 'lines.0.unit': '只' }),
  ]) {
    expect(sent.status).toBe(422);
    expect(problemsIn(sent.html).join()).toContain('单位');
  }
  const same = await sendToSite(['500只'], { 'lines.0.unit': '只' });
  expect(await linesOf(site.hub, idIn(same.location))).toEqual([[500, '只']]);
});

test('a day may be typed as people write it at both doors', async () => {
  const typed = { neededBy: '２０９９年２月３日' };
  const atSite = idIn((await sendToSite(['5'], typed)).location);
  const atConsole = idIn((await sendToConsole(['5'], typed)).location);
  expect(await readCase(site.hub.table, atSite)).toMatchObject({ neededBy: '2099-02-03' });
  expect(await readCase(desk.hub.table, atConsole)).toMatchObject({ neededBy: '2099-02-03' });
});

test('a telephone with an extension, or two of them, is taken, and one that is none is told what is wrong', async () => {
  const phone = { 'contact.phone': '０２７-82222222转801／13900000002' };
  const kept = { contact: { phone: '027-82222222转801 / 13900000002' } };
  const atSite = idIn((await sendToSite(['5'], phone)).location);
  const atConsole = idIn((await sendToConsole(['5'], phone)).location);
  expect(await readCase(site.hub.table, atSite)).toMatchObject(kept);
  expect(await readCase(desk.hub.table, atConsole)).toMatchObject(kept);
  const short = await sendToSite(['5'], { 'contact.phone': '12345' });
  expect(problemsIn(short.html).join()).toContain('太短');
});
