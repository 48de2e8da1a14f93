import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ImportView } from '../../functions/api/views/import.ts';
import { Slug } from '../../shared/domain/ids.ts';
import { listCases } from '../../shared/store/cases.ts';
import { type ApiStand, startApi } from '../engine/api-stand.ts';
import { workedOn } from '../engine/jobs-work.ts';
import { textCells, workbook } from '../unit/spreadsheet-file.ts';
import { type ConsoleStand, type Reader, startConsole } from './console-stand.ts';

const AS = 'hub-coordinator';
const bytesOf = (text: string) => new TextEncoder().encode(text);
const sheetFile = (name: string) => new Uint8Array(readFileSync(new URL(`../fixture/sheets/${name}`, import.meta.url)));
/** A sheet of instructions, one of needs with a column that no field is for, and one that is hidden. */
const MIXED = new Uint8Array(
  workbook([
    { name: '填写说明', xml: textCells([['请如实填写']]) },
    {
      name: '需求表',
      xml: textCells([
        ['医院', '物资', '数量', '床位数'],
        ['甲医院', '口罩', '5', '80'],
      ]),
    },
    {
      name: '旧表',
      hidden: true,
      xml: textCells([
        ['医院', '物资', '数量'],
        ['乙医院', '手套', '7'],
      ]),
    },
  ]),
);
/** Headings that nobody knows. */
const ODD = bytesOf('谁,啥,几个,备用\n甲某处,甲物,5,6\n乙某处,乙物,7,8\n丙某处,丙物,9,1\n');

