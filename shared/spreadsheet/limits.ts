/**
 * What is read at most. Bytes are counted before anything is parsed, all else while it is: what is empty and will be left
 * out counts like the rest, because it was read too.
 */
export const sheetLimits = {
  /** Bytes of the file: what one request can carry. */
  bytes: 4 * 1024 * 1024,
  /** Rows that have something in them, of all sheets together. */
  rows: 20_000,
  columns: 100,
  /** Sheets of a workbook, hidden ones too. */
  sheets: 255,
  /** Rows with and without anything in them: a sheet that was emptied keeps its rows. */
  lines: 100_000,
  /** Cells of one row, with and without anything in them: the most that spreadsheet programs know. */
  delimiters: 16_384,
  /** Cells in all, with and without anything in them: 20,000 rows of twenty, with room. */
  cells: 450_000,
  /** Tags of all the parts of one XLSX file. A cell with a number has four, one with a text of its own six. */
  tags: 2_100_000,
  /** Characters of an XLSX file that are written as entities. */
  entities: 1_000_000,
  /** Merged ranges of a sheet. */
  merges: 100_000,
  /** Bytes of all the parts of one XLSX file that are unpacked. A full sheet of 20,000 rows of 15 cells takes about two thirds. */
  unpackedBytes: 24_000_000,
  /** Characters of all cells together: one shared text can be named by a million cells. */
  characters: 16_000_000,
  /** The same with what merged cells repeat. */
  kept: 16_000_000,
} as const;

/** What of a file is counted while it is read; `kept` are the characters of the rows that are handed on. */
export type Countable = 'rows' | 'kept' | 'lines' | 'cells' | 'tags' | 'entities' | 'merges' | 'characters';
