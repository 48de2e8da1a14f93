import { columnLetters } from './cell-address.ts';
import { writeZip, type ZipPart } from './write-zip.ts';

/** A sheet to write: rows of texts. Columns are as many as the longest row has. */
export interface WrittenSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Characters that XML cannot hold. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** What a spreadsheet program takes for an escaped character: `_x000D_`. */
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;
/** What no sheet may have in its name. */
const NOT_IN_NAMES = /[\\/?*[\]:]/g;
const LONGEST_NAME = 31;
/** Characters of a column at its widest. */
const WIDEST = 40;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

function cellXml(text: string, address: string): string {
  if (text === '') return '';
  const content = escaped(text.replace(LOOKS_ESCAPED, '_x005F_'));
  return `<c r="${address}" s="1" t="inlineStr"><is><t xml:space="preserve">${content}</t></is></c>`;
}

/** A wide character counts for two. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character > '\u2e7f' ? 2 : 1), 2);
}

/** Each column has the format of text to its last row: what somebody types below stays as it is typed. */
function sheetXml({ rows }: WrittenSheet): string {
  const count = Math.max(1, ...rows.map(({ length }) => length));
  const columns = Array.from({ length: count }, (_, index) => {
    const width = Math.min(WIDEST, Math.max(12, ...rows.slice(0, 50).map((cells) => widthOf(cells[index] ?? ''))));
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" style="1" customWidth="1"/>`;
  });
  const body = rows.map((cells, at) => {
    const line = at + 1;
    return `<row r="${line}">${cells.map((text, index) => cellXml(text, `${columnLetters(index)}${line}`)).join('')}</row>`;
  });
  return `${HEAD}<worksheet xmlns="${MAIN}"><cols>${columns.join('')}</cols><sheetData>${body.join('')}</sheetData></worksheet>`;
}

function relationships(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const each = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

/** Style 0 is general, as a workbook must have it; style 1 is text (format 49). */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/**
 * An XLSX file of one sheet whose cells and columns are all text: no program takes an identity number for a number, or
 * runs a formula that somebody typed. Written here and not by a library (2026-12): a dozen lines of XML are all that it has.
 */
export function writeWorkbook(sheet: WrittenSheet): Uint8Array {
  const name = escaped(sheet.name.replace(NOT_IN_NAMES, ' ').slice(0, LONGEST_NAME));
  const parts: ZipPart[] = [
    {
      name: '[Content_Types].xml',
      content: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${CONTENT}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/></Types>`,
    },
    { name: '_rels/.rels', content: relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    {
      name: 'xl/workbook.xml',
      content: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relationships([
        ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
        ['rId2', 'styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/styles.xml', content: STYLES },
    { name: 'xl/worksheets/sheet1.xml', content: sheetXml(sheet) },
  ];
  return writeZip(parts);
}