describe('by the API', () => {
  let api: ApiStand;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.stop());

  const plan = (body: unknown) => api.ok('POST', '/imports', ImportView, { as: AS, body });
  const again = (id: string, body: object) => api.ok('POST', `/imports/${id}/mapping`, ImportView, { as: AS, body });

  it('a sheet is read to its cases, with what was written of each line', async () => {
    const preview = await plan(sheetFile('f-blocks-serial-days.xlsx'));
    expect(preview.totals).toMatchObject({ needs: 2, lines: 7, unknownLines: 2, pieces: 38_000, rejected: 1 });
    expect(preview.needs[0]?.items[3]).toEqual({
      line: 5,
      item: '测温仪',
      quantity: null,
      unit: '台',
      written: '10台/5台',
    });
    expect(preview.sheets[0]).toMatchObject({ name: 'Sheet', use: 'read', headings: 1, rows: 8 });
    expect(preview.sheets[0]?.columns[5]).toEqual({
      column: 'F',
      header: '日均消耗',
      field: 'dailyUse',
      sample: '800',
    });
    await api.call('POST', `/imports/${preview.id}/run`, { as: AS, body: {} });
    await workedOn(api.hub, Slug.parse(preview.id));
    const { items } = await listCases(api.hub.table, { as: 'hub', party: api.hub.hub, kind: 'need' });
    const made = items.find((subject) => subject.kind === 'need' && subject.organization === '孝感市中心医院');
    const Lines = z.object({ lines: z.array(z.looseObject({ item: z.string() })) });
    const { lines } = await api.ok('GET', `/cases/${made?.id}`, Lines, { as: AS });
    expect(lines[0]).toMatchObject({ item: 'N95', quantity: 10_000, dailyUse: 800, onHand: 1500 });
    expect(lines[3]).toMatchObject({ item: '测温仪', quantity: null, unit: '台', written: '10台/5台' });
  });

  it('a file whose headings nobody knows is kept, and read as a person says; who confirms the earlier reading gets that', async () => {
    const refused = await api.call('POST', '/imports', { as: AS, body: ODD });
    const { params } = z.object({ params: z.object({ import: Slug }) }).parse(refused.body);
    expect(refused.status).toBe(422);
    const columns = { A: 'organization', B: 'item', C: 'quantity', D: null };
    const mapped = await again(params.import, { sheets: [{ headings: 1, columns, without: [3] }] });
    expect(mapped.id).not.toBe(params.import);
    expect(mapped.needs.map(({ organization, items }) => [organization, items[0]?.item, items[0]?.quantity])).toEqual([
      ['甲某处', '甲物', 5],
      ['丙某处', '丙物', 9],
    ]);
    expect(mapped.rejected.map(({ line, code }) => [line, code])).toEqual([[3, 'left-out']]);
    // from what was read again it is read again, too
    const other = await again(mapped.id, {
      sheets: [{ headings: 1, columns: { ...columns, C: null, D: 'quantity' } }],
    });
    expect(other.needs.map(({ pieces }) => pieces)).toEqual([6, 8, 0]);
    expect((await api.ok('GET', `/imports/${mapped.id}`, ImportView, { as: AS })).needs).toEqual(mapped.needs);
  });

  it('a sheet of a workbook can be left out, and an encoding named', async () => {
    const workbook = await plan(sheetFile('c-sheet-per-city.xlsx'));
    const left = await again(workbook.id, { sheets: [{ name: '鄂州', use: false }] });
    expect(left.sheets.map(({ name, use, rows }) => [name, use, rows])).toEqual([
      ['黄石', 'read', 2],
      ['鄂州', 'left-out', 0],
      ['咸宁', 'read', 2],
    ]);
    const western = await plan(
      new Uint8Array(Buffer.from('organization,item\nHospital M\u00fcller,Masks\n', 'latin1')),
    );
    expect(western).toMatchObject({
      encoding: { name: 'windows-1252', guessed: true },
      needs: [{ organization: 'Hospital Müller' }],
    });
    const named = await again(western.id, { encoding: 'windows-1251' });
    expect(named).toMatchObject({
      encoding: { name: 'windows-1251', guessed: false },
      needs: [{ organization: 'Hospital Mьller' }],
    });
  });

  it('a sheet that is passed over, a hidden one and a column that is not used are named', async () => {
    const preview = await plan(MIXED);
    expect(preview.needs.map(({ organization }) => organization)).toEqual(['甲医院']);
    expect(preview.sheets.map(({ name, use, missing }) => [name, use, missing])).toEqual([
      ['填写说明', 'columns-missing', ['organization', 'item']],
      ['需求表', 'read', []],
    ]);
    expect([preview.hidden, preview.ignored]).toEqual([['旧表'], ['床位数']]);
  });

  it('lists as many notices as an answer holds and says how many there are more; too many lines are refused', async () => {
    const goods = Array.from({ length: 90 }, (_, index) => `口罩${index}`).join();
    const about = Array.from({ length: 112 }, (_, index) => `第${index}医院,${'约5,'.repeat(89)}约5`);
    const preview = await plan(bytesOf(`医院,${goods}\n${about.join('\n')}\n`));
    expect([preview.notices.length, preview.moreNotices]).toEqual([10_000, 1 + 112 * 90 - 10_000]);
    const wide = Array.from({ length: 700 }, (_, index) => `第${index}医院,${'5,'.repeat(89)}5`);
    const refused = await api.call('POST', '/imports', {
      as: AS,
      body: bytesOf(`医院,${goods}\n${wide.join('\n')}\n`),
    });
    expect(refused).toMatchObject({ status: 422, body: { params: { reason: 'too-large' } } });
  });

  it('two columns for one field are refused by their letters: the last would win, and nobody would know', async () => {
    const refused = await api.call('POST', '/imports', { as: AS, body: ODD });
    const { params } = z.object({ params: z.object({ import: Slug }) }).parse(refused.body);
    const path = `/imports/${params.import}/mapping`;
    const twice = { A: 'organization', B: 'item', C: 'quantity', D: 'quantity' };
    const said = await api.call('POST', path, { as: AS, body: { sheets: [{ headings: 1, columns: twice }] } });
    const fields = [{ pointer: '/sheets/0/columns', code: 'column-twice', detail: expect.stringContaining('C, D') }];
    expect(said).toMatchObject({ status: 422, body: { errors: fields } });
    // a table that goes across has as many columns of amounts as it has
    const across = { A: 'organization', B: null, C: 'amounts', D: 'amounts' };
    expect((await again(params.import, { sheets: [{ headings: 1, columns: across }] })).totals.lines).toBe(6);
  });

  it('a row that looks like a note, a total or a signature is taken where a person says that it is a need', async () => {
    const file = bytesOf(
      '医院,物资,数量\n甲医院,口罩,5\n备注：三楼仓库,手套,7\n合计,护目镜,3\n负责人：乙医院,酒精,2\n',
    );
    const read = await plan(file);
    expect(read.rejected.map(({ line, code }) => [line, code])).toEqual([
      [3, 'note'],
      [4, 'total-row'],
      [5, 'signature'],
    ]);
    const taken = await again(read.id, { sheets: [{ take: [3, 5] }] });
    expect(taken.rejected.map(({ line, code }) => [line, code])).toEqual([[4, 'total-row']]);
    expect(taken.needs.flatMap(({ items }) => items.map(({ line, item }) => [line, item]))).toEqual([
      [2, '口罩'],
      [3, '手套'],
      [5, '酒精'],
    ]);
  });

  it('is refused what names no column, and to another hub', async () => {
    const { id } = await plan(bytesOf('hospital,item\nOne,Masks'));
    const path = `/imports/${id}/mapping`;
    const wrong = { sheets: [{ columns: { A: 'supplier' } }] };
    expect((await api.call('POST', path, { as: AS, body: wrong })).status).toBe(422);
    expect((await api.call('POST', path, { as: 'insurer', body: {} })).status).toBe(403);
  });
});

