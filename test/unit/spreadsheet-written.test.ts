import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeWorkbook } from '../../shared/spreadsheet/write-workbook.ts';
import { printable, rowsOf } from './spreadsheet-file.ts';

async function readBack(rows: readonly (readonly string[])[]) {
  return rowsOf(writeWorkbook({ name: '名单', rows }));
}

test('a written workbook is read back without the loss of a digit, and no cell of it counts as a number', async () => {
  const digits = fc.stringMatching(/^[0-9]{1,24}X?$/);
  const words = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => printable(text).trim());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(digits, digits, words), { minLength: 1, maxLength: 8 }), async (rows) => {
      const read = await readBack([['一', '二', '三'], ...rows]);
      expect(read.slice(1).map(({ cells }) => [cells[0], cells[1], cells[2] ?? ''])).toEqual(rows);
      expect(read.filter(({ imprecise }) => imprecise)).toEqual([]);
    }),
  );
});

test('formulas and markup stay what somebody typed', async () => {
  const typed = ['=1+1', '@SUM(A1)', '<b>&"quoted"</b>', 'a\u0001b'];
  expect((await readBack([['甲', ...typed]]))[0]?.cells).toEqual(['甲', ...typed.slice(0, 3), 'ab']);
});

test('each column is text to its end, so that digits typed into an empty roster stay digits', () => {
  const bytes = Buffer.from(writeWorkbook({ name: 'roster', rows: [['姓名', '证件号码']] }));
  const at = bytes.indexOf('xl/worksheets/sheet1.xml');
  const packed = bytes.readUInt32LE(at - 12);
  const from = at + 'xl/worksheets/sheet1.xml'.length;
  const xml = inflateRawSync(bytes.subarray(from, from + packed)).toString();
  expect(xml.match(/<col [^>]*style="1"[^>]*\/>/g)).toHaveLength(2);
  expect(xml).not.toContain('<v>');
});
