import { describe, expect, test } from 'vitest';
import { placeNamed, provinceOfCity } from '../../shared/domain/places.ts';
import type { SheetChoice } from '../../shared/kinds/need/import/layout.ts';
import { planNeedsImport } from '../../shared/kinds/need/import/plan-needs-import.ts';
import { splitItems } from '../../shared/kinds/need/import/split-items.ts';

function planOf(cells: readonly (readonly string[])[], name = '', choice?: SheetChoice) {
  const rows = cells.map((row, index) => ({ line: index + 1, cells: row }));
  return planNeedsImport([{ name, rows }], { today: '2026-12-01', choices: choice && { [name]: choice } });
}

/** What each need asks for. */
function needsOf(plan: ReturnType<typeof planOf>) {
  return plan.needs.map(({ organization, lines }) => [
    organization,
    ...lines.map(({ item, quantity, unit = '' }) => `${item} ${quantity ?? '?'}${unit}`),
  ]);
}
const codes = (remarks: readonly { line: number; code: string }[]) =>
  remarks.map(({ line, code }) => `${line} ${code}`);

describe('several items in a row', () => {
  test.each([
    ['口罩、防护服各500', '', ['口罩 500', '防护服 500']],
    ['口罩和防护服各需500只', '', ['口罩 500只', '防护服 500只']],
    ['口罩、睡袋', '各500', ['口罩 500', '睡袋 500']],
    ['masks, gloves', '500 each', ['masks 500', 'gloves 500']],
    ['成人纸尿裤/口罩', '纸尿裤100包,口罩500只', ['成人纸尿裤 100包', '口罩 500只']],
    ['', '', [' ']],
    ['口罩500只，84消毒液20桶', '', ['口罩 500只', '84消毒液 20桶']],
    ['N95/外科口罩/护目镜', '', ['N95 ', '外科口罩 ', '护目镜 ']],
    ['口罩\n防护服', '', ['口罩 ', '防护服 ']],
    // one thing
    ['医用防护口罩 | N95口罩', '5000', ['医用防护口罩 | N95口罩 5000']],
    ['防冲击眼罩/护目镜/防护眼镜', '200', ['防冲击眼罩/护目镜/防护眼镜 200']],
    ['防护服（大、中、小号）', '500', ['防护服（大、中、小号） 500']],
    ['大、中、小号防护服', '500', ['大、中、小号防护服 500']],
    ['口罩3M1860', '', ['口罩3M1860 ']],
    ['口罩', '大号200小号300', ['口罩 大号200小号300']],
    ['消毒液500毫升', '', ['消毒液500毫升 ']],
  ])('%j with %j', (item, quantity, parts) => {
    expect(splitItems(item, quantity).parts.map((part) => `${part.item} ${part.written}`)).toEqual(parts);
  });

  test('one amount of all together is the amount of none, and its words stay', () => {
    const plan = planOf([
      ['医院', '物资', '数量'],
      ['甲医院', '口罩、防护服', '500'],
    ]);
    expect(plan.needs[0]?.lines).toEqual([
      { item: '口罩', quantity: null, written: '500' },
      { item: '防护服', quantity: null, written: '500' },
    ]);
    expect(codes(plan.notices)).toEqual(['2 quantity-together']);
  });

  test('of several, what is not needed is left out and told', () => {
    const plan = planOf([
      ['医院', '物资'],
      ['甲医院', '口罩500只、防护服0套'],
    ]);
    expect(needsOf(plan)).toEqual([['甲医院', '口罩 500只']]);
    expect(codes(plan.notices)).toEqual(['2 items-split', '2 partly-not-needed']);
  });
});

