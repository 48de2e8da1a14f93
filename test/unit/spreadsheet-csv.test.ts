import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSheets, sheetLimits, UnreadableFile, writeCsv } from '../../shared/spreadsheet/index.ts';
import { printable, rowsOf } from './spreadsheet-file.ts';

const HEADER = ['医院', '物资', '数量'];
const ROW = ['示例县人民医院', '防护口罩, N95', '5000'];
const TEXT = '医院,物资,数量\r\n示例县人民医院,"防护口罩, N95",5000\r\n';
/** 医院,物资,数量 / 示例县人民医院 … as Excel in China saves it: GBK. */
const GBK_HEADER = Buffer.from('d2bdd4ba2cceefd7ca2ccafdc1bf0d0a', 'hex');
const GBK_ROW = Buffer.from('cabec0fdcfd8c8cbc3f1d2bdd4ba2cb7c0bba4bfdad5d62c353030300d0a', 'hex');

async function cellsOf(bytes: Uint8Array | string): Promise<readonly (readonly string[])[]> {
  return (await rowsOf(Buffer.from(bytes))).map(({ cells }) => cells);
}

async function refusal(bytes: Uint8Array | string): Promise<{ code: string; line?: number | undefined }> {
  const error = await readSheets(Buffer.from(bytes)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UnreadableFile)) throw new Error(`expected a refusal, got ${String(error)}`);
  return { code: error.code, line: error.line };
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16 little endian with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16 little endian without one', Buffer.from(TEXT, 'utf16le')],
  ['UTF-16 big endian with a mark', bigEndian(`\ufeff${TEXT}`)],
  ['UTF-16 big endian without one', bigEndian(TEXT)],
])('reads a CSV file in %s', async (_, bytes) => {
  expect(await cellsOf(bytes)).toEqual([HEADER, ROW]);
});

test('reads the GBK that Excel saves in China, and a GB18030 character of four bytes', async () => {
  expect(await cellsOf(Buffer.concat([GBK_HEADER, GBK_ROW]))).toEqual([HEADER, ['示例县人民医院', '防护口罩', '5000']]);
  const rare = Buffer.from('953282362cb2e20a', 'hex');
  expect(await cellsOf(Buffer.concat([GBK_HEADER, rare]))).toEqual([HEADER, ['𠀀', '测']]);
});

const western = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['UTF-8', Buffer.from(TEXT), 'utf-8', false],
  ['GBK', Buffer.concat([GBK_HEADER, GBK_ROW]), 'gb18030', true],
  ['windows-1252', western('organization,item\nHospital M\u00fcller,size M\u0096L\n'), 'windows-1252', true],
])('says that a file was read in %s, and whether that was a guess', async (_, bytes, name, guessed) => {
  expect((await readSheets(bytes)).encoding).toEqual({ name, guessed });
});

test('reads a Western file by its accents and dashes, not as other Chinese words', async () => {
  const rows = [
    ['organization', 'item', 'size'],
    ['H\u00f4pital Saint-\u00c9tienne', 'Schutzmasken f\u00fcr \u00c4rzte', 'M\u2013L'],
  ];
  const text = rows.map((cells) => cells.join()).join('\n');
  expect(await cellsOf(western(text.replace('\u2013', '\u0096')))).toEqual(rows);
  expect(await cellsOf(western('a,caf\u00e9\n1,2\n'))).toEqual([
    ['a', 'caf\u00e9'],
    ['1', '2'],
  ]);
});

test('reads a file in the encoding that a person names', async () => {
  const big5 = Buffer.from('c2e5b07c0a', 'hex');
  const read = await readSheets(big5, { encoding: 'big5' });
  expect([read.sheets[0]?.rows[0]?.cells, read.encoding]).toEqual([['醫院'], { name: 'big5', guessed: false }]);
});

test('refuses text with a character cut in half instead of reading other words out of it', async () => {
  for (const length of [35, 36, 38, 39, 41, 42])
    expect((await refusal(Buffer.from(TEXT).subarray(0, length))).code).toBe('encoding');
  expect((await refusal(Buffer.concat([GBK_HEADER, GBK_ROW.subarray(0, 5)]))).code).toBe('encoding');
});

