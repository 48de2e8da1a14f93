import { describe, expect, test } from 'vitest';
import { readSheets, sheetLimits, UnreadableFile } from '../../shared/spreadsheet/index.ts';
import { nothingSpent, type Spent } from '../../shared/spreadsheet/spending.ts';
import { costlyWorkbooks, repeated, textsOf } from './costly-files.ts';
import { rowsOf, workbook } from './spreadsheet-file.ts';

/** What was read of a file until it was refused or done, and how it ended. */
async function readingOf(bytes: Uint8Array): Promise<{ spent: Spent; outcome: string }> {
  const spent = nothingSpent();
  try {
    return { spent, outcome: `${(await readSheets(bytes, { spent })).sheets.flatMap(({ rows }) => rows).length} rows` };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { spent, outcome: error.code };
  }
}

/** How much more was read than may be; one is read to see that it is too many. */
function beyond(spent: Spent): Record<string, number> {
  const counted = ['lines', 'cells', 'tags', 'entities', 'merges'] as const;
  return Object.fromEntries(
    counted.flatMap((what) => (spent[what] > sheetLimits[what] + 1 ? [[what, spent[what]]] : [])),
  );
}

describe('a file of 4 MB', () => {
  test.each(textsOf([',', ';', '\n', '\r', '"', 'a'], 2))('full of %j is read no further than may be', async (text) => {
    expect(beyond((await readingOf(repeated(text))).spent)).toEqual({});
  });

  test.each([
    ['empty lines', '\n', 'lines', 'too-many-rows'],
    ['lines with an empty cell or two', ',\n', 'lines', 'too-many-rows'],
    ['lines with a blank', ' \n', 'lines', 'too-many-rows'],
    ['empty cells in twenties', `${','.repeat(19)}\n`, 'cells', 'too-large'],
    ['empty quoted cells', `${'"",'.repeat(98)}\n`, 'cells', 'too-large'],
  ] as const)('full of %s is refused at the first that is too many', async (_, text, what, outcome) => {
    const read = await readingOf(repeated(text));
    expect(read).toMatchObject({ outcome, spent: { [what]: sheetLimits[what] + 1 } });
  });

  test('that is one line of commas is refused long before its end', async () => {
    const { spent, outcome } = await readingOf(repeated(','));
    expect(outcome).toBe('too-many-columns');
    expect(spent.cells).toBeLessThanOrEqual(sheetLimits.delimiters + 1);
  });
});

describe('an XLSX file', () => {
  test.each(Object.entries(costlyWorkbooks))('full of %s is read no further than may be', async (_, make) => {
    expect(beyond((await readingOf(make())).spent)).toEqual({});
  });

  test.each([
    ['<row/>', 'lines', 'too-many-rows'],
    ['<c/>', 'cells', 'too-large'],
    ['<a/>', 'tags', 'too-large'],
    ['entities', 'entities', 'too-large'],
    ['merged ranges', 'merges', 'too-large'],
  ] as const)('full of %s is refused at the first that is too many', async (name, what, outcome) => {
    const read = await readingOf(costlyWorkbooks[name]?.() ?? new Uint8Array());
    expect(read).toMatchObject({ outcome, spent: { [what]: sheetLimits[what] + 1 } });
  });
});

test('the largest sheets that people have are read: 20,000 rows of fifteen texts, and a roster with room for 4,000 in a hundred columns', async () => {
  const row = (cell: string, cells: number) => `<row>${cell.repeat(cells)}</row>`;
  const texts = row('<c t="inlineStr"><is><t>医用防护口罩</t></is></c>', 15).repeat(20_000);
  const roster = `${row('<c t="inlineStr"><is><t>张三</t></is></c>', 100).repeat(1_700)}${row('<c s="1"/>', 100).repeat(2_300)}`;
  for (const [xml, rows] of [
    [texts, 20_000],
    [roster, 1_700],
  ] as const) {
    const read = await rowsOf(workbook([{ name: '名单', xml: `<sheetData>${xml}</sheetData>` }]));
    expect(read).toHaveLength(rows);
  }
});

test('a sheet that was emptied but for its first rows is read', async () => {
  const text = `姓名,身份证号\n张三,1\n${',\n'.repeat(50_000)}`;
  expect(await rowsOf(Buffer.from(text))).toHaveLength(2);
});