describe('a row that is no need', () => {
  const HEADER = ['医院', '区县', '物资', '数量'];
  test.each([
    [['合计', '', '', '8000'], 'total-row'],
    [['', '', '小计：', '8000'], 'total-row'],
    [['Grand total', '', '', '8000'], 'total-row'],
    [['#org+name', '#adm2+name', '#item+name', '#value'], 'header-again'],
    [['Hospital', 'District', 'Item', 'Quantity'], 'header-again'],
    [['填表人：赵某', '', '审核：钱某', ''], 'signature'],
    [['制表日期：2020.1.26'], 'signature'],
    [['联系人：赵某 13900000001'], 'signature'],
    [['', '', '审核人：钱某', ''], 'signature'],
    [['备注：请先电话核实'], 'note'],
    [['以上物资均须符合国家标准，运费由捐赠方承担，请先与我院设备科联系后再发货'], 'note'],
    [['（名称）', '', '', '（件）'], 'units-row'],
    [['例：某某医院', '某区', '口罩', '100'], 'example-row'],
  ])('%j', (row, code) => {
    const plan = planOf([HEADER, ['甲医院', '甲县', '手套', '5'], row]);
    expect(codes(plan.rejected)).toEqual([`3 ${code}`]);
    expect(JSON.stringify([plan.rejected, plan.needs])).not.toMatch(/赵某|钱某|13900000001/);
  });

  test('a note keeps its words, but for a telephone number', () => {
    const plan = planOf([HEADER, ['注：数量为7天用量，符合GB19083-2010'], ['注：联系13900000001']]);
    expect(plan.rejected.map(({ value }) => value)).toEqual(['注：数量为7天用量，符合GB19083-2010', undefined]);
  });

  test.each([['注射器厂医院'], ['例行保健院'], ['总工会医院'], ['示例医院']])('%s is an organization', (name) => {
    expect(needsOf(planOf([HEADER, [name, '', '口罩', '5']]))).toEqual([[name, '口罩 5']]);
  });
});

describe('a block', () => {
  test('has the organization and place of its first row, each told; another place or a sum ends it', () => {
    const plan = planOf([
      ['医院', '区县', '物资', '数量'],
      ['甲医院', '甲县', '口罩', '5'],
      ['', '', '手套', '6'],
      ['', '乙县', '面屏', '7'],
      ['甲医院', '', '帽子', '8'],
      ['小计', '', '', '26'],
      ['', '', '鞋套', '9'],
    ]);
    expect(needsOf(plan)).toEqual([['甲医院', '口罩 5', '手套 6', '帽子 8']]);
    expect(codes(plan.notices)).toEqual(['3 as-above', '5 as-above']);
    expect(codes(plan.rejected)).toEqual(['4 organization-missing', '6 total-row', '7 organization-missing']);
  });

  test('reads 同上 as what stands above', () => {
    const plan = planOf([
      ['医院', '物资', '数量', '规格'],
      ['甲医院', '口罩', '500', 'N95'],
      ['同上', '手套', '〃', ''],
    ]);
    expect(needsOf(plan)).toEqual([['甲医院', '口罩 500', '手套 500']]);
    expect(codes(plan.notices)).toEqual(['3 as-above', '3 as-above']);
  });
});

describe('a table that goes across', () => {
  test('has items between items, units below the headings, and no line where nothing or none is written', () => {
    const plan = planOf([
      ['医院', '口罩', '睡袋', '手套', '联系电话'],
      ['', '只', '个', '双', ''],
      ['甲医院', '5000', '20', '', '0713-0000000'],
      ['乙医院', '无', '', '300', ''],
      ['丙医院', '', '', '', ''],
      ['合计', '5000', '20', '300', ''],
    ]);
    expect(needsOf(plan)).toEqual([
      ['甲医院', '口罩 5000只', '睡袋 20个'],
      ['乙医院', '手套 300双'],
    ]);
    expect(codes(plan.rejected)).toEqual(['2 units-row', '5 nothing-asked', '6 total-row']);
    expect(codes(plan.notices)).toEqual(['1 read-as-matrix', '4 partly-not-needed']);
  });

  test('may have its items below a heading that stands over them all', () => {
    const plan = planOf([
      ['医院', '所需物资', '', '联系人'],
      ['', '口罩（只）', '手套数量', ''],
      ['甲医院', '500', '20', '张三'],
    ]);
    expect(needsOf(plan)).toEqual([['甲医院', '口罩 500只', '手套 20']]);
  });

  test('may have those who need it at its top', () => {
    const plan = planOf([
      ['物资', '规格', '市一医院', '市二医院'],
      ['口罩', 'N95', '500', '300只'],
      ['手套', '', '', '20'],
    ]);
    expect(needsOf(plan)).toEqual([
      ['市一医院', '口罩 500'],
      ['市二医院', '口罩 300只', '手套 20'],
    ]);
  });

  test('is not what a list is that has goods in another heading', () => {
    const plan = planOf([
      ['医院', '物资', '数量', '口罩库存', '床位数', '面积'],
      ['甲医院', '手套', '5', '1', '2', '3'],
    ]);
    expect(needsOf(plan)).toEqual([['甲医院', '手套 5']]);
  });
});

