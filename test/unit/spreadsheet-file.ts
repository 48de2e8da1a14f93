import { crc32, deflateRawSync } from 'node:zlib';
import type { SheetRow } from '../../shared/domain/sheet/sheet-row.ts';
import { readSheets } from '../../shared/spreadsheet/index.ts';

/** A part of a ZIP archive made for a test; `declare` lies about its size. */
export interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly declare?: number;
}

function header(signature: number, fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Buffer {
  const out = Buffer.alloc(4 + fields.reduce((sum, [bytes]) => sum + bytes, 0));
  out.writeUInt32LE(signature);
  let at = 4;
  for (const [bytes, value] of fields) at = out.writeUIntLE(value, at, bytes);
  return out;
}

/** A ZIP archive of deflated parts. */
export function zip(parts: readonly Part[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declare } of parts) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain);
    const sizes = [
      [4, crc32(plain)],
      [4, packed.length],
      [4, declare ?? plain.length],
      [2, Buffer.byteLength(name)],
    ] as const;
    const local = header(0x04034b50, [[2, 20], [2, 0], [2, 8], [4, 0], ...sizes, [2, 0]]);
    files.push(local, Buffer.from(name), packed);
    directory.push(
      header(0x02014b50, [
        [2, 20],
        [2, 20],
        [2, 0],
        [2, 8],
        [4, 0],
        ...sizes,
        [2, 0],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, offset],
      ]),
      Buffer.from(name),
    );
    offset += local.length + Buffer.byteLength(name) + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = header(0x06054b50, [
    [2, 0],
    [2, 0],
    [2, parts.length],
    [2, parts.length],
    [4, entries.length],
    [4, offset],
    [2, 0],
  ]);
  return Buffer.concat([...files, entries, end]);
}

const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function relationships(targets: readonly (readonly [id: string, type: string, target: string])[]): string {
  const list = targets.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${TYPE}/${type}" Target="${target}"/>`,
  );
  return `<?xml version="1.0"?><Relationships xmlns="x">${list.join('')}</Relationships>`;
}

/** A worksheet of a test's workbook: the XML within `<worksheet>`. */
export interface Worksheet {
  readonly name: string;
  readonly xml: string;
  readonly hidden?: boolean;
}

/** An XLSX file. `strings` and `formats` are the XML within `<sst>` and the number formats of the cell styles, from style 0. */
export function workbook(
  sheets: readonly Worksheet[],
  more: { strings?: string; formats?: readonly (number | string)[]; date1904?: boolean } = {},
): Uint8Array {
  const formats = more.formats ?? [];
  const own = formats.flatMap((format, index) =>
    typeof format === 'string' ? [`<numFmt numFmtId="${200 + index}" formatCode="${format}"/>`] : [],
  );
  const styles = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === 'string' ? 200 + index : format}"/>`,
  );
  const list = sheets.map(
    ({ name, hidden }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`,
  );
  return zip([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: '_rels/.rels', content: relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: `<workbook><workbookPr date1904="${more.date1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relationships([
        ...sheets.map((_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`] as const),
        ['rIdS', 'sharedStrings', '/xl/sharedStrings.xml'],
        ['rIdT', 'styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/sharedStrings.xml', content: `<sst>${more.strings ?? ''}</sst>` },
    {
      name: 'xl/styles.xml',
      content: `<styleSheet><numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`,
    },
    ...sheets.map(({ xml }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content: `<worksheet>${xml}</worksheet>`,
    })),
  ]);
}

/** An OpenDocument spreadsheet; `xml` of a sheet is what stands within `<table:table>`. */
export function openDocument(sheets: readonly Worksheet[]): Uint8Array {
  const tables = sheets.map(
    ({ name, xml, hidden }) =>
      `<table:table table:name="${name}" table:style-name="${hidden ? 'ta2' : 'ta1'}">${xml}</table:table>`,
  );
  const style = (name: string, display: boolean) =>
    `<style:style style:name="${name}" style:family="table"><style:table-properties table:display="${display}"/></style:style>`;
  const styles = `<office:automatic-styles>${style('ta1', true)}${style('ta2', false)}</office:automatic-styles>`;
  const body = `<office:body><office:spreadsheet>${tables.join('')}</office:spreadsheet></office:body>`;
  return zip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
    { name: 'content.xml', content: `<office:document-content>${styles}${body}</office:document-content>` },
  ]);
}

/** `<sheetData>` whose cells are all texts, as most programs other than Excel write them. */
export function textCells(rows: readonly (readonly string[])[]): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const cell = (text: string) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  return `<sheetData>${rows.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('')}</sheetData>`;
}

/** Text without the control characters that no cell has; line ends stay. */
export function printable(text: string): string {
  return [...text].filter((character) => character === '\n' || (character >= ' ' && character !== '\u007f')).join('');
}

/** The rows of a file of one sheet. */
export async function rowsOf(bytes: Uint8Array): Promise<readonly SheetRow[]> {
  const { sheets } = await readSheets(bytes);
  const [only] = sheets;
  if (!only || sheets.length > 1) throw new Error(`${sheets.length} sheets`);
  return only.rows;
}
