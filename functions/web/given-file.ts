import { writeCsv } from '../../shared/spreadsheet/write-csv.ts';
import { writeWorkbook } from '../../shared/spreadsheet/write-workbook.ts';

/** The kinds of spreadsheet that a door gives out. */
export type SheetFormat = 'csv' | 'xlsx';

export const sheetTypes: Readonly<Record<SheetFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A file that a door gives out: its bytes, and the headers that say what it is and how it is called. */
export interface GivenFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<'content-type' | 'content-disposition', string>>;
}

/** Rows as a spreadsheet to be kept. `name` is without its ending, in letters of English. */
export function sheetFile(format: SheetFormat, name: string, rows: readonly (readonly string[])[]): GivenFile {
  const bytes = format === 'csv' ? new TextEncoder().encode(writeCsv(rows)) : writeWorkbook({ name, rows });
  return {
    // bytes, not text: as a text it would lose its byte order mark on the way
    body: new Uint8Array(bytes),
    headers: {
      'content-type': sheetTypes[format],
      'content-disposition': `attachment; filename="${name}.${format}"`,
    },
  };
}
