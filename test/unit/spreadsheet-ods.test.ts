import { expect, test } from 'vitest';
import { readSheets, sheetLimits, UnreadableFile } from '../../shared/spreadsheet/index.ts';
import { openDocument, rowsOf, zip } from './spreadsheet-file.ts';

const cell = (text: string, attributes = '') =>
  `<table:table-cell office:value-type="string"${attributes}><text:p>${text}</text:p></table:table-cell>`;
const value = (type: string, attributes: string, text = '') =>
  `<table:table-cell office:value-type="${type}" ${attributes}><text:p>${text}</text:p></table:table-cell>`;
const row = (cells: string, attributes = '') => `<table:table-row${attributes}>${cells}</table:table-row>`;
const only = (xml: string) => openDocument([{ name: '需求', xml }]);

async function codeOf(bytes: Uint8Array): Promise<string> {
  const error = await readSheets(bytes).catch((thrown: unknown) => thrown);
  return error instanceof UnreadableFile ? error.code : `no refusal: ${JSON.stringify(error)}`;
}

test('reads what cells show: texts in pieces, numbers, days, percentages; no remark', async () => {
  const rich =
    '<table:table-cell office:value-type="string"><office:annotation><text:p>remark</text:p></office:annotation><text:p>N95<text:s/><text:span>口罩</text:span></text:p><text:p>a&amp;b</text:p></table:table-cell>';
  const cells = [
    rich,
    value('float', 'office:value="5000"', '5,000'),
    value('float', 'office:value="110000199003070000"', '1.1E+17'),
    value('date', 'office:date-value="2020-02-03"', '3 Feb'),
    value('date', 'office:date-value="2020-02-03T12:00:00"'),
    value('percentage', 'office:value="0.75"', '75%'),
    value('boolean', 'office:boolean-value="true"', 'WAHR'),
    '<table:table-cell table:formula="of:=20*50"/>',
    '<table:table-cell table:formula="of:=20*50" office:value-type="float" office:value="1000"><text:p>1000</text:p></table:table-cell>',
  ];
  expect(await rowsOf(only(row(cells.join(''))))).toEqual([
    {
      line: 1,
      cells: [
        'N95 口罩\na&b',
        '5000',
        '110000199003070000',
        '2020-02-03',
        '2020-02-03T12:00:00',
        '75%',
        'TRUE',
        '=20*50',
        '1000',
      ],
      imprecise: [2],
    },
  ]);
});

test('keeps the row numbers that people see, over rows and cells that are repeated, and fills merged cells', async () => {
  const covered = '<table:covered-table-cell/>';
  const xml = [
    row('<table:table-cell table:number-columns-repeated="1024"/>', ' table:number-rows-repeated="2"'),
    row(`${cell('甲医院', ' table:number-rows-spanned="2"')}${cell('x', ' table:number-columns-repeated="2"')}`),
    row(`${covered}${cell('y')}`),
    row(cell('z'), ' table:number-rows-repeated="2"'),
    row('<table:table-cell table:number-columns-repeated="16384"/>', ' table:number-rows-repeated="1048570"'),
  ];
  expect(await rowsOf(only(xml.join('')))).toEqual([
    { line: 3, cells: ['甲医院', 'x', 'x'] },
    { line: 4, cells: ['甲医院', 'y'], merged: [0] },
    { line: 5, cells: ['z'] },
    { line: 6, cells: ['z'] },
  ]);
});

test('reads every visible sheet, and names the hidden ones', async () => {
  const xml = row(cell('a'));
  const file = openDocument([
    { name: '黄石', xml },
    { name: 'lists', xml, hidden: true },
    { name: '鄂州', xml },
    { name: 'empty', xml: '' },
  ]);
  const rows = [{ line: 1, cells: ['a'] }];
  expect(await readSheets(file)).toEqual({
    sheets: [
      { name: '黄石', rows },
      { name: '鄂州', rows },
    ],
    hidden: ['lists'],
  });
});

test.each([
  ['a row repeated a million times', row(cell('a'), ' table:number-rows-repeated="1048576"'), 'too-many-rows'],
  ['a cell repeated beyond the columns', row(cell('a', ' table:number-columns-repeated="16384"')), 'too-many-columns'],
  [
    'a long text repeated',
    row(cell('x'.repeat(30_000), ' table:number-columns-repeated="90"'), ' table:number-rows-repeated="10000"'),
    'too-large',
  ],
  [
    'many cells repeated in many rows',
    row(cell('a', ' table:number-columns-repeated="90"'), ' table:number-rows-repeated="19000"'),
    'too-large',
  ],
  ['more rows than are read', row(cell('a')).repeat(sheetLimits.rows + 1), 'too-many-rows'],
  ['a count that is none', row(cell('a'), ' table:number-rows-repeated="-5"'), 'damaged'],
  ['nothing', '', 'empty'],
])('a sheet with %s is refused', async (_, xml, code) => {
  expect(await codeOf(only(xml))).toBe(code);
});

test('a document of another kind, and one with a password, are refused by what they are', async () => {
  const text = '<office:document-content><office:body><office:text/></office:body></office:document-content>';
  expect(await codeOf(zip([{ name: 'content.xml', content: text }]))).toBe('not-a-spreadsheet');
  const manifest = '<manifest:manifest><manifest:encryption-data/></manifest:manifest>';
  const parts = [
    { name: 'content.xml', content: new Uint8Array([200, 1, 2]) },
    { name: 'META-INF/manifest.xml', content: manifest },
  ];
  expect(await codeOf(zip(parts))).toBe('password');
});
