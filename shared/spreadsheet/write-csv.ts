/** Spreadsheet programs take a cell that begins like this, in either width, for a formula. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;
/** The semicolon and the tab too: programs in some countries split at them, and not inside quotation marks. */
const NEEDS_QUOTES = /[",;\t\r\n]/;

function csvCell(value: string): string {
  const text = FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows as a CSV file that any spreadsheet program opens rightly: UTF-8 with a byte order mark (Excel takes it for the
 * country's old encoding without one), lines ended by CRLF. A cell that such a program would run as a formula gets an
 * apostrophe before it; plain numbers stay as they are.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;
}
