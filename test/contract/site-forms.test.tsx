import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose } from '../../functions/notify/compose.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { MAX_VOLUNTEERS } from '../../shared/kinds/insurance/input.ts';
import { checkCharacter } from '../../shared/kinds/insurance/roster/identity-number.ts';
import { readSheets } from '../../shared/spreadsheet/index.ts';
import { readers } from '../factory/readers.ts';
import { textCells, workbook } from '../unit/spreadsheet-file.ts';
import { type Fields, fieldsOf, need, problemsIn, type SiteStand, secretIn, startSite, who } from './site-stand.ts';

let site: SiteStand;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.stop());

const today = localDate(Date.now());

/** An identity number that is right, another for each `seed`. */
function identity(seed: number): string {
  const digits = `42010619850${1 + (seed % 9)}1${seed % 10}${String(100 + seed)}`.slice(0, 17).padEnd(17, '0');
  return digits + checkCharacter(digits);
}

/** Goes through a form page by page, as a browser without scripts does. */
async function through(path: string, pages: readonly Fields[]) {
  let page = await site.get(path);
  for (const fields of pages) page = await site.post(path, { ...fieldsOf(page.html), ...fields });
  return page;
}

async function sent(path: string, fields: Fields) {
  const check = await through(path, [fields]);
  return site.post(path, { ...fieldsOf(check.html), ...fields, action: 'send' });
}

describe('the form for a need', () => {
  test('leads page by page to a case with its number and private link', async () => {
    const check = await through('/needs/new', [
      who,
      { 'lines.0.item': '口罩', 'lines.0.quantity': '５,000', 'lines.0.unit': '只', 'lines.1.item': '防护服' },
      { 'delivery.address': '人民大道 12 号', 'delivery.phone': '027-00004321' },
    ]);
    expect(check.html).toContain('请核对后提交');
    // whoever mistyped where the truck calls sees it before it is sent
    expect(check.html).toContain('027-00004321');
    expect(check.html).toContain('5,000 只');
    expect(check.html).toContain('需要，数量待定');
    const done = await site.post('/needs/new', { ...fieldsOf(check.html), action: 'send' });
    expect(done.status).toBe(303);
    const ticket = await site.get(done.location);
    const secret = secretIn(done.location);
    expect(ticket.html).toContain(`http://hub.test/track/${secret}`);
    expect(ticket.html).toContain(secret.slice(0, 10));
    expect(ticket.html).toContain('l***@example.org');
    const subject = await site.carryOn(secret);
    expect(subject.kind === 'need' && subject.lines.map((line) => line.quantity)).toEqual([5000, null]);
  });

  test('shows what is wrong beside the field and in a list, and keeps every value', async () => {
    const page = await through('/needs/new', [{ ...who, 'contact.phone': 'none', organization: '' }]);
    expect(page.status).toBe(422);
    expect(problemsIn(page.html)).toEqual([
      '机构名称：请填写',
      '联系电话：号码看不懂：请只写号码，可带区号和分机，最多两个',
    ]);
    expect(page.html).toContain('href="#f-contact-phone"');
    expect(fieldsOf(page.html)).toMatchObject({ ...who, organization: '', 'contact.phone': 'none' });
  });

  test('adds and removes rows without a script, and loses nothing that was typed', async () => {
    const first = await through('/needs/new', [who]);
    const typed = { ...fieldsOf(first.html), 'lines.0.item': '口罩', 'lines.1.item': '手套' };
    const more = await site.post('/needs/new', { ...typed, action: 'add' });
    expect(Object.keys(fieldsOf(more.html)).filter((name) => name.endsWith('.item'))).toHaveLength(3);
    const less = await site.post('/needs/new', { ...fieldsOf(more.html), action: 'remove:0' });
    expect(fieldsOf(less.html)).toMatchObject({
      'lines.0.item': '手套',
      'lines.1.item': '',
      organization: who.organization,
    });
  });

  test('shows a problem at its row when empty rows stood before it', async () => {
    const page = await through('/needs/new', [
      who,
      { 'lines.1.item': '口罩', 'lines.4.item': '手套', 'lines.4.quantity': '100-200' },
    ]);
    expect(problemsIn(page.html)).toEqual(['第 2 项 数量：请填写整数；不清楚数量可留空']);
    expect(fieldsOf(page.html)['lines.1.quantity']).toBe('100-200');
  });

  test('changes its language in the middle and keeps what was typed', async () => {
    const page = await through('/needs/new', [{ ...who, organization: '', action: 'lang:en' }]);
    expect(page.html).toContain('lang="en"');
    expect(page.html).toContain('Who you are');
    expect(fieldsOf(page.html)['contact.name']).toBe(who['contact.name']);
    expect(page.headers.get('set-cookie')).toContain('lang=en');
  });

  test('returns to checking after a change', async () => {
    const check = await through('/needs/new', [who, { 'lines.0.item': '口罩' }, { 'delivery.address': '路 1 号' }]);
    const change = await site.post('/needs/new', { ...fieldsOf(check.html), action: 'change:who' });
    expect(change.html).toContain('您是谁');
    const again = await site.post('/needs/new', { ...fieldsOf(change.html), organization: '另一家医院' });
    expect(again.html).toContain('请核对后提交');
    expect(again.html).toContain('另一家医院');
  });

  test('sent twice makes one case; sent with other answers says so and makes none', async () => {
    const check = await through('/needs/new', [who, { 'lines.0.item': '口罩' }, { 'delivery.address': '路 1 号' }]);
    const before = await site.count();
    const fields = { ...fieldsOf(check.html), action: 'send' };
    const [one, two] = await Promise.all([site.post('/needs/new', fields), site.post('/needs/new', fields)]);
    expect(one.location).toBe(two.location);
    expect(await site.count()).toBe(before + 1);
    const other = await site.post('/needs/new', { ...fields, organization: '改了名字' });
    expect(other.status).toBe(422);
    expect(other.html).toContain('已经提交过');
    expect(await site.count()).toBe(before + 1);
    const another = await site.post('/needs/new', { ...fieldsOf(other.html), action: 'send' });
    expect(another.location).not.toBe(one.location);
  });

  test('a form sent at once with everything, or with nothing, is answered clearly', async () => {
    const whole = await site.post('/needs/new', { ...need, action: 'send' });
    expect(whole.status).toBe(303);
    const before = await site.count();
    const empty = await site.post('/needs/new', { action: 'send' });
    expect(empty.status).toBe(422);
    expect(problemsIn(empty.html).length).toBeGreaterThan(5);
    expect(await site.count()).toBe(before);
  });

  test('a day that has passed is refused where it was typed', async () => {
    const page = await site.post('/needs/new', { ...need, neededBy: addDays(today, -1), action: 'send' });
    expect(problemsIn(page.html)).toEqual(['最晚到货日期：日期不能早于今天']);
  });
});

