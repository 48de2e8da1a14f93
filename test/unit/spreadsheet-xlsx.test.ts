import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSheets, sheetLimits, UnreadableFile } from '../../shared/spreadsheet/index.ts';
import { printable, rowsOf, textCells, workbook, zip } from './spreadsheet-file.ts';

async function codeOf(bytes: Uint8Array): Promise<string> {
  const error = await readSheets(bytes).catch((thrown: unknown) => thrown);
  return error instanceof UnreadableFile ? error.code : `no refusal: ${JSON.stringify(error)}`;
}

function sheetOf(cells: string, more: Parameters<typeof workbook>[1] = {}): Uint8Array {
  return workbook([{ name: 'Sheet1', xml: `<sheetData>${cells}</sheetData>` }], more);
}

async function firstRow(cells: string, more: Parameters<typeof workbook>[1] = {}) {
  return (await rowsOf(sheetOf(`<row r="1">${cells}</row>`, more)))[0];
}

test('reads shared, rich and inline texts, without the pronunciation beside them', async () => {
  const strings =
    '<si><t>医用&amp;外科</t></si><si><r><rPr><b/></rPr><t>N95</t></r><r><t xml:space="preserve"> 口罩</t></r><rPh sb="0" eb="1"><t>kǒuzhào</t></rPh></si>';
  const cells =
    '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>a&#x2713;b</t></is></c>';
  expect((await firstRow(cells, { strings }))?.cells).toEqual(['医用&外科', 'N95 口罩', 'a✓b']);
});

test('reads XML with namespace prefixes, as some programs write it', async () => {
  const xml =
    '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c><x:c r="B1" t="str"><x:f>A1&gt;1</x:f><x:v>yes</x:v></x:c></x:row></x:sheetData>';
  expect(await rowsOf(workbook([{ name: 'S', xml }]))).toEqual([{ line: 1, cells: ['7', 'yes'] }]);
});

test.each([
  ['5000', '5000'],
  ['5000.0', '5000'],
  ['1E5', '100000'],
  ['1.5E-3', '0.0015'],
  ['0.30000000000000004', '0.3'],
  ['-12.50', '-12.5'],
  ['123456789012345', '123456789012345'],
])('shows the number %s in plain digits', async (stored, shown) => {
  expect(await firstRow(`<c r="A1"><v>${stored}</v></c>`)).toEqual({ line: 1, cells: [shown] });
});

test('marks a number of eighteen digits, whose last ones the spreadsheet has lost', async () => {
  expect(await firstRow('<c r="A1" t="str"><v>x</v></c><c r="B1"><v>1.1000019900307001E+17</v></c>')).toEqual({
    line: 1,
    cells: ['x', '110000199003070000'],
    imprecise: [1],
  });
});

test('shows dates as yyyy-mm-dd by their cell format, whatever the format is', async () => {
  const formats = [
    0,
    14,
    'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;',
    31,
    '[Red]0.00',
    '0%',
    22,
    '[$-409]h:mm;@',
  ];
  const serials = [43864, 43864, 43864, 43864, 43864, 0.75, 43864.5, 0.25];
  const cells = serials.map((serial, style) => `<c s="${style}"><v>${serial}</v></c>`).join('');
  expect((await firstRow(cells, { formats }))?.cells).toEqual([
    '43864',
    '2020-02-03',
    '2020-02-03',
    '2020-02-03',
    '43864',
    '75%',
    '2020-02-03T12:00:00',
    '06:00:00',
  ]);
  expect((await firstRow('<c s="0"><v>42402</v></c>', { formats: [14], date1904: true }))?.cells).toEqual([
    '2020-02-03',
  ]);
  const first = '<c s="0"><v>1</v></c><c s="0"><v>59</v></c><c s="0"><v>61</v></c>';
  expect((await firstRow(first, { formats: [14] }))?.cells).toEqual(['1900-01-01', '1900-02-28', '1900-03-01']);
  expect((await firstRow('<c t="d"><v>2020-02-03T00:00:00Z</v></c>'))?.cells).toEqual(['2020-02-03']);
});

test('keeps the row numbers that people see, over gaps, and leaves empty rows and cells out', async () => {
  const rows = await rowsOf(
    sheetOf(
      '<row r="3"><c r="B3"><v>1</v></c><c r="E3" t="str"><v> </v></c></row><row/><row r="900000"><c r="A900000" t="b"><v>1</v></c></row>',
    ),
  );
  expect(rows).toEqual([
    { line: 3, cells: ['', '1'] },
    { line: 900000, cells: ['TRUE'] },
  ]);
});

test('an empty cell shows nothing; an error, and a formula without its value, show as they are', async () => {
  const cells =
    '<c r="A1" t="s"/><c r="B1" t="b"/><c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="str"><f>NOW()</f></c><c r="E1"><f>20*50</f><v></v></c><c r="F1" t="str"><f>A1&amp;""</f><v></v></c><c r="G1"><v>1</v></c>';
  expect((await firstRow(cells, { strings: '<si><t>not this</t></si>' }))?.cells).toEqual([
    '',
    '',
    '#REF!',
    '=NOW()',
    '=20*50',
    '',
    '1',
  ]);
});

test('repeats the value of cells merged down a column in the rows that it covers, and says so', async () => {
  const row = (line: number, first: string) => `<row r="${line}">${first}<c r="B${line}"><v>${line}</v></c></row>`;
  const data = `<sheetData>${row(1, '<c r="A1" t="str"><v>X</v></c>')}${row(2, '')}${row(4, '')}${row(5, '')}</sheetData>`;
  const rows = await rowsOf(workbook([{ name: 'S', xml: `${data}<mergeCells><mergeCell ref="A1:A4"/></mergeCells>` }]));
  expect(rows).toEqual([
    { line: 1, cells: ['X', '1'] },
    { line: 2, cells: ['X', '2'], merged: [0] },
    { line: 4, cells: ['X', '4'], merged: [0] },
    { line: 5, cells: ['', '5'] },
  ]);
});

