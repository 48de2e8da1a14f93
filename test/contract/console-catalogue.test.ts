import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { submitCase } from '../../shared/case/submit.ts';
import { CaseId, MemberId } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/party.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { MAX_VOLUNTEERS } from '../../shared/kinds/insurance/input.ts';
import { listCases, readCase, readCaseFile } from '../../shared/store/cases.ts';
import { listOffers } from '../../shared/store/offers.ts';
import { membershipsOf, saveMember } from '../../shared/store/parties.ts';
import { listProgrammes } from '../../shared/store/programmes.ts';
import { submissionOf } from '../engine/walk.ts';
import { textCells, workbook } from '../unit/spreadsheet-file.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.stop());

const inDays = (days: number) => addDays(localDate(Date.now()), days);

describe('publishing a programme', () => {
  const fields = {
    name: '社区互助小额资助',
    purpose: '支持社区互助',
    budget: '20万',
    ceiling: '30,000',
    secondApprovalAbove: '20000',
    reportDueDays: '30',
    areas: '江城省、石坪市',
    'questions.0.text': '受益多少人？',
    'questions.0.required': 'yes',
    'questions.3.text': '还有谁资助？',
    'questions.3.textEn': 'Who else funds it?',
  };

  it('keeps everything typed when something is wrong, and stores nothing', async () => {
    const reader = await stand.as('programme-manager');
    await reader.get('/console/programmes/new');
    const refused = await reader.post('/console/programmes/new', {
      ...fields,
      budget: '两万左右',
      closesOn: inDays(-1),
    });
    expect(refused.status).toBe(422);
    for (const kept of ['value="两万左右"', 'value="30,000"', '还有谁资助？']) expect(refused.html).toContain(kept);
    expect(refused.html).toContain('href="#f-budget"');
    const above = await reader.post('/console/programmes/new', { ...fields, ceiling: '30万', closesOn: inDays(20) });
    expect(above.html).toContain('200,000.00');
    expect(await listProgrammes(stand.hub.table)).toEqual([]);
  });

  it('comes again in the other language with all that was typed, and is not sent by that', async () => {
    const reader = await stand.as('programme-manager');
    await reader.get('/console/programmes/new');
    const typed = { ...fields, budget: '两万左右', closesOn: inDays(20) };
    const { html } = await reader.post('/console/programmes/new', typed);
    const [, action = '', inside = ''] =
      /<form class="language-form" method="post" action="([^"]+)">(.*?)<\/form>/s.exec(html) ?? [];
    const hidden = [...inside.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    );
    expect(inside).toContain('name="redraw" value="yes"');
    expect(Object.fromEntries(hidden)).toMatchObject(typed);
    const english = await reader.post(action, { ...Object.fromEntries(hidden), redraw: 'yes' });
    expect(english.status).toBe(422);
    expect(english.html).toContain('lang="en"');
    for (const kept of ['value="两万左右"', 'value="30,000"', '还有谁资助？']) expect(english.html).toContain(kept);
    expect((await reader.get('/console/programmes')).html).toContain('lang="en"');
    // also where it would be taken now: whoever changes the language has not pressed the button
    const inOrder = await reader.post(action, { ...fields, closesOn: inDays(20), key: 'zyxwv54321', redraw: 'yes' });
    expect(inOrder.html).toContain('Nothing was sent yet');
    expect(inOrder.html).toContain('还有谁资助？');
    expect(await listProgrammes(stand.hub.table)).toEqual([]);
  });

  it('publishes it once however often the form is sent, and closes it', async () => {
    const reader = await stand.as('programme-manager');
    await reader.get('/console/programmes/new');
    const sent = { ...fields, closesOn: inDays(20), key: 'abcde12345' };
    const places = [
      await reader.post('/console/programmes/new', sent),
      await reader.post('/console/programmes/new', sent),
    ];
    expect(places.map(({ status }) => status)).toEqual([303, 303]);
    expect(places[0]?.location).toBe(places[1]?.location);
    const [programme, ...more] = await listProgrammes(stand.hub.table);
    expect(more).toEqual([]);
    expect(programme).toMatchObject({
      budget: 20_000_000,
      ceiling: 3_000_000,
      areas: ['江城省', '石坪市'],
      questions: [
        { id: 'q1', required: true },
        { id: 'q2', textEn: 'Who else funds it?', required: false },
      ],
    });
    const other = await stand.as('other-funder-approver');
    await other.get('/console/programmes');
    expect((await other.post(`/console/programmes/${programme?.id}/close`)).status).toBe(403);
    expect((await reader.post(`/console/programmes/${programme?.id}/close`)).status).toBe(303);
    expect((await listProgrammes(stand.hub.table))[0]?.closedAt).toBeDefined();
  });
});

