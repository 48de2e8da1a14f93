import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sheet, SheetRow } from '../../shared/domain/sheet/sheet-row.ts';
import { needInput } from '../../shared/kinds/need/import/need-input.ts';
import { planNeedsImport } from '../../shared/kinds/need/import/plan-needs-import.ts';
import { NeedOnBehalfInput } from '../../shared/kinds/need/input.ts';
import { rowsOf } from './spreadsheet-file.ts';

const TODAY = '2026-11-30';
const HOME = { province: '湖北', city: '示例市' };
const HEADER = ['organization', 'province', 'city', 'district', 'item', 'specification', 'quantity'];

function sheet(rows: readonly (readonly string[])[], name = ''): Sheet[] {
  return [{ name, rows: rows.map((cells, index) => ({ line: index + 1, cells })) }];
}

function planOf(rows: readonly (readonly string[])[], header: readonly string[] = HEADER) {
  return planNeedsImport(sheet([header, ...rows]), { today: TODAY });
}

const mask = (organization: string, quantity: string, district = '甲县') => [
  organization,
  '湖北',
  '示例市',
  district,
  '口罩',
  '',
  quantity,
];

test('makes one need of all rows of an organization in a district, and nothing of a row is lost', () => {
  const plan = planOf([
    ['甲医院', '湖北', '示例市', '甲县', '医用防护口罩 | N95口罩', 'GB 19083-2010, 防飞沫', '5000'],
    ['乙医院', '湖北', '示例市', '乙区', '手套', '', '1'],
    ['甲医院', '湖北', '示例市', '甲县', '手套', '灭菌', ''],
    ['甲医院', '湖北', '示例市', '丙县', '手套', '灭菌', '20'],
    ['甲医院', '湖北', '示例市', '甲县', '手套', '灭菌', '30'],
  ]);
  expect(
    plan.needs.map(({ organization, district, lines, sources }) => ({
      organization,
      district,
      lines,
      rows: sources.map(({ line }) => line),
    })),
  ).toEqual([
    {
      organization: '甲医院',
      district: '甲县',
      lines: [
        { item: '医用防护口罩 | N95口罩', specification: 'GB 19083-2010, 防飞沫', quantity: 5000 },
        { item: '手套', specification: '灭菌', quantity: null },
        { item: '手套', specification: '灭菌', quantity: 30 },
      ],
      rows: [2, 4, 6],
    },
    { organization: '乙医院', district: '乙区', lines: [{ item: '手套', quantity: null }], rows: [3] },
    {
      organization: '甲医院',
      district: '丙县',
      lines: [{ item: '手套', specification: '灭菌', quantity: 20 }],
      rows: [5],
    },
  ]);
  expect(plan.totals).toEqual({ rows: 5, needs: 3, lines: 5, unknownLines: 2, pieces: 5050 });
  expect(plan.rejected).toEqual([]);
});

test.each([
  ['1', null, undefined],
  ['１', null, undefined],
  ['', null, undefined],
  ['若干', null, undefined],
  ['大量', null, undefined],
  ['?', null, undefined],
  ['unknown', null, undefined],
  ['1批', null, undefined],
  ['5000', 5000, undefined],
  ['1,500', 1500, undefined],
  ['１２，０００', 12000, undefined],
  ['1.5万', 15000, undefined],
  ['2千个', 2000, '个'],
  ['3k', 3000, undefined],
  ['500个', 500, '个'],
  ['200 套', 200, '套'],
  ['5kg', 5, 'kg'],
  ['300（箱）', 300, '箱'],
  ['1台', 1, '台'],
  ['约500只', 500, '只'],
  ['500+', 500, undefined],
  ['三百', 300, undefined],
  ['两千五百套', 2500, '套'],
  ['十万', 100000, undefined],
  ['1E+5', 100000, undefined],
  ['10箱（2000只/箱）', 20000, '只'],
  ['2-3台', 2, '台'],
  ['三四百双', 300, '双'],
  ['十几个', 10, '个'],
  ['需5000', 5000, undefined],
  ['缺5000', 5000, undefined],
  ['100.0', 100, undefined],
])('reads the quantity %j as %j', (written, quantity, unit) => {
  const plan = planOf([mask('甲医院', written)]);
  expect(plan.needs[0]?.lines).toMatchObject([{ item: '口罩', quantity, ...(unit !== undefined && { unit }) }]);
  expect(plan.totals.unknownLines).toBe(quantity === null ? 1 : 0);
});