test.each([
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['fullwidth comma', '，'],
])('finds that cells are separated by a %s below a title row', async (_, delimiter) => {
  const rows = [
    ['organization', 'item', 'quantity'],
    ['A', 'mask', '5'],
    ['B', 'gown', '6'],
  ];
  const text = `Needs of this week\n${rows.map((cells) => cells.join(delimiter)).join('\n')}`;
  expect(await cellsOf(text)).toEqual([['Needs of this week'], ...rows]);
});

test('believes a first line that names the delimiter, and still counts it as a line', async () => {
  const rows = await rowsOf(Buffer.from('sep=;\r\na,b;c\r\n1,2;3\r\n'));
  expect(rows).toEqual([
    { line: 2, cells: ['a,b', 'c'] },
    { line: 3, cells: ['1,2', '3'] },
  ]);
});

test('tells the line on which each row begins, across blank lines, quoted line ends and any line end', async () => {
  const rows = await rowsOf(Buffer.from('a,b\r\n\r\n"x\r\ny",2\r, ,\n3,"say ""hi"""\n5" pipe,4'));
  expect(rows).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['x\ny', '2'] },
    { line: 6, cells: ['3', 'say "hi"'] },
    { line: 7, cells: ['5" pipe', '4'] },
  ]);
});

test('a quoted cell keeps every character, a line end of any sort as one', async () => {
  const piece = fc.constantFrom('"', '\r', '\n', '\r\n', ',', '甲', '😷', '\ufeff', 'a');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const inside = `[${pieces.join('')}]`;
      const read = await cellsOf(`1,"${inside.replaceAll('"', '""')}",2\r\n3`);
      expect(read).toEqual([['1', inside.replaceAll(/\r\n?/g, '\n'), '2'], ['3']]);
    }),
  );
});

test('reads digits that were wrapped to keep a program from taking them for a number', async () => {
  expect(await cellsOf('id,n\n="00123",1\n"=""00124""",2\n')).toEqual([
    ['id', 'n'],
    ['00123', '1'],
    ['00124', '2'],
  ]);
});

test('refuses a quotation mark that is never closed, and tells where', async () => {
  expect(await refusal('a,b\n1,2\n"3,4\n5,6\n')).toEqual({ code: 'unclosed-quote', line: 3 });
});

test.each([
  ['nothing', '', 'empty'],
  ['nothing but separators', ',,,\n ,\n', 'empty'],
  ['a PDF', '%PDF-1.7\n1 0 obj', 'not-a-spreadsheet'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'not-a-spreadsheet'],
  ['a program', Buffer.from('7f454c4602010100000000000000000002003e00', 'hex'), 'not-a-spreadsheet'],
  [
    'a web page with a table, as some programs export "Excel"',
    '<html><table><tr><td>a</td></tr></table></html>',
    'not-a-spreadsheet',
  ],
  ['more bytes than an upload may have', Buffer.alloc(sheetLimits.bytes + 1, 'a'), 'too-large'],
  ['more rows than are read', 'a,b\n'.repeat(sheetLimits.rows + 1), 'too-many-rows'],
  ['more columns than are read', `${'a,'.repeat(sheetLimits.columns)}a\n`, 'too-many-columns'],
])('refuses %s', async (_, bytes, code) => {
  expect((await refusal(bytes)).code).toBe(code);
});

test('reads a file of as many rows and columns as are allowed', async () => {
  expect(await cellsOf('a,b\n'.repeat(sheetLimits.rows))).toHaveLength(sheetLimits.rows);
  expect((await cellsOf(`${'a,'.repeat(sheetLimits.columns - 1)}a`))[0]).toHaveLength(sheetLimits.columns);
});

test('whatever the bytes, a file is read or refused with a code', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      const outcome = await readSheets(bytes).catch((error: unknown) => error);
      expect(
        outcome instanceof UnreadableFile || (typeof outcome === 'object' && outcome !== null && 'sheets' in outcome),
      ).toBe(true);
    }),
  );
});