describe('a funder without people enough', () => {
  it('reads whom it lacks where it publishes, and beside its programme until somebody has come', async () => {
    const manager = await stand.as('other-funder-approver', 'en');
    const lacks = 'Your organization lacks a second approver, finance';
    expect((await manager.get('/console/programmes/new')).html).toContain(lacks);
    const fields = {
      name: '小团队资助',
      purpose: '支持社区互助',
      budget: '20万',
      ceiling: '30,000',
      secondApprovalAbove: '20000',
      reportDueDays: '30',
      closesOn: inDays(20),
    };
    const { location } = await manager.post('/console/programmes/new', fields);
    expect((await manager.get(location ?? '')).html).toContain(lacks);
    // another funder, which has everybody, and the hub
    for (const person of ['programme-manager', 'hub-lead'])
      expect((await (await stand.as(person, 'en')).get('/console/programmes')).html).not.toContain('lacks');
    const ids = ['comes-to-approve', 'comes-to-pay'].map((id) => MemberId.parse(id));
    const [like] = await membershipsOf(stand.hub.table, MemberId.parse('other-funder-approver'));
    if (!like) throw new Error('nobody publishes');
    const roles: Role[] = ['approver', 'finance'];
    for (const [index, id] of ids.entries())
      await saveMember(stand.hub.table, {
        ...like,
        id,
        email: `${id}@example.org`,
        roles: roles.slice(index, index + 1),
      });
    expect((await manager.get('/console/programmes')).html).not.toContain('lacks');
  });
});