test('reads every visible sheet that has cells, and names the hidden ones that have', async () => {
  const xml = textCells([['a', 'b']]);
  const bytes = workbook([
    { name: 'lists', xml: textCells([['hidden']]), hidden: true },
    { name: 'cover', xml: '<sheetData/>' },
    { name: 'needs', xml },
    { name: 'empty', xml: '<sheetData><row r="1"><c r="A1" s="1"/></row></sheetData>' },
    { name: 'more &amp; more', xml },
  ]);
  const rows = [{ line: 1, cells: ['a', 'b'] }];
  expect(await readSheets(bytes)).toEqual({
    sheets: [
      { name: 'needs', rows },
      { name: 'more & more', rows },
    ],
    hidden: ['lists'],
  });
});

test('reads the hidden sheets where nothing else is', async () => {
  const hidden = { name: 'needs', xml: textCells([['a', 'b']]), hidden: true };
  const bytes = workbook([{ name: 'cover', xml: '<sheetData/>' }, hidden]);
  expect(await readSheets(bytes)).toEqual({
    sheets: [{ name: 'needs', rows: [{ line: 1, cells: ['a', 'b'] }] }],
    hidden: [],
  });
});

test('counts rows of all sheets together, and sheets', async () => {
  const rows = (count: number) => `<sheetData>${'<row><c><v>1</v></c></row>'.repeat(count)}</sheetData>`;
  const half = { name: 'S', xml: rows(sheetLimits.rows / 2) };
  expect((await readSheets(workbook([half, half]))).sheets).toHaveLength(2);
  expect(await codeOf(workbook([half, half, { name: 'S', xml: rows(1) }]))).toBe('too-many-rows');
  const many = Array.from({ length: sheetLimits.sheets + 1 }, () => ({ name: 'S', xml: rows(1) }));
  expect(await codeOf(workbook(many))).toBe('too-many-sheets');
});

test('any table of texts comes out of a workbook as it went in', async () => {
  const cell = fc
    .string({ unit: 'grapheme', maxLength: 10 })
    .map((text) => printable(text).replaceAll('\n', '').trim());
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constant('甲'), cell, cell), { minLength: 1, maxLength: 5 }),
      async (rows) => {
        const read = await rowsOf(workbook([{ name: 'S', xml: textCells(rows) }]));
        expect(read.map(({ cells }) => [...cells, '', ''].slice(0, 3))).toEqual(rows);
      },
    ),
    { numRuns: 60 },
  );
});

test('a file of Excel before 2007 and one with a password are refused by what they are', async () => {
  const compound = (part: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), Buffer.from(part, 'utf16le')]);
  expect(await codeOf(compound('Workbook'))).toBe('old-excel');
  expect(await codeOf(compound('EncryptedPackage'))).toBe('password');
  expect(await codeOf(compound('WordDocument'))).toBe('not-a-spreadsheet');
});

test('an archive of something else is no spreadsheet', async () => {
  expect(await codeOf(zip([{ name: 'readme.txt', content: 'hello' }]))).toBe('not-a-spreadsheet');
  const rels =
    '<Relationships><Relationship Id="1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>';
  expect(
    await codeOf(
      zip([
        { name: '_rels/.rels', content: rels },
        { name: 'word/document.xml', content: '<document/>' },
      ]),
    ),
  ).toBe('not-a-spreadsheet');
});

test('an archive that declares more than is unpacked is refused before it is unpacked', async () => {
  const spaces = Buffer.alloc(sheetLimits.unpackedBytes + 1, ' ');
  expect(await codeOf(workbook([{ name: 'S', xml: spaces.toString() }]))).toBe('too-large');
});

test('a part that unpacks to more than it declared is refused', async () => {
  const content = `<Relationships>${' '.repeat(100_000)}</Relationships>`;
  expect(await codeOf(zip([{ name: '_rels/.rels', content, declare: 100 }]))).toBe('damaged');
});

test.each([
  ['a row number beyond every sheet', '<row r="99999999999"><c><v>1</v></c></row>', 'damaged'],
  ['a column beyond those that are read', '<row r="1"><c r="ZZZ1"><v>1</v></c></row>', 'too-many-columns'],
  ['more rows than are read', '<row><c><v>1</v></c></row>'.repeat(sheetLimits.rows + 1), 'too-many-rows'],
  ['a tag that never ends', '<row r="1"><c r="A1', 'damaged'],
  ['only formats', '<row r="1"><c r="A1" s="1"/></row>', 'empty'],
])('a sheet with %s is refused', async (_, xml, code) => {
  expect(await codeOf(sheetOf(xml))).toBe(code);
});

test('one long text named by very many cells is refused, not multiplied', async () => {
  const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(100)}</row>`;
  expect(await codeOf(sheetOf(row.repeat(200), { strings: `<si><t>${'x'.repeat(30_000)}</t></si>` }))).toBe(
    'too-large',
  );
});

test('whatever is broken in a workbook, it is read or refused with a code', async () => {
  const good = workbook([
    {
      name: 'S',
      xml: textCells([
        ['a', 'b'],
        ['1', '2'],
      ]),
    },
  ]);
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), async (at, byte, length) => {
      const broken = Uint8Array.from(good);
      broken[at] = byte;
      for (const bytes of [broken, good.slice(0, Math.max(4, length))]) {
        const outcome = await readSheets(bytes).catch((error: unknown) => error);
        expect(
          outcome instanceof UnreadableFile || (typeof outcome === 'object' && outcome !== null && 'sheets' in outcome),
        ).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
