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

/** Where the line end that begins at `at` ends: CR LF is one. */
function endOfLine(text: string, at: number): number {
  return text.charCodeAt(at) === OLD_LINE_END && text.charCodeAt(at + 1) === LINE_END ? at + 2 : at + 1;
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

/** What quotation marks hold, the line ends in it, and where they close. */
interface Quoted {
  readonly inside: string;
  readonly lines: number;
  readonly close: number;
}

/** Texts are built from their characters: pieces put together cost twenty times as much where a cell is full of what is replaced. */
const fromCharacters = new TextDecoder('utf-16le', { ignoreBOM: true });

/** What stands between `from` and `to`, each line end as LF and each two quotation marks as one. */
function unquoted(text: string, from: number, to: number): string {
  const characters = new Uint16Array(to - from);
  let count = 0;
  for (let at = from; at < to; ) {
    const code = text.charCodeAt(at);
    characters[count++] = code === OLD_LINE_END ? LINE_END : code;
    at = code === OLD_LINE_END ? endOfLine(text, at) : code === QUOTE ? at + 2 : at + 1;
  }
  return fromCharacters.decode(characters.subarray(0, count));
}

/** Reads from behind a quotation mark to the one that closes it; two of them within are one. Undefined where none closes it. */
function readQuoted(text: string, from: number): Quoted | undefined {
  let lines = 0;
  let isPlain = true;
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      if (text.charCodeAt(at + 1) !== QUOTE)
        return { inside: isPlain ? text.slice(from, at) : unquoted(text, from, at), lines, close: at };
      isPlain = false;
      at += 2;
    } else if (isLineEnd(code)) {
      lines += 1;
      isPlain &&= code === LINE_END;
      at = endOfLine(text, at);
    } else at += 1;
  }
  return undefined;
}

/** A cell that begins with a quotation mark at `from`. Text behind its closing mark makes both marks text. */
function quotedCell(text: string, delimiter: number, from: number, line: number) {
  const quoted = readQuoted(text, from + 1);
  if (!quoted) throw new UnreadableFile('unclosed-quote', { line });
  const { inside, lines, close } = quoted;
  const end = endOfCell(text, delimiter, close + 1);
  return { cell: end === close + 1 ? inside : `"${inside}"${text.slice(close + 1, end)}`, lines, end };
}

/**
 * Goes once through delimited text, record by record; lines without anything are none. A line ends with LF, CR, or both. In
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
  for (let at = 0; at < text.length; at = endOfLine(text, at)) {
    spend(spent, 'lines');
    const record: CsvRecord = { line, cells: [] };
    const begun = at;
    for (;;) {
      spend(spent, 'cells');
      if (record.cells.length === sheetLimits.delimiters) throw new UnreadableFile('too-many-columns', { line });
      if (text.charCodeAt(at) === QUOTE) {
        const { cell, lines, end } = quotedCell(text, separator, at, record.line);
        line += lines;
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