describe('an offer', () => {
  it('is listed for its donor and the hub, not for another donor', async () => {
    const donor = await stand.as('other-funder-approver');
    await donor.get('/console/offers');
    const wrong = await donor.post('/console/offers', { title: '护目镜一批', itemGroup: 'nothing', amount: '很多' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('value="护目镜一批"');
    const fields = { title: '护目镜一批', itemGroup: 'eye-face-protection', amount: '3,000', areas: '江城省' };
    expect((await donor.post('/console/offers', fields)).status).toBe(303);
    expect(await listOffers(stand.hub.table)).toMatchObject([{ amount: 3000, party: 'lantern-foundation' }]);
    const sees = async (person: string) =>
      (await (await stand.as(person)).get('/console/offers')).html.includes('护目镜一批');
    expect([await sees('other-funder-approver'), await sees('hub-lead'), await sees('funder-reviewer')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a party with an English name', () => {
  it('is called by it on English pages: for whom one acts, who funds, who gives', async () => {
    const lantern = await stand.as('other-funder-approver', 'en');
    await lantern.get('/console/programmes/new');
    const published = await lantern.post('/console/programmes/new', {
      name: '灯火小额资助',
      purpose: '支持社区互助',
      budget: '20万',
      ceiling: '30,000',
      secondApprovalAbove: '20000',
      reportDueDays: '30',
      closesOn: inDays(20),
    });
    expect(published.status).toBe(303);
    const called = async (person: string, path: string) => {
      const [zh, en] = [await stand.as(person, 'zh'), await stand.as(person, 'en')];
      const pages = [(await zh.get(path)).html, (await en.get(path)).html];
      return pages.map((html) => [html.includes('灯火基金会'), html.includes('Lantern Foundation')]);
    };
    const [chinese, english] = [
      [true, false],
      [false, true],
    ];
    expect(await called('other-funder-approver', '/console')).toEqual([chinese, english]);
    expect(await called('hub-coordinator', '/console/programmes')).toEqual([chinese, english]);
    expect(await called('hub-coordinator', '/console/offers')).toEqual([chinese, english]);
    expect((await stand.api('GET', '/programmes')).text).toContain('"funderNameEn":"Lantern Foundation"');
  });
});

describe('volunteer insurance for an organization', () => {
  const cover = { coverFrom: inDays(2), coverTo: inDays(30), activity: '送菜' };
  const organization = {
    organization: '青山队',
    'place.province': '江城省',
    'place.city': '江城市',
    'place.district': '青山区',
  };

  function form(fields: Record<string, string>, file?: string | Uint8Array<ArrayBuffer>): FormData {
    const data = new FormData();
    for (const [name, value] of Object.entries({ ...organization, ...cover, ...fields })) data.set(name, value);
    if (file !== undefined) data.set('file', new Blob([file], { type: 'text/csv' }), '名单.csv');
    return data;
  }

  it('shows every bad row of an uploaded roster with its reason beside the good ones, to be mended in place', async () => {
    const example = JSON.parse(JSON.stringify(submissionOf('insurance')));
    const [good] = example.volunteers;
    const file = `姓名,身份证号,手机\n${good.name},${good.identityNumber},${good.phone}\n张三,110101199003071234,12345\n`;
    const reader = await stand.as('hub-coordinator');
    await reader.get('/console/new/insurance');
    const refused = await reader.post('/console/new/insurance', form({}, file));
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('校验位不对');
    expect(refused.html).toContain('请填写 11 位手机号码');
    expect(refused.html).toContain(`${good.name}\t${good.identityNumber}\t${good.phone}`);
    expect(refused.html).toContain('证件号码 ← “身份证号”');
    const mended = form({ volunteers: `${good.name} ${good.identityNumber} ${good.phone}` });
    const made = await reader.post('/console/new/insurance', mended);
    expect(made.status).toBe(303);
  });

  /** What a browser would send for the page, so far as this form has it. */
  const carried = (html: string) => ({
    volunteers: /<textarea[^>]*name="volunteers"[^>]*>\n?([^<]*)</.exec(html)?.[1] ?? '',
    leftOut: /name="leftOut" value="([^"]*)"/.exec(html)?.[1] ?? '',
    key: /name="key" value="([^"]*)"/.exec(html)?.[1] ?? '',
  });

  it('shows what was read of a file before anything is submitted, and which columns it was', async () => {
    const example = JSON.parse(JSON.stringify(submissionOf('insurance')));
    const [good] = example.volunteers;
    const file = `编号,姓名,证件,身份证号,手机\n7,${good.name},x,${good.identityNumber},${good.phone}\n`;
    const reader = await stand.as('hub-coordinator');
    await reader.get('/console/new/insurance');
    const before = await listCases(stand.hub.table, { as: 'hub', party: stand.hub.hub, kind: 'insurance' });
    const read = await reader.post('/console/new/insurance', form({}, file));
    expect(read.status).toBe(200);
    expect(read.html).toContain('从文件读到 1 人');
    expect(read.html).toContain('没有用的列：编号、证件');
    const after = await listCases(stand.hub.table, { as: 'hub', party: stand.hub.hub, kind: 'insurance' });
    expect(after.items.length).toBe(before.items.length);
    const chosen = form({ columnOfNumber: '编号' }, file);
    expect((await reader.post('/console/new/insurance', chosen)).html).toContain('证件号码 ← “编号”');
    expect((await reader.post('/console/new/insurance', form(carried(read.html)))).status).toBe(303);
  });

  it('reads both sheets of a workbook, and names those that it does not read', async () => {
    const example = JSON.parse(JSON.stringify(submissionOf('insurance')));
    const [one, two] = example.volunteers;
    const row = (each: Record<'name' | 'identityNumber' | 'phone', string>) => [
      each.name,
      each.identityNumber,
      each.phone,
    ];
    const head = ['姓名', '证件号码', '手机'];
    const file = workbook([
      { name: '填写说明', xml: textCells([['身份证请写 18 位']]) },
      { name: '第一组', xml: textCells([head, row(one)]) },
      { name: '第二组', xml: textCells([head, row(two)]) },
      { name: '旧名单', hidden: true, xml: textCells([head, row(one)]) },
    ]);
    const reader = await stand.as('hub-coordinator');
    await reader.get('/console/new/insurance');
    const read = await reader.post('/console/new/insurance', form({}, new Uint8Array(file)));
    expect(read.status).toBe(200);
    expect(read.html).toContain('从文件读到 2 人');
    expect(read.html).toContain('没有读的工作表：填写说明、旧名单');
  });

  it('keeps who was left out with the reasons, by the rows of the file', async () => {
    const example = JSON.parse(JSON.stringify(submissionOf('insurance')));
    const [good] = example.volunteers;
    const rows = [
      '江城志愿者名单,,',
      '姓名,身份证号,手机',
      '张三丰,110101199003071234,12345',
      `${good.name},${good.identityNumber},${good.phone}`,
      '李四光,4.2010619900101E+17,13800001111',
    ];
    const reader = await stand.as('hub-coordinator');
    await reader.get('/console/new/insurance');
    const read = await reader.post('/console/new/insurance', form({}, rows.join('\n')));
    expect(read.status).toBe(422);
    const left = await reader.post('/console/new/insurance', form({ ...carried(read.html), action: 'leave-out' }));
    expect(left.status).toBe(200);
    expect(left.html).toContain('3 · 张*丰 · 校验位不对');
    expect(left.html).toContain('5 · 李*光 · 表格把号码当作数字，末几位已丢失');
    // the other language is a form of its own, with all of it
    const redrawn = await reader.post('/console/new/insurance?lang=en', form({ ...carried(left.html), redraw: 'yes' }));
    expect(carried(redrawn.html)).toMatchObject({ volunteers: carried(left.html).volunteers });
    expect(redrawn.html).toContain('5 · 李*光');
    const made = await reader.post('/console/new/insurance', form(carried(left.html)));
    const id = CaseId.parse(/cases\/(.*)$/.exec(made.location ?? '')?.[1]);
    const subject = await readCase(stand.hub.table, id);
    expect(subject?.kind === 'insurance' && subject.roster).toMatchObject({ count: 1, leftOut: 2 });
    expect(subject?.kind === 'insurance' && subject.leftOut?.map(({ row, name }) => [row, name])).toEqual([
      ['3', '张三丰'],
      ['5', '李四光'],
    ]);
  });

  it.each([
    ['a column is missing', '姓名,手机\n示例甲,13000000001\n', '没有找到这些列：证件号码'],
    ['nobody is in it', '姓名,证件号码,手机\n', '表中没有志愿者'],
    [
      'it has too many people',
      `姓名,证件号码,手机\n${'示例甲,1,13000000001\n'.repeat(MAX_VOLUNTEERS + 1)}`,
      '请分几次提交',
    ],
  ])('a roster is refused with the reason, and not to be saved as another: %s', async (_, file, said) => {
    const reader = await stand.as('hub-coordinator');
    await reader.get('/console/new/insurance');
    const refused = await reader.post('/console/new/insurance', form({}, file));
    expect([refused.status, refused.html.includes(said), refused.html.includes('另存为')]).toEqual([422, true, false]);
  });

  it('says what is wrong with a file that is no roster, and keeps the rest', async () => {
    const reader = await stand.as('hub-coordinator');
    await reader.get('/console/new/insurance');
    const noColumns = await reader.post('/console/new/insurance', form({}, 'a,b\n1,2\n'));
    expect(noColumns.status).toBe(422);
    expect(noColumns.html).toContain('value="青山队"');
    const nothing = await reader.post('/console/new/insurance', form({}));
    expect(nothing.status).toBe(422);
    expect(nothing.html).toContain('href="#f-volunteers"');
  });

  it('gives the insurer one file of all who wait for cover, without formulas, and takes the policy number', async () => {
    const page = await listCases(stand.hub.table, { as: 'hub', party: stand.hub.hub, kind: 'insurance' });
    const [subject] = page.items;
    if (!subject) throw new Error('nothing was submitted');
    await stand.carryOn(subject.id);
    const answer = async (person: string, outcome: string, fields: Record<string, string> = {}) => {
      const reader = await stand.as(person);
      const { html } = await reader.get(`/console/cases/${subject.id}`);
      const task = /name="task" value="([^"]+)"/.exec(html)?.[1] ?? '';
      const seen = await reader.post(`/console/cases/${subject.id}`, { task, outcome, ...fields });
      await stand.carryOn(subject.id);
      return seen.status;
    };
    expect(await answer('hub-lead', 'approved')).toBe(303);
    const insurer = await stand.as('insurer');
    expect((await insurer.get('/console/insurance/batch')).html).toContain('青山队');
    const file = await insurer.post('/console/insurance/batch.csv', { reason: '出具保单' });
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.html).toContain('青山队');
    expect((await insurer.post('/console/insurance/batch.csv', { reason: ' ' })).status).toBe(422);
    expect(await answer('insurer', 'bound', { 'bound.policyNumber': '' })).toBe(422);
    expect(await answer('insurer', 'bound', { 'bound.policyNumber': 'PA-2020-1' })).toBe(303);
  });

  it('marks a request whose first day has come: in the inbox, on its page and in the insurer’s list', async () => {
    const days = { coverFrom: inDays(1), coverTo: inDays(9) };
    const { subject } = await submitCase(stand.hub, 'insurance', { body: submissionOf('insurance', days) });
    await stand.carryOn(subject.id);
    const mark = `${days.coverFrom} – ${days.coverTo} · 开始日已到`;
    const seen = async (person: string, path: string) => (await (await stand.as(person)).get(path)).html;
    const before = await seen('hub-lead', '/console');
    expect([before.includes(subject.id), before.includes(mark)]).toEqual([true, false]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
    try {
      expect(await seen('hub-lead', '/console')).toContain(mark);
      const words = `申请的开始日 ${days.coverFrom} 已到`;
      expect(await seen('hub-lead', `/console/cases/${subject.id}`)).toContain(words);
      const file = await readCaseFile(stand.hub.table, subject.id);
      const task = file?.tasks.find(({ status }) => status === 'open');
      const approved = { as: 'hub-lead', body: { outcome: 'approved' } };
      expect((await stand.api('POST', `/tasks/${task?.id}/decision`, approved)).status).toBe(200);
      await stand.carryOn(subject.id);
      expect(await seen('insurer', '/console/insurance/batch')).toContain(mark);
      expect(await seen('insurer', `/console/cases/${subject.id}`)).toContain(words);
    } finally {
      vi.useRealTimers();
    }
  });
});