test('keeps with a line what was written of an amount, where that says other than a number', () => {
  const written = ['若干', '见附件', '500-1000', '约500', '10箱（2000只/箱）', '5000/天', '500', '500个', '1', ''];
  const plan = planOf(written.map((quantity) => mask('甲医院', quantity)));
  const kept = plan.needs[0]?.lines.map((line) => line.written);
  expect(kept).toEqual([...written.slice(0, 6), undefined, undefined, undefined, undefined]);
  expect(planOf([mask('甲医院', '10台/5台')]).needs[0]?.lines[0]).toMatchObject({ quantity: null, unit: '台' });
});

test.each([
  ['-5', 'quantity-negative'],
  ['－5', 'quantity-negative'],
  ['3.5', 'quantity-fraction'],
  ['1.500', 'quantity-unclear'],
  ['99999999999', 'quantity-too-large'],
  ['9e99', 'quantity-too-large'],
  ['1,50', 'quantity-unclear'],
  ['50%', 'quantity-unclear'],
  ['5000/天', 'quantity-unclear'],
  ['10台/5台', 'quantity-unclear'],
  ['大号200小号300', 'quantity-unclear'],
  ['=5+3', 'quantity-unclear'],
  ['#DIV/0!', 'quantity-unclear'],
  ['见附件', 'quantity-in-words'],
])('keeps a row with the quantity %j as a line of unknown amount, and says %s', (written, code) => {
  const plan = planOf([mask('甲医院', written)]);
  expect(plan.notices).toEqual([{ line: 2, column: 'quantity', code, value: written }]);
  expect(plan.totals).toMatchObject({ rows: 1, lines: 1, unknownLines: 1, pieces: 0 });
});

test.each([
  ['0', 'quantity-zero'],
  ['不需要', 'not-needed'],
  ['无', 'not-needed'],
])('reports a row with the quantity %j as %s, with its line', (written, code) => {
  const plan = planOf([mask('甲医院', '20'), mask('甲医院', written)]);
  expect(plan.rejected).toEqual([{ line: 3, column: 'quantity', code, value: written }]);
  expect(plan.totals).toMatchObject({ rows: 2, lines: 1, pieces: 20 });
});

test('says of each amount that was not written as one whole number how it was read', () => {
  const plan = planOf(
    [
      ['甲医院', '口罩', '约500', '', '', ''],
      ['甲医院', '手套', '100-200', '', '', ''],
      ['甲医院', '消毒液', '20桶（25kg/桶）', '', '', ''],
      ['甲医院', '面屏', '1000（急）', '', '', ''],
      ['甲医院', '口罩', '500箱', '只', '', ''],
      ['甲医院', '手套', '1', '', '12月25日前', '#N/A'],
      ['甲医院', '手套', '1', '', '46380', ''],
    ],
    ['医院', '物资', '数量', '单位', '到货时间', '地址'],
  );
  expect(plan.notices.map(({ line, code, value }) => [line, code, value])).toEqual([
    [2, 'quantity-approximate', '约500'],
    [3, 'quantity-range', '100-200'],
    [4, 'quantity-contents', '20桶（25kg/桶）'],
    [5, 'urgency-from-quantity', '1000（急）'],
    [6, 'unit-differs', '500箱'],
    [7, 'cell-unreadable', undefined],
    [7, 'date-year-assumed', '12月25日前'],
    [8, 'date-from-number', '46380'],
  ]);
  expect(plan.needs[0]).toMatchObject({
    urgency: 'urgent',
    neededBy: '2026-12-24',
    lines: [
      { quantity: 500 },
      { quantity: 100 },
      { quantity: 20, unit: '桶', specification: '25kg/桶' },
      { quantity: 1000 },
      { quantity: 500, unit: '箱' },
      { quantity: null },
      { quantity: null },
    ],
  });
});

