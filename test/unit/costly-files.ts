import { sheetLimits } from '../../shared/spreadsheet/index.ts';
import { openDocument, workbook } from './spreadsheet-file.ts';

const MOST_BYTES = sheetLimits.bytes;
/** A little less than an XLSX file may have when it is unpacked. */
const MOST_UNPACKED = sheetLimits.unpackedBytes - 100_000;

/** A file of the most bytes that an upload may have: a text over and over again. */
export function repeated(text: string): Uint8Array {
  return Buffer.from(text.repeat(Math.floor(MOST_BYTES / Buffer.byteLength(text))));
}

/** Every text of so many of the characters at most. */
export function textsOf(characters: readonly string[], most: number): string[] {
  if (most === 0) return [];
  const shorter = textsOf(characters, most - 1);
  const longest = shorter.filter((text) => [...text].length === most - 1);
  return [...shorter, ...(most === 1 ? [''] : longest).flatMap((text) => characters.map((more) => text + more))];
}

const fill = (text: string): string => text.repeat(Math.floor(MOST_UNPACKED / Buffer.byteLength(text)));
const data = (xml: string): string => `<sheetData>${xml}</sheetData>`;
const grid = (columns: number, cell: string): string => `<row>${cell.repeat(columns)}</row>`.repeat(20_000);
const sheet = (xml: string, more: Parameters<typeof workbook>[1] = {}) => workbook([{ name: 'S', xml }], more);
const one = data('<row><c t="s"><v>0</v></c></row>');

/** XLSX files that cost a reader more than others of their size, by what they are full of. */
export const costlyWorkbooks: Readonly<Record<string, () => Uint8Array>> = {
  ...Object.fromEntries(
    [
      ...['<a>', '<a/>', '<c/>', '<row/>', '<v/>', '<t>', '<!---->', 'a<a>', '&lt;<a>', '<row><c/></row>'],
      ...['<c r="A1"/>', '<c t="s"/>', '<c r="A1" s="0" t="n"/>', '<c><v>1</v></c>'],
    ].map((tag) => [tag, () => sheet(data(fill(tag)))]),
  ),
  'cells with numbers': () => sheet(data(grid(22, '<c><v>1</v></c>'))),
  'cells with a date each': () => sheet(data(grid(22, '<c s="0"><v>9</v></c>')), { formats: [14] }),
  'cells with texts': () => sheet(data(grid(17, '<c t="inlineStr"><is><t>a</t></is></c>'))),
  'cells with one shared text': () => sheet(data(grid(22, '<c t="s"><v>0</v></c>')), { strings: '<si><t>x</t></si>' }),
  'shared texts': () => sheet(one, { strings: fill('<si><t>x</t></si>') }),
  'empty shared texts': () => sheet(one, { strings: fill('<si/>') }),
  entities: () => sheet(one, { strings: `<si><t>${fill('&lt;')}</t></si>` }),
  'numbers of entities': () => sheet(one, { strings: `<si><t>${fill('&#20013;')}</t></si>` }),
  'merged ranges': () => sheet(`${one}<mergeCells>${fill('<mergeCell ref="A1:A9"/>')}</mergeCells>`),
  styles: () => workbook([{ name: 'S', xml: one }], { formats: Array.from({ length: 900_000 }, () => 14) }),
  attributes: () => sheet(data(`<row><c ${fill('a="" ')}r="A1"><v>1</v></c></row>`)),
  'one cell in pieces': () => sheet(data(`<row><c t="str"><v>${fill('<b/>x')}</v></c></row>`)),
  ...Object.fromEntries(
    [
      ...[
        '<table:table-row/>',
        '<table:table-cell/>',
        '<text:p/>',
        '<table:table-row><table:table-cell/></table:table-row>',
      ],
      '<table:table-cell office:value-type="float" office:value="1"/>',
      '<table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell>',
      '<table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>',
    ].map((tag) => [`ODS: ${tag}`, () => openDocument([{ name: 'S', xml: fill(tag) }])]),
  ),
};
