import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PlannedNeed } from '../../shared/kinds/need/import/plan.ts';
import { planNeedsImport } from '../../shared/kinds/need/import/plan-needs-import.ts';
import { readSheets } from '../../shared/spreadsheet/index.ts';

/** Sheets of the kinds that hospitals and volunteers send; all people and telephone numbers in them are made up. */
async function planOf(name: string) {
  const bytes = readFileSync(new URL(`../fixture/sheets/${name}`, import.meta.url));
  return planNeedsImport((await readSheets(bytes)).sheets, { today: '2026-12-01' });
}

/** The lines of a need as somebody would say them: row, item, how much, what else is kept. */
function said({ lines, sources }: PlannedNeed): string[] {
  return lines.map(({ item, specification, quantity, unit = '', written, dailyUse, onHand }, index) => {
    const row = [sources[index]?.sheet, sources[index]?.line].filter(Boolean).join(' ');
    const more = [
      specification,
      written && `“${written}”`,
      dailyUse && `${dailyUse} a day`,
      onHand && `${onHand} there`,
    ];
    return [`${row}: ${item} ${quantity ?? 'unknown'}${unit}`, ...more.filter(Boolean)].join(', ');
  });
}

const remarksOf = (remarks: readonly { sheet?: string | undefined; line: number; code: string; value?: string }[]) =>
  remarks.map(({ sheet, line, code, value }) => [sheet, line, code, value].filter(Boolean).join(' '));

test('two rows of headings, merged cells, ranges, a total, a note and a signature', async () => {
  const plan = await planOf('a-two-heading-rows.xlsx');
  expect(plan.totals).toEqual({ rows: 12, needs: 3, lines: 10, unknownLines: 2, pieces: 9703 });
  expect(plan.needs.map(said)).toEqual([
    [
      '5: N95口罩 3000只, GB19083-2010',
      '6: 防护服 unknown套, “若干”',
      '7: 护目镜 unknown副, “急需”',
      '8: 手术衣 500件, “500-1000”',
    ],
    ['9: 口罩 500', '9: 防护服 500', '10: 医用外科口罩 5000只', '11: 酒精（75%） 200桶'],
    ['12: 负压救护车 1台', '13: 呼吸机 2台, “2-3台”'],
  ]);
  expect(
    plan.needs.map(({ organization, city, district, urgency, contact }) => [
      organization,
      city,
      district,
      urgency,
      contact,
    ]),
  ).toEqual([
    ['甲县人民医院', '黄冈市', '甲县', 'urgent', { name: '张主任', phone: '13812345678' }],
    ['乙县中医院', '黄冈市', '乙县', undefined, { name: '李护士长', phone: '0713-8881234' }],
    ['丙市疾控中心', '黄冈市', '丙市', undefined, { name: '王科长', phone: '13900000000' }],
  ]);
  expect(remarksOf(plan.rejected)).toEqual([
    '14 total-row',
    '16 note 说明：1.以上数量为7天用量；2.N95须符合GB19083-2010标准。',
    '17 signature',
  ]);
  expect(remarksOf(plan.notices)).toEqual([
    '7 urgency-from-quantity 急需',
    '8 quantity-range 500-1000',
    '9 items-split 口罩、防护服各500',
    '13 quantity-range 2-3台',
  ]);
  expect(plan.sheets[0]?.ignored.map(({ header }) => header)).toEqual(['序号']);
});

test('a table of hospitals by items, with units in brackets', async () => {
  const plan = await planOf('b-matrix.xlsx');
  expect(plan.totals).toEqual({ rows: 3, needs: 3, lines: 9, unknownLines: 1, pieces: 36_650 });
  expect(plan.needs.map((need) => [need.organization, need.district, need.contact?.phone, said(need)])).toEqual([
    [
      '市一医院',
      '西陵区',
      '13700000001',
      ['3: N95口罩 5000只', '3: 外科口罩 20000只', '3: 防护服 unknown套, “若干”', '3: 护目镜 300副'],
    ],
    ['市二医院', '伍家岗区', '13700000002', ['4: 外科口罩 10000只', '4: 防护服 200套']],
    ['市三医院', '点军区', '13700000003', ['5: N95口罩 1000只', '5: 防护服 50套', '5: 护目镜 100副']],
  ]);
  expect([plan.rejected, remarksOf(plan.notices)]).toEqual([
    [],
    ['2 read-as-matrix N95口罩（只）、外科口罩（只）、防护服（套）、护目镜（副）'],
  ]);
});