describe('what a sheet says of all its rows', () => {
  const LIST = [
    ['物资', '数量'],
    ['口罩', '5'],
  ];
  test('the organization, above the headings or by its name, with a notice', () => {
    const titled = planOf([['物资需求表'], ['单位名称：甲县人民医院'], ...LIST]);
    expect([needsOf(titled), codes(titled.notices)]).toEqual([
      [['甲县人民医院', '口罩 5']],
      ['3 organization-from-title'],
    ]);
    const named = planOf(LIST, '市一医院');
    expect([needsOf(named), codes(named.notices)]).toEqual([[['市一医院', '口罩 5']], ['1 organization-from-sheet']]);
    expect(planOf(LIST, '医院').missing).toEqual(['organization']);
  });

  test.each([
    ['黄石', { city: '黄石' }],
    ['恩施州', { city: '恩施州' }],
    ['湖北省', { province: '湖北省' }],
    ['蕲春县', { district: '蕲春县' }],
    ['医院', undefined],
    ['社区', undefined],
    ['各县', undefined],
    ['开发区', undefined],
    ['Sheet1', undefined],
    ['需求汇总', undefined],
  ])('its place, when %s is one', (name, place) => {
    expect(placeNamed(name)).toEqual(place);
  });

  test('a province follows from a city that is known', () => {
    expect([provinceOfCity('黄石市'), provinceOfCity('恩施土家族苗族自治州'), provinceOfCity('示例市')]).toEqual([
      '湖北',
      '湖北',
      undefined,
    ]);
  });
});

describe('what a person says of a sheet', () => {
  const SHEET = [['需求'], ['谁', '啥', '几个', '备用'], ['甲某处', '甲物', '5', '6'], ['乙某处', '乙物', '7', '8']];

  test('which column is which, and which row holds the headings', () => {
    expect(planOf(SHEET).missing).not.toEqual([]);
    const columns = { A: 'organization', B: 'item', C: 'quantity' } as const;
    expect(needsOf(planOf(SHEET, '', { headings: 2, columns }))).toEqual([
      ['甲某处', '甲物 5'],
      ['乙某处', '乙物 7'],
    ]);
    const moved = { ...columns, C: null, D: 'quantity' } as const;
    expect(needsOf(planOf(SHEET, '', { headings: 2, columns: moved }))).toEqual([
      ['甲某处', '甲物 6'],
      ['乙某处', '乙物 8'],
    ]);
    const bare = planOf(SHEET.slice(2), '', { headings: 0, columns });
    expect(needsOf(bare)).toEqual([
      ['甲某处', '甲物 5'],
      ['乙某处', '乙物 7'],
    ]);
  });

  test('which columns have amounts of what their headings name, and whose the sheet is', () => {
    const columns = { A: null, C: 'amounts', D: 'amounts', B: null } as const;
    expect(needsOf(planOf(SHEET, '', { headings: 2, columns, organization: '丙医院' }))).toEqual([
      ['丙医院', '几个 5', '备用 6', '几个 7', '备用 8'],
    ]);
  });

  test('which rows are not taken, and that a sheet is not', () => {
    const list = [
      ['医院', '物资', '数量'],
      ['甲医院', '口罩', '5'],
      ['乙医院', '口罩', '6'],
    ];
    const plan = planOf(list, '', { without: [2] });
    expect([needsOf(plan), codes(plan.rejected)]).toEqual([[['乙医院', '口罩 6']], ['2 left-out']]);
    const none = planOf(list, '', { use: false });
    expect([none.needs, none.totals.rows, none.sheets[0]?.leftOut]).toEqual([[], 0, true]);
  });
});
