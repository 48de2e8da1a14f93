import { sheetLimits } from './limits.ts';
import { type Spent, spend } from './spending.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** One line of cells, and the number of the line of text on which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: string[];
}

const QUOTE = 0x22;
const [LINE_END, OLD_LINE_END] = [0x0a, 0x0d];

function isLineEnd(code: number): boolean {
  return code === LINE_END || code === OLD_LINE_END;
}

function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Where the cell ends that begins, or goes on, at `from`: at a delimiter, a line end or the end of the text. */
function endOfCell(text: string, delimiter: number, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === delimiter || isLineEnd(code)) break;
  }
  return at;
}

/** Where the quotation marks close that open before `from`; two of them within are one. */
function endOfQuotes(text: string, from: number): { close: number; doubled: boolean } {
  let doubled = false;
  for (let at = from; at < text.length; at += 1) {
    if (text.charCodeAt(at) !== QUOTE) continue;
    if (text.charCodeAt(at + 1) !== QUOTE) return { close: at, doubled };
    doubled = true;
    at += 1;
  }
  return { close: -1, doubled };
}

/** A cell that begins with a quotation mark at `from`, and where it ends. Text behind its closing mark makes both marks text. */
function quotedCell(text: string, delimiter: number, from: number, line: number): { cell: string; end: number } {
  const { close, doubled } = endOfQuotes(text, from + 1);
  if (close < 0) throw new UnreadableFile('unclosed-quote', { line });
  const within = text.slice(from + 1, close).replaceAll('\r', '\n');
  const inside = doubled ? within.replaceAll('""', '"') : within;
  const end = endOfCell(text, delimiter, close + 1);
  return { cell: end === close + 1 ? inside : `"${inside}"${text.slice(close + 1, end)}`, end };
}

/**
 * Goes once through delimited text with line ends of one character (of either sort), record by record; lines without anything are none. In
 * time and memory proportional to what is read. A tokenizer of our own: csv-parse (7.0, tried in 2026) takes some twenty
 * microseconds a record, and counts neither empty records nor the cells of one before it has made them.
 * @param delimiter one character
 * @param spent counts every line, empty ones too, and every cell
 * @throws UnreadableFile `too-many-rows`, `too-many-columns`, `too-large` as soon as there is more than may be;
 * `unclosed-quote`
 */
export function* csvRecords(text: string, delimiter: string, spent: Spent): Generator<CsvRecord> {
  const separator = delimiter.charCodeAt(0);
  let line = 1;
  for (let at = 0; at < text.length; at += 1) {
    spend(spent, 'lines');
    const record: CsvRecord = { line, cells: [] };
    const begun = at;
    for (;;) {
      spend(spent, 'cells');
      if (record.cells.length === sheetLimits.delimiters) throw new UnreadableFile('too-many-columns', { line });
      if (text.charCodeAt(at) === QUOTE) {
        const { cell, end } = quotedCell(text, separator, at, record.line);
        line += countLineEnds(cell);
        record.cells.push(cell);
        at = end;
      } else {
        const end = endOfCell(text, separator, at);
        record.cells.push(text.slice(at, end));
        at = end;
      }
      if (at >= text.length || isLineEnd(text.charCodeAt(at))) break;
      at += 1;
    }
    line += 1;
    if (at > begun) yield record;
  }
}