test('a sheet for each city, whose name no column says', async () => {
  const plan = await planOf('c-sheet-per-city.xlsx');
  expect(plan.totals).toEqual({ rows: 6, needs: 6, lines: 6, unknownLines: 0, pieces: 6300 });
  expect(plan.needs.map((need) => [need.city, need.organization, need.neededBy, ...said(need)])).toEqual([
    ['黄石', '黄石市中心医院', '2026-12-25', '黄石 2: N95口罩 2000'],
    ['黄石', '黄石市中医院', '2026-12-26', '黄石 3: 防护服 100'],
    ['鄂州', '鄂州市示例医院', '2026-12-25', '鄂州 2: N95口罩 2000'],
    ['鄂州', '鄂州市中医院', '2026-12-26', '鄂州 3: 防护服 100'],
    ['咸宁', '咸宁市中心医院', '2026-12-25', '咸宁 2: N95口罩 2000'],
    ['咸宁', '咸宁市中医院', '2026-12-26', '咸宁 3: 防护服 100'],
  ]);
  expect(remarksOf(plan.notices)).toEqual([
    '黄石 1 place-from-sheet 黄石',
    '鄂州 1 place-from-sheet 鄂州',
    '咸宁 1 place-from-sheet 咸宁',
  ]);
});

test.each(['d-gb18030.csv', 'e-gb18030-heading-fixed.csv'])(
  'several items in a cell, words for amounts and days: %s',
  async (name) => {
    const plan = await planOf(name);
    expect(plan.totals).toEqual({ rows: 10, needs: 4, lines: 12, unknownLines: 1, pieces: 12_671 });
    expect(plan.needs.map(said)).toEqual([
      ['3: 口罩 500', '3: 防护服 500', '3: 护目镜 500'],
      ['4: 消毒液（84） 20桶, 25kg/桶'],
      ['5: 成人纸尿裤 100包', '5: 口罩 500只', '6: 大米 200斤'],
      [
        '7: 医用口罩 10000只, “1万只左右”',
        '8: 手套 300双, “三四百双”',
        '9: 防护服 50, “50+”',
        '10: 体温枪 1把, “1-2把”',
        '11: 护目镜 unknown',
      ],
    ]);
    expect(
      plan.needs.map(({ organization, address, contact, urgency, neededBy, note }) => [
        organization,
        address,
        contact,
        urgency,
        neededBy,
        note,
      ]),
    ).toEqual([
      ['㒨山镇卫生院', '黄陂区㒨山镇1号', { name: '王五', phone: '13811112222' }, 'critical', '2020-01-30', undefined],
      ['光谷社区居委会', '洪山区光谷街', { name: '赵六', phone: '13822223333' }, 'urgent', undefined, '给独居老人'],
      ['阳光养老院', '江岸区', { name: '孙七', phone: '027-85550000' }, 'normal', undefined, undefined],
      ['武汉市某医院', undefined, { name: '周八' }, 'urgent', '2020-02-05', '已收到2000'],
    ]);
    expect(remarksOf(plan.rejected)).toEqual(['12 note 备注：以上信息来自网络，请先电话核实']);
    expect(remarksOf(plan.notices)).toEqual([
      '3 date-from-number 43860',
      '3 items-split 口罩、防护服、护目镜 各500',
      '4 date-unreadable 2.5',
      '4 quantity-contents 20桶（25kg/桶）',
      '5 date-unreadable 尽快',
      '5 items-split 成人纸尿裤/口罩 纸尿裤100包,口罩500只',
      '7 quantity-approximate 1万只左右',
      '7 phone-missing',
      '8 quantity-range 三四百双',
      '9 quantity-approximate 50+',
      '10 quantity-range 1-2把',
    ]);
  },
);

test('blocks under one name, days as numbers, daily use and stock', async () => {
  const plan = await planOf('f-blocks-serial-days.xlsx');
  expect(plan.totals).toEqual({ rows: 8, needs: 2, lines: 7, unknownLines: 2, pieces: 38_000 });
  expect(plan.needs.map(said)).toEqual([
    [
      '2: N95 10000, 3M1860, 800 a day, 1500 there',
      '3: 防护服 2000, 150 a day, 200 there',
      '4: 面屏 1000',
      '5: 测温仪 unknown台, “10台/5台”',
    ],
    ['6: N95 5000, 3M1860, “≥5000”', '7: 口罩 unknown, “不限”', '8: 口罩 20000只, “10箱（2000只/箱）”'],
  ]);
  expect(
    plan.needs.map(({ organization, address, contact, urgency, neededBy }) => [
      organization,
      address,
      contact,
      urgency,
      neededBy,
    ]),
  ).toEqual([
    ['孝感市中心医院', '广场街6号', { name: '吴九', phone: '13877778888' }, 'urgent', '2026-12-24'],
    ['孝感市第一人民医院', '董永路', { name: '郑十', phone: '13866667777转801' }, undefined, '2026-12-25'],
  ]);
  expect(remarksOf(plan.rejected)).toEqual(['9 quantity-zero 0']);
  expect(remarksOf(plan.notices)).toEqual([
    '2 date-from-number 46380',
    '3 as-above',
    '4 as-above',
    '4 urgency-from-quantity 1000（急）',
    '5 as-above',
    '5 quantity-unclear 10台/5台',
    '6 date-year-assumed 12月25日前',
    '6 quantity-approximate ≥5000',
    '8 quantity-packs 10箱（2000只/箱）',
  ]);
});