describe('the form for a grant', () => {
  test('begins with the open programmes and asks the questions of the one chosen', async () => {
    const id = await site.programme();
    const choice = await site.get('/grants/new');
    expect(choice.html).toContain(`/grants/new?programme=${id}`);
    // no level of headings is left out
    expect(choice.html).toMatch(/<h1>(?!.*<h3).*<h2><a href="\/grants\/new/s);
    const path = `/grants/new?programme=${id}`;
    const project = await through(path, [who]);
    expect(project.html).toContain('多少人受益？');
    const unanswered = await site.post(path, { ...fieldsOf(project.html), purpose: '运货' });
    expect(problemsIn(unanswered.html)).toEqual(['多少人受益？：请填写']);
    const budget = await site.post(path, { ...fieldsOf(unanswered.html), 'answers.people': '4000 人' });
    const wrong = await site.post(path, {
      ...fieldsOf(budget.html),
      'budget.0.description': '租车',
      'budget.0.amount': '3000,50',
    });
    expect(problemsIn(wrong.html)).toEqual(['第 1 行 金额：请填写金额，例如 3000 或 3,000.50']);
    const check = await site.post(path, { ...fieldsOf(wrong.html), 'budget.0.amount': '3,000.50' });
    expect(check.html).toContain('3,000.50 元');
    const done = await site.post(path, { ...fieldsOf(check.html), action: 'send' });
    const subject = await site.carryOn(secretIn(done.location));
    expect(subject.kind === 'grant' && subject.requested).toBe(300_050);
  });

  test('says that a total is above the ceiling, and lets it be sent', async () => {
    const path = `/grants/new?programme=${await site.programme({ questions: [] })}`;
    const check = await through(path, [
      who,
      { purpose: '运货' },
      { 'budget.0.description': '车', 'budget.0.amount': '10万' },
    ]);
    expect(check.html).toContain('超过本项目单个申请上限 50,000 元');
    expect((await site.post(path, { ...fieldsOf(check.html), action: 'send' })).status).toBe(303);
  });

  test('a programme that closes meanwhile takes nothing and says since when', async () => {
    const id = await site.programme({ questions: [] });
    const path = `/grants/new?programme=${id}`;
    const check = await through(path, [
      who,
      { purpose: '运货' },
      { 'budget.0.description': '车', 'budget.0.amount': '100' },
    ]);
    await site.closeProgramme(id);
    const before = await site.count();
    const late = await site.post(path, { ...fieldsOf(check.html), action: 'send' });
    expect(late.status).toBe(422);
    expect(late.html).toContain('截止');
    expect(await site.count()).toBe(before);
    const begun = await site.get(path);
    expect(begun.status).toBe(422);
    expect(begun.html).toContain('不再接受申请');
    expect((await site.get(`/programmes/${id}`)).html).not.toContain('申请这个项目');
  });

  test('an unknown programme is not found', async () => {
    expect((await site.get('/grants/new?programme=nothing-there')).status).toBe(404);
    expect((await site.get('/programmes/nothing-there')).status).toBe(404);
  });
});

describe('the form for insurance', () => {
  const cover = { activity: '驾车', coverFrom: addDays(today, 1), coverTo: addDays(today, 30) };

  async function uploaded(file: File) {
    const page = await through('/insurance/new', [who, cover]);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...fieldsOf(page.html), action: 'upload' })) body.append(name, value);
    body.append('file', file);
    return site.send('/insurance/new', { method: 'POST', body });
  }

  test('reads a roster and shows each bad row with its reason beside the good ones', async () => {
    const rows = [
      ['姓名', '身份证号码', '手机号码'],
      ['王小明', identity(1), '13800001111'],
      ['张三', '42010619900101123X', '138'],
      ['王小明', identity(1), '13800001111'],
    ];
    const csv = rows.map((row) => row.join(',')).join('\n');
    const page = await uploaded(new File([csv], 'roster.csv', { type: 'text/csv' }));
    expect(page.html).toContain('2 行有问题，1 行没有问题');
    expect(problemsIn(page.html)).toEqual([
      // as in the file, whose first row has the headings
      '第 3 行 证件号码：校验位不对，请核对是否输错',
      '第 3 行 手机号码：请填写 11 位手机号码',
      '第 4 行 证件号码：与第 2 行重复',
    ]);
    expect(fieldsOf(page.html)['volunteers.1.name']).toBe('张三');
    const check = await site.post('/insurance/new', { ...fieldsOf(page.html), action: 'leave-out' });
    expect(check.html).toContain('请核对后提交');
    expect(check.html).toContain('2 行 · 这些人没有投保');
    expect(check.html).toContain('4 · 王*明 · 与第 2 行重复');
    const [, file = ''] = /data:[^;]*;base64,([^"]*)"/.exec(check.html) ?? [];
    expect((await readSheets(Buffer.from(file, 'base64'))).sheets[0]?.rows.map(({ cells }) => cells[0])).toEqual([
      '行',
      '3',
      '4',
    ]);
    expect(check.html).not.toContain(`>${identity(1)}<`);
    const done = await site.post('/insurance/new', { ...fieldsOf(check.html), action: 'send' });
    const subject = await site.carryOn(secretIn(done.location));
    expect(subject.kind === 'insurance' && subject.roster).toMatchObject({ count: 1, leftOut: 2 });
    const [applicant] = readers.filter(({ as, language }) => as === 'applicant' && language === 'zh');
    const { id: caseId, version, hub, stage } = subject;
    const event = {
      type: 'submitted',
      run: 1,
      caseId,
      kind: 'insurance',
      version,
      hub,
      stage,
      at: subject.submittedAt,
      by: { type: 'workflow' },
    } as const;
    expect(applicant && compose(event, subject, undefined, applicant, 'https://x/').text).toContain('有 2 行没有列入');
    const track = await site.get(`/track/${secretIn(done.location)}`);
    expect(track.html).toContain('王*明');
    expect(track.html).toContain('3 · 张* · 校验位不对');
    expect(track.html).not.toContain(identity(1));
  });

  test('a bad row can be mended where it stands while the good ones stay', async () => {
    const typed = {
      'volunteers.0.name': '李静',
      'volunteers.0.identityNumber': identity(2),
      'volunteers.0.phone': '13800001112',
    };
    const bad = {
      'volunteers.1.name': '赵强',
      'volunteers.1.identityNumber': '1',
      'volunteers.1.phone': '13800001113',
    };
    const page = await through('/insurance/new', [who, cover, { ...typed, ...bad }]);
    expect(problemsIn(page.html)).toEqual(['第 2 行 证件号码：应为 18 位']);
    const more = await site.post('/insurance/new', { ...fieldsOf(page.html), action: 'add' });
    expect(Object.keys(fieldsOf(more.html)).filter((name) => name.endsWith('.name'))).toContain('volunteers.2.name');
    const check = await site.post('/insurance/new', {
      ...fieldsOf(more.html),
      'volunteers.1.identityNumber': identity(3),
    });
    expect(check.html).toContain('2 人');
  });

  test.each([
    [
      'a picture',
      new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])], 'a.xlsx'),
      '请上传 CSV、XLSX 或 ODS',
    ],
    ['a table without the columns', new File(['a,b\n1,2'], 'a.csv'), '没有找到这些列'],
    [
      'a text that ends in half a character',
      new File([new Uint8Array([0xef, 0xbb, 0xbf, 0xe5, 0xa7])], 'a.csv'),
      '文字编码无法识别',
    ],
  ])('%s is refused in words, and the form stays', async (_what, file, said) => {
    const page = await uploaded(file);
    expect(page.status).toBe(422);
    expect(page.html).toContain(said);
    expect(fieldsOf(page.html).organization).toBe(who.organization);
  });

  test.each([
    ['a column is missing', '姓名,手机\n示例甲,13000000001\n', '没有找到这些列：证件号码'],
    ['nobody is in it', '姓名,证件号码,手机\n', '表中没有志愿者'],
    [
      'it has too many people',
      `姓名,证件号码,手机\n${'示例甲,1,13000000001\n'.repeat(MAX_VOLUNTEERS + 1)}`,
      '请分几次提交',
    ],
  ])('a roster is refused with the reason, and not to be saved as another: %s', async (_, text, said) => {
    const { status, html } = await uploaded(new File([text], 'a.csv'));
    expect([status, html.includes(said), html.includes('另存为')]).toEqual([422, true, false]);
  });

  /** A workbook of two sheets after one with instructions; numbers of the second are stored as numbers. */
  const inSheets = workbook([
    { name: '填写说明', xml: textCells([['请填写姓名和身份证'], ['身份证为 18 位']]) },
    {
      name: '第一组',
      xml: textCells([['志愿者名单'], ['姓名', '证件号码', '手机'], ['王小明', identity(1), '13800001111']]),
    },
    {
      name: '第二组',
      xml: `<sheetData><row r="1">${['姓名', '证件号码', '手机'].map((text) => `<c t="str"><v>${text}</v></c>`).join('')}</row><row r="2"><c t="str"><v>李四</v></c><c><v>4.2010619900101E+17</v></c><c><v>13800001112</v></c></row></sheetData>`,
    },
  ]);

  test('says that three people have one telephone', async () => {
    const rows = [1, 2, 3].map((each) => `王小明,${identity(each)},13800001111`);
    const page = await uploaded(new File([`姓名,证件号码,手机\n${rows.join('\n')}`], 'a.csv'));
    expect(page.html).toContain('有 3 人与其他至少两人填了同一个手机号码，请核对是否用错了列');
  });

  test('reads every sheet, says what it used, and tells the very cause where digits were lost', async () => {
    const page = await uploaded(new File([Buffer.from(inSheets)], 'roster.xlsx'));
    expect(page.html).toContain('从文件读到 2 人');
    expect(page.html).toContain('没有读的工作表：填写说明');
    expect(page.html).toContain('证件号码 ← “证件号码”');
    expect(problemsIn(page.html)).toEqual([
      '第 2 (第二组) 行 证件号码：表格把号码当作数字，末几位已丢失，请把该列设为文本后重新填写',
    ]);
    // typed anew it is good
    const fields = { ...fieldsOf(page.html), 'volunteers.1.identityNumber': identity(2) };
    const check = await site.post('/insurance/new', { ...fields, action: 'continue' });
    expect(check.html).toContain('请核对后提交');
  });

  test('of 300 rows with one fault says the cause once, and stays a page that one can use', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `志愿者甲,4.2010619900101E+17,1380000${1000 + index}`);
    const page = await uploaded(new File([['姓名,证件号码,手机', ...rows].join('\n')], 'roster.csv'));
    expect(page.html).toContain('原因都一样：表格把号码当作数字，末几位已丢失');
    expect(page.html.match(/class="row-card"/g)?.length).toBe(40);
    const again = await site.post('/insurance/new', { ...fieldsOf(page.html), action: 'continue' });
    expect(again.html).toContain('300 行有问题');
  });

  test('is read by the column that a person names', async () => {
    const page = await through('/insurance/new', [who, cover]);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...fieldsOf(page.html), action: 'upload', columnOfPhone: '备用' }))
      body.append(name, value);
    body.append('file', new File([`姓名,证件号码,手机,备用\n王小明,${identity(1)},138,13800001111\n`], 'roster.csv'));
    const read = await site.send('/insurance/new', { method: 'POST', body });
    expect(read.html).toContain('1 人，全部通过核对');
    expect(read.html).toContain('没有用的列：手机');
  });

  test('says that its encoding was guessed, and is read in the one that a person names, without the sheets that they leave out', async () => {
    const page = await through('/insurance/new', [who, cover]);
    const sending = async (file: File, more: Record<string, string>) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ ...fieldsOf(page.html), action: 'upload', ...more }))
        body.append(name, value);
      body.append('file', file);
      return (await site.send('/insurance/new', { method: 'POST', body })).html;
    };
    // 陳小明 in Big5, which is other words in GB18030
    const big5 = Buffer.concat([
      Buffer.from('Name,Identity number,Mobile phone\n'),
      Buffer.from('b3afa470a9fa', 'hex'),
      Buffer.from(`,${identity(1)},13800001111\n`),
    ]);
    const guessed = await sending(new File([big5], 'roster.csv'), {});
    expect(guessed).toContain('按 gb18030 推断');
    expect(guessed).not.toContain('陳小明');
    const named = await sending(new File([big5], 'roster.csv'), { fileEncoding: 'big5' });
    expect(named).toContain('陳小明');
    expect(named).not.toContain('推断：');
    const rows = [
      ['姓名', '证件号码', '手机'],
      ['王小明', identity(1), '13800001111'],
    ];
    const twice = workbook(['第一组', '旧名单'].map((name) => ({ name, xml: textCells(rows) })));
    const once = await sending(new File([Buffer.from(twice)], 'roster.xlsx'), { sheetsLeftOut: '旧名单' });
    expect(once).toContain('1 人，全部通过核对');
    expect(once).toContain('没有读的工作表：旧名单');
  });

  test('cover of more than 180 days is refused on the page that asks it', async () => {
    const page = await through('/insurance/new', [who, { ...cover, coverTo: addDays(today, 400) }]);
    expect(problemsIn(page.html)).toEqual(['保障结束日：一次最多保障 180 天']);
  });

  test('the empty roster to download is one that the upload reads', async () => {
    const template = await site.get('/insurance/roster.csv?lang=en');
    expect(template.headers.get('content-type')).toContain('text/csv');
    const csv = `${template.html}Li Jing,${identity(4)},13800001114\n`;
    expect((await uploaded(new File([csv], 'roster.csv'))).html).toContain('全部通过核对');
  });
});

test('a case sent in English speaks English', async () => {
  const done = await sent('/needs/new?lang=en', { ...need });
  expect((await site.get(`${done.location}?lang=en`)).html).toContain('Keep this link');
});