describe('on the page', () => {
  let stand: ConsoleStand;
  beforeAll(async () => {
    stand = await startConsole();
  });
  afterAll(() => stand.stop());

  async function upload(reader: Reader, content: Uint8Array<ArrayBuffer>) {
    await reader.get('/console/import');
    return reader.give(content, 'needs.csv');
  }

  it('who sends headings that nobody knows says there which column is which, and sees each line', async () => {
    const reader = await stand.as(AS);
    const refused = await upload(reader, ODD);
    expect([refused.status, refused.html.includes('没有找到需要的列：机构名称、物资名称')]).toEqual([422, true]);
    const path = /href="(\/console\/import\/\w+)#mapping"/.exec(refused.html)?.[1] ?? '';
    const page = await reader.get(path);
    for (const shown of ['甲物', '几个', 'name="s0.C"', '由您指定'])
      expect(`${page.html}${refused.html}`).toContain(shown);
    const fields = {
      's0.use': 'yes',
      's0.headings': '1',
      's0.A': 'organization',
      's0.B': 'item',
      's0.C': 'quantity',
      's0.without': '3',
    };
    const again = await reader.post(`${path}/mapping`, fields);
    const mapped = await reader.get(again.location ?? '');
    expect(mapped.html).toMatch(/第 2 行 甲物 5/);
    expect(mapped.html).toContain('按您的选择不导入');
    expect(mapped.html).toMatch(/确认导入 2 份需求/);
    const unclear = await reader.post(`${path}/mapping`, { ...fields, 's0.without': 'some' });
    expect([unclear.status, unclear.html.includes('行号无法识别')]).toEqual([422, true]);
    const twice = await reader.post(`${path}/mapping`, { ...fields, 's0.D': 'quantity', 's0.take': '4' });
    expect([twice.status, twice.html.includes('C、D 列都被指定为“数量”')]).toEqual([422, true]);
    // all that was said is still there
    expect(twice.html).toMatch(/name="s0\.take" value="4"/);
    expect(twice.html.match(/<option value="quantity" selected/g)).toHaveLength(2);
  });

  it('it says which encoding was guessed, and what of each sheet is used', async () => {
    const reader = await stand.as(AS, 'en');
    const seen = await reader.get((await upload(reader, sheetFile('d-gb18030.csv'))).location ?? '');
    expect(seen.html).toContain('gb18030 was guessed');
    expect(seen.html).toMatch(/Row 8:[^<]*手套[^<]*300 双[^<]*As written: 三四百双/);
    const books = await reader.get((await upload(reader, sheetFile('c-sheet-per-city.xlsx'))).location ?? '');
    for (const name of ['黄石', '鄂州', '咸宁']) expect(books.html).toContain(`Sheet “${name}”`);
  });

  it.each([
    [
      'zh',
      '工作表“填写说明”',
      '没有找到需要的列：机构名称、物资名称',
      '隐藏的工作表没有读取：旧表',
      '未使用的列 (1): 床位数',
    ],
    ['en', 'Sheet “填写说明”', 'not found', 'Hidden sheets were not read: 旧表', 'Columns not used (1): 床位数'],
  ])(
    'it names a sheet that is passed over, a hidden one and a column that is not used: %s',
    async (language, ...shown) => {
      const reader = await stand.as(AS, language);
      const page = await reader.get((await upload(reader, MIXED)).location ?? '');
      expect(shown.filter((words) => !page.html.includes(words))).toEqual([]);
      expect(page.html).not.toContain('乙医院');
    },
  );
});