test.each([
  ['十几个', { quantity: 10, unit: '个' }],
  ['两三百', { quantity: 200 }],
])('of %j, which may be more, the least is taken and told', (written, line) => {
  const plan = planOf([mask('甲医院', written)]);
  expect(plan.needs[0]?.lines).toMatchObject([{ ...line, written }]);
  expect(plan.notices).toEqual([{ line: 2, column: 'quantity', code: 'quantity-range', value: written }]);
});

test.each([
  ['Supplier', 'Item description', 'Masks'],
  ['Item code', 'Item name', 'Masks'],
  ['序号', '所需物资信息', '口罩'],
])('of the columns %s and %s the item is in the second', (other, heading, item) => {
  const plan = planOf([['One Hospital', 'A-17', item, '5']], ['Hospital', other, heading, 'Quantity']);
  expect(plan.needs[0]?.lines).toEqual([{ item, quantity: 5 }]);
  expect(plan.sheets[0]?.ignored.map(({ header }) => header)).toEqual([other]);
});

test.each([
  ['Chinese', ['受捐单位（全称）', '省份', '城市', '区/县', '物资名称*', '规格型号', '需求数量 (件)']],
  ['other Chinese', ['医院名称', '所在省', '所在城市', '所在区县', '所需物资', '标准要求', '数量：']],
  ['English', ['Hospital', 'Province', 'City', 'County', 'Item needed', 'Specification / standard', 'Qty']],
])('finds columns with %s headings below a title', (_, header) => {
  const plan = planNeedsImport(
    sheet([['二月三日物资需求汇总表'], ['填表说明：请如实填写'], header, mask('甲医院', '20')]),
    { today: TODAY },
  );
  expect(plan.missing).toEqual([]);
  expect(plan.needs[0]).toMatchObject({
    organization: '甲医院',
    province: '湖北',
    city: '示例市',
    district: '甲县',
    sources: [{ line: 4 }],
  });
  expect(plan.totals).toMatchObject({ lines: 1, pieces: 20 });
});

test('takes 单位 for the unit beside a hospital, and for the organization where nothing else is', () => {
  const beside = planOf([['甲医院', '口罩', '20', '箱']], ['医院', '物资', '数量', '单位']);
  expect(beside.needs[0]?.lines).toEqual([{ item: '口罩', quantity: 20, unit: '箱' }]);
  const alone = planOf([['甲医院', '口罩', '20']], ['单位', '物资', '数量']);
  expect(alone.needs[0]?.organization).toBe('甲医院');
});

test('names the columns that it misses and those that it does not use', () => {
  expect(planOf([['甲医院', '20']], ['医院', '数量'])).toMatchObject({
    missing: ['item'],
    needs: [],
    rejected: [],
    totals: { rows: 0 },
  });
  expect(planOf([['甲医院', '口罩', '是']], ['医院', '物资', '是否核实']).sheets[0]?.ignored).toEqual([
    { index: 2, header: '是否核实' },
  ]);
  expect(planNeedsImport([], { today: TODAY }).missing).toEqual(['organization', 'item']);
});

test('takes contact, address, day, urgency and notes, whichever rows of the need have them', () => {
  const header = ['医院', '物资', '数量', '联系人', '联系电话', '收货地址', '截止日期', '紧急程度', '收治类型', '备注'];
  const [plan] = [
    planOf(
      [
        ['甲医院', '口罩', '20', '示例医生', '', '', '2020年2月9日', '一般', '一般', '周末可收'],
        ['甲医院', '手套', '30', '', '电话：0713-0000000', '示例路一号', '2020/2/7', '特急', '重症', ''],
        ['甲医院', '帽子', '40', '另一位', 'none', '示例路二号', '下周', '见说明', '', '周末可收'],
      ],
      header,
    ),
  ];
  expect(plan?.needs[0]).toMatchObject({
    contact: { name: '示例医生', phone: '0713-0000000' },
    address: '示例路一号',
    neededBy: '2020-02-07',
    urgency: 'critical',
    careTier: 'severe',
    note: '周末可收',
  });
  expect(plan?.notices.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
    '4 neededBy date-unreadable',
    '4 urgency urgency-unreadable',
    '4 contact differs',
    '4 address differs',
  ]);
});