const isFormula = (cell: string): boolean => /^[\s"]*[=+\-@＝＋－＠]/.test(cell);
const isNumber = (cell: string): boolean => /^\s*[+-]\d+(\.\d+)?\s*$/.test(cell);

/** A cell as it is given out: an apostrophe wherever a program might see a formula begin. */
function asText(value: string): string {
  const parts = value.split(/(?<=[;\t\r\n])/);
  return parts
    .map((part, index) => {
      // quotation marks within a cell hide nothing from who splits it, and at its beginning everything
      const runs = index === 0 ? /^\s*[=+\-@＝＋－＠]/.test(part) && !isNumber(value) : isFormula(part);
      return runs ? `'${part}` : part;
    })
    .join('');
}

test('what is written as CSV is read back, in every encoding that can hold it', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => printable(text).trim());
  // The first cell is fixed: the rows must not be empty, nor begin as another kind of file does.
  const rows = fc.array(fc.tuple(fc.constant('甲'), cell, cell), { minLength: 2, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(rows, async (written) => {
      const text = writeCsv(written);
      const expected = written.map((cells) => {
        const kept: string[] = cells.map(asText);
        while (kept.at(-1) === '') kept.pop();
        return kept;
      });
      expect(await cellsOf(text)).toEqual(expected);
      expect(await cellsOf(Buffer.from(text, 'utf16le'))).toEqual(expected);
      expect(await cellsOf(bigEndian(text))).toEqual(expected);
    }),
  );
});

test.each([
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '＝1+1',
  '\t=1',
  '\r=1',
  ' =1+1',
  '=HYPERLINK("http://example.org","x")',
])('a cell that a program would run, %j, is written as text', (cell) => {
  expect(writeCsv([[cell]]).replace(/^\ufeff"?/, '')).toMatch(/^'/);
});

/** What a program takes for cells that splits at `delimiter`, and knows no quotation mark but at a cell's beginning. */
async function splitAt(delimiter: string, written: string): Promise<readonly string[]> {
  if (delimiter === ',') return (await cellsOf(`sep=,\r\n${written}`)).flat();
  return written.split(/\r?\n|\r/).flatMap((row) => row.split(delimiter));
}

describe.each([
  ['commas', ','],
  ['semicolons', ';'],
  ['tabs', '\t'],
])('a program that splits at %s', (_, delimiter) => {
  // a quotation mark that was read as one is gone; where it is left, it is text
  const begins = delimiter === ',' ? /^\s*[=+\-@＝＋－＠]/ : /^[\s"]*[=+\-@＝＋－＠]/;
  const runs = (cell: string) => begins.test(cell) && !isNumber(cell);
  const nasty = fc.stringMatching(/^[a=+@＝ "';,\t\n-]{0,8}[1-9]?[;\t\n]?["' ]?[=+@-]?[1b]?$/);

  test('runs nothing that somebody typed, wherever in a cell it is', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (one, other) => {
        const written = writeCsv([['甲', one, other, '乙']]).slice(1);
        expect([written, (await splitAt(delimiter, written)).filter(runs)]).toEqual([written, []]);
      }),
    );
  });

  test.each(['甲;=1+1;乙', 'x\t@SUM(A1)', 'x; +1+1', 'a\n-2+3', 'x;"=1+1"', '1;=1;-5'])(
    'runs nothing of %j',
    async (cell) => {
      expect((await splitAt(delimiter, writeCsv([['志愿者', cell, '乙']]).slice(1))).filter(runs)).toEqual([]);
    },
  );
});

test('plain numbers, negative ones too, are written as they are', () => {
  expect(writeCsv([['-5', '+3.50', '50000', '0.5']])).toBe('\ufeff-5,+3.50,50000,0.5\r\n');
});

test.each(['110000199003070012', '123456789012', '02787654321', '+8613900000001', '12E5'])(
  'the digits of %s, which a program would turn into another number, are written as text and read back',
  async (digits) => {
    expect(writeCsv([['甲', digits]])).toBe(`\ufeff甲,"=""${digits}"""\r\n`);
    expect(await cellsOf(writeCsv([['甲', digits]]))).toEqual([['甲', digits]]);
  },
);

test('every file of rows that a function gives out is written in one place, so that none of its cells is a formula', () => {
  const folder = 'functions';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const giving = files.filter((file) => /text\/csv; charset|writeCsv\(/.test(readFileSync(join(folder, file), 'utf8')));
  expect(giving).toEqual(['web/given-file.ts']);
});
