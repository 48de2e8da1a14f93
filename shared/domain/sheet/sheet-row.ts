/** One row of a spreadsheet that has something in it. */
export interface SheetRow {
  /** Its line (CSV) or row (XLSX) in the file, counted from 1, as the person who opens the file sees it. */
  readonly line: number;
  /** What its cells show, trimmed; an empty cell is `''`. */
  readonly cells: readonly string[];
  /** Columns, from 0, of numbers with more digits than a spreadsheet keeps: their last digits are not to be trusted. */
  readonly imprecise?: readonly number[];
  /** Columns, from 0, that repeat the value of a merged cell which began in a row above. */
  readonly merged?: readonly number[];
}

/** One sheet of a file. */
export interface Sheet {
  /** As its tab says; `''` for a file of text, which has one sheet. */
  readonly name: string;
  /** The rows with something in them, in the file's order. */
  readonly rows: readonly SheetRow[];
}