test('separates a name and a telephone number that were written in one cell', () => {
  const plan = planOf([['甲医院', '口罩', '20', '示例医生 0713-0000000']], ['医院', '物资', '数量', '联系人及电话']);
  expect(plan.needs[0]?.contact).toEqual({ name: '示例医生', phone: '0713-0000000' });
});

test('keeps two telephone numbers with their extensions, and takes no words beside them for a name', () => {
  const header = ['医院', '物资', '数量', '电话'];
  const rows = [
    ['甲医院', '口罩', '20', '0713-0000001 (donations)\n13900000002 (night)'],
    ['乙医院', '口罩', '20', '１３９０００００００１转801'],
    ['丙医院', '口罩', '20', '示例医生'],
    ['丁医院', '口罩', '20', '0713-0000001、13900000002、13900000003'],
    ['戊医院', '口罩', '20', '见 12 楼'],
    ['己医院', '口罩', '20', '13900000001 13900000002'],
  ];
  const plan = planOf(rows, header);
  expect(plan.needs.map(({ contact }) => contact)).toEqual([
    { phone: '0713-0000001 / 13900000002' },
    { phone: '13900000001转801' },
    { name: '示例医生' },
    { phone: '0713-0000001 / 13900000002' },
    { name: '见 12 楼' },
    { phone: '13900000001 / 13900000002' },
  ]);
  expect(plan.needs.map(({ note }) => note)).toEqual([
    '0713-0000001 (donations) 13900000002 (night)',
    undefined,
    undefined,
    '0713-0000001、13900000002、13900000003',
    undefined,
    undefined,
  ]);
  expect(plan.notices.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '2 phones-in-note',
    '4 phone-missing',
    '5 phones-in-note',
    '6 phone-unreadable',
    '6 phone-missing',
  ]);
});

test('reports rows without organization or item, sums, repeated headings and texts too long, each once', () => {
  const plan = planOf([
    mask('', '20'),
    ['甲医院', '湖北', '示例市', '甲县', '', '灭菌', '20'],
    HEADER,
    ['合计', '', '', '', '', '', '20'],
    ['甲医院', '湖北', '示例市', '甲县', '物'.repeat(121), '', '20'],
    mask('()', '20'),
  ]);
  expect(plan.rejected).toEqual([
    { line: 2, column: 'organization', code: 'organization-missing' },
    { line: 3, column: 'item', code: 'item-missing' },
    { line: 4, code: 'header-again' },
    { line: 5, code: 'total-row' },
    { line: 6, column: 'item', code: 'too-long', maximum: 120 },
    { line: 7, column: 'organization', code: 'organization-missing' },
  ]);
  expect(plan.needs).toEqual([]);
});

test('does not split a need with more lines than one may have, but reports its rows', () => {
  const rows = [mask('甲医院', '20'), ...Array.from({ length: 201 }, () => mask('乙医院', '20'))];
  const plan = planOf(rows);
  expect(plan.needs.map(({ organization }) => organization)).toEqual(['甲医院']);
  expect(plan.rejected).toHaveLength(201);
  expect(plan.rejected[0]).toEqual({ line: 3, code: 'too-many-lines', maximum: 200 });
});

test('a need of exactly as many lines as one may have is planned', () => {
  expect(planOf(Array.from({ length: 200 }, () => mask('甲医院', '20'))).totals).toMatchObject({
    needs: 1,
    lines: 200,
  });
});

test('an amount merged over several rows counts once, the organization merged over them for each', () => {
  const rows: SheetRow[] = [
    { line: 1, cells: ['医院', '物资', '数量'] },
    { line: 2, cells: ['甲医院', '口罩', '500'] },
    { line: 3, cells: ['甲医院', '手套', '500'], merged: [0, 2] },
  ];
  expect(planNeedsImport([{ name: '', rows }], { today: TODAY }).totals).toMatchObject({
    needs: 1,
    lines: 2,
    unknownLines: 1,
    pieces: 500,
  });
});

test('the key of a need stays the same in another spelling, and tells place from place', () => {
  const keyOf = (row: readonly string[]) => planOf([row]).needs[0]?.importKey;
  const key = keyOf(mask('示例医院(东院区) A', '20'));
  expect(keyOf(mask('示例医院（东院区）ａ', '900'))).toBe(key);
  expect(keyOf(mask(' 示例医院 （东院区） a', ''))).toBe(key);
  expect(keyOf(mask('示例医院(西院区) A', '20'))).not.toBe(key);
  expect(keyOf(mask('示例医院(东院区) A', '20', '乙县'))).not.toBe(key);
});

