/** Spreadsheet programs take a cell that begins like this, in either width, for a formula. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;
/**
 * What a program would turn into another number: it keeps fifteen digits, shows more than eleven as 1.2E+11 and saves what
 * it shows, drops a zero or a plus at the beginning, and reads 12E5 as 1,200,000.
 */
const LOSES_DIGITS = /^(\+?\d{12,}|\+?0\d+|\+\d+|\d+[Ee][+-]?\d+)$/;
/** The semicolon and the tab too: programs in some countries split at them. */
const NEEDS_QUOTES = /[",;\t\r\n]/;
/**
 * What such a program takes for the beginning of a cell within one of ours, before a formula: it splits there, since for it
 * the quotation mark of our cell is in the middle of a cell of its own.
 */
const FORMULA_INSIDE = /([;\t\r\n])(?=["\s]*[=+\-@＝＋－＠])/g;

function csvCell(value: string): string {
  // the form in which a program keeps digits as text; our reader takes it off again
  if (LOSES_DIGITS.test(value)) return `"=""${value}"""`;
  const begun = FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  const text = begun.replace(FORMULA_INSIDE, "$1'");
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows as a CSV file that any spreadsheet program opens rightly: UTF-8 with a byte order mark (Excel takes it for the
 * country's old encoding without one), lines ended by CRLF. What a program would run as a formula, whether it splits cells at
 * commas, semicolons or tabs, gets an apostrophe before it; plain numbers stay as they are, and digits that are no amount
 * (an identity number, a telephone with a zero before it) stand as `="…"`, a formula of our own that gives the text.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;
}
