import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { sheetLimits } from '../../shared/spreadsheet/index.ts';
import { workbook, zip } from './spreadsheet-file.ts';

const run = promisify(execFile);
const child = fileURLToPath(new URL('spreadsheet-child.ts', import.meta.url));
const Said = z.object({ outcome: z.string(), seconds: z.number(), megabytes: z.number() });

/** A quarter of what a function that faces the internet has, for what is on JavaScript's heap. */
const HEAP_MB = 256;
/** All of the process, Node itself and buffers included: half of what such a function has. */
const MOST_MB = 512;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieli-sheet-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads a file in a process of its own with a small heap: one that grows beyond it dies there. */
async function read(bytes: Uint8Array): Promise<z.infer<typeof Said>> {
  const file = join(folder, 'upload');
  writeFileSync(file, bytes);
  const { stdout } = await run(process.execPath, [`--max-old-space-size=${HEAP_MB}`, child, file]);
  return Said.parse(JSON.parse(stdout));
}

const sheet = (inner: string, more: Parameters<typeof workbook>[1] = {}) => workbook([{ name: 'S', xml: inner }], more);
const rows = (count: number, cell: (row: number) => string) =>
  `<sheetData>${Array.from({ length: count }, (_, row) => `<row>${cell(row)}</row>`).join('')}</sheetData>`;
const text = (content: string) => new TextEncoder().encode(content);
const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(50)}">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${'bcdefghij'[at]} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]>`;

const hostile: readonly (readonly [name: string, file: () => Uint8Array, outcome: string])[] = [
  ['a part that unpacks to 100 MB', () => sheet(`<sheetData>${' '.repeat(100_000_000)}</sheetData>`), 'too-large'],
  [
    'a part that says it is small and unpacks to 100 MB',
    () =>
      zip([
        { name: 'xl/workbook.xml', content: ' '.repeat(100_000_000), declare: 1000 },
        {
          name: '_rels/.rels',
          content:
            '<Relationships><Relationship Id="1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        },
      ]),
    'damaged',
  ],
  [
    'entities that grow by ten, ten times',
    () => sheet(`${laughs}<sheetData><row><c t="str"><v>&j;</v></c></row></sheetData>`),
    '1 rows',
  ],
  ['nine hundred thousand rows', () => sheet(rows(900_000, () => '<c><v>1</v></c>')), 'too-many-rows'],
  [
    'one text of 30 MB',
    () =>
      sheet('<sheetData><row><c t="s"><v>0</v></c></row></sheetData>', {
        strings: `<si><t>${'x'.repeat(30_000_000)}</t></si>`,
      }),
    'too-large',
  ],
  [
    'one long text in twenty thousand cells',
    () =>
      sheet(
        rows(20_000, () => '<c t="s"><v>0</v></c>'),
        { strings: `<si><t>${'x'.repeat(1_000_000)}</t></si>` },
      ),
    'too-large',
  ],
  ...['长', '\u3000'].map(
    (letter) =>
      [
        `one long text of ${letter === '长' ? 'Chinese' : 'blanks'} in twenty thousand cells`,
        () =>
          sheet(
            rows(20_000, () => '<c t="s"><v>0</v></c>'),
            { strings: `<si><t>${letter.repeat(4_000_000)}</t></si>` },
          ),
        'too-large',
      ] as const,
  ),
  [
    'half a million shared texts',
    () =>
      sheet('<sheetData><row><c t="s"><v>499999</v></c></row></sheetData>', {
        strings: '<si><t>x</t></si>'.repeat(500_000),
      }),
    '1 rows',
  ],
  [
    'a cell in the last column of the last row',
    () => sheet('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    'too-many-columns',
  ],
  ['every cell that may be, full', () => sheet(rows(20_000, () => '<c><v>1</v></c>'.repeat(22))), '20000 rows'],
  ['more cells than may be', () => sheet(rows(20_000, () => '<c><v>1</v></c>'.repeat(75))), 'too-large'],
  [
    'seven hundred thousand merged ranges',
    () =>
      sheet(
        `${rows(3, () => '<c><v>1</v></c>')}<mergeCells>${'<mergeCell ref="A1:A1048576"/>'.repeat(700_000)}</mergeCells>`,
      ),
    'too-large',
  ],
  ['tags within tags, a million deep', () => sheet(`<sheetData>${'<a>'.repeat(1_000_000)}</sheetData>`), 'empty'],
  ['a tag that never ends', () => sheet(`<sheetData><row ${'a="1" '.repeat(3_900_000)}`), 'empty'],
  [
    'an attribute whose name never ends',
    () => sheet(`<sheetData><row><c ${'rst'.repeat(7_000_000)}><v>1</v></c></row></sheetData>`),
    '1 rows',
  ],
  [
    'a format and a merged range of nine million characters',
    () =>
      sheet(
        `<sheetData><row><c s="0"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="${'1'.repeat(9_000_000)}x:A2"/></mergeCells>`,
        { formats: ['['.repeat(9_000_000)] },
      ),
    '1 rows',
  ],
  ['two million lines of CSV', () => text('1\n'.repeat(2_000_000)), 'too-many-rows'],
  ['a line of CSV with two million cells', () => text('x,'.repeat(2_000_000)), 'too-many-columns'],
  [
    'one quoted cell of 4 MB with a line end at every other place',
    () => text(`"${'x\n'.repeat(2_000_000)}"`),
    '1 rows',
  ],
  ['a quotation mark that never closes', () => text(`a,b\n"${'x,'.repeat(2_000_000)}`), 'unclosed-quote'],
  ['quotation marks only', () => text('"'.repeat(4_000_000)), '1 rows'],
  ['one byte more than may be', () => new Uint8Array(sheetLimits.bytes + 1).fill(0x31), 'too-large'],
];

test.each(hostile)('%s costs no more than half a function’s memory and a few seconds', async (_, file, outcome) => {
  const said = await read(file());
  expect(said.outcome).toBe(outcome);
  expect(said.megabytes).toBeLessThan(MOST_MB);
  expect(said.seconds).toBeLessThan(20);
});