test('the content of a need is the same in another order of rows, and another when an amount changes', () => {
  const rows = [mask('甲医院', '20'), mask('甲医院', '30')];
  const contentOf = (some: readonly (readonly string[])[]) => planOf(some).needs[0]?.contentKey;
  expect(contentOf(rows.toReversed())).toBe(contentOf(rows));
  expect(contentOf([mask('甲医院', '20'), mask('甲医院', '31')])).not.toBe(contentOf(rows));
  expect(contentOf([mask('甲医院', '20'), mask('甲医院', '')])).not.toBe(contentOf(rows));
});

test('a planned need is accepted as a coordinator would submit it, where the sheet names no place too', () => {
  const plan = planOf([mask('示例市慈善总会', '5', ''), ['示例社区卫生服务中心', '', '', '', '口罩', '', '5']]);
  const inputs = plan.needs.map((need) => NeedOnBehalfInput.parse(needInput(need, HOME)));
  expect(inputs.map(({ place, organizationType }) => ({ ...place, organizationType }))).toEqual([
    { province: '湖北', city: '示例市', district: '示例市', organizationType: 'non-profit' },
    { province: '湖北', city: '示例市', district: '示例市', organizationType: 'hospital' },
  ]);
});

test('reads a CSV file from its bytes to its needs', async () => {
  const text =
    '\ufefforganization,province,city,district,item,specification,quantity\r\n甲医院,湖北,示例市,,口罩,"GB 19083-2010, 无菌",1\r\n甲医院,湖北,示例市,,手套,,200\r\n';
  const plan = planNeedsImport([{ name: '', rows: await rowsOf(Buffer.from(text)) }], { today: TODAY });
  expect(plan.totals).toEqual({ rows: 2, needs: 1, lines: 2, unknownLines: 1, pieces: 200 });
});

const anyCell = fc.oneof(
  fc.constantFrom(
    '',
    '甲医院',
    '乙医院',
    '乙 医院',
    '湖北',
    '口罩',
    '1',
    '500个',
    '1.5万',
    '若干',
    '-5',
    '合计',
    '同上',
    '口罩、手套各500',
    '口罩500只，手套20双',
    '备注：见附件',
    '填表人：张三',
    '2020-02-03',
    '张三 0713-0000000',
  ),
  fc.string({ unit: 'grapheme', maxLength: 140 }),
  fc.nat(2_000_000_000).map(String),
);
const anyHeader = [
  '医院',
  '省',
  '城市',
  '区县',
  '物资',
  '规格',
  '数量',
  '单位',
  '联系人',
  '电话',
  '地址',
  '截止日期',
  '紧急程度',
  '收治类型',
  '备注',
];

test('whatever the rows say: each is a planned line or rejected, amounts add up, and every need can be submitted', () => {
  const rows = fc.array(fc.array(anyCell, { minLength: anyHeader.length, maxLength: anyHeader.length }), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 5 }), (data, maxLines) => {
      const plan = planNeedsImport(sheet([anyHeader, ...data]), { today: TODAY, maxLines });
      const used = plan.needs.flatMap(({ sources }) => sources.map(({ line }) => line));
      const all = [...new Set(used), ...plan.rejected.map(({ line }) => line)].sort((a, b) => a - b);
      expect(all).toEqual(data.map((_, index) => index + 2));
      const quantities = plan.needs.flatMap(({ lines }) => lines.map(({ quantity }) => quantity));
      expect(plan.totals).toEqual({
        rows: data.length,
        needs: plan.needs.length,
        lines: used.length,
        unknownLines: quantities.filter((quantity) => quantity === null).length,
        pieces: quantities.reduce<number>((sum, quantity) => sum + (quantity ?? 0), 0),
      });
      expect(new Set(plan.needs.map(({ importKey }) => importKey)).size).toBe(plan.needs.length);
      for (const need of plan.needs)
        expect(NeedOnBehalfInput.safeParse(needInput(need, HOME)).error?.issues).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
