import { CsvError, parse } from 'csv-parse/sync';
import type { SheetRow } from '../domain/sheet/sheet-row.ts';
import { collectRows } from './collect-rows.ts';
import { UnreadableFile } from './unreadable-file.ts';

const DELIMITERS = [',', '\t', ';', '，'] as const;
/** So many rows tell which delimiter a file has. */
const SAMPLE_ROWS = 50;

function eachRecord(
  text: string,
  delimiter: string,
  to: number,
  take: (cells: string[], endLine: number) => void,
): void {
  parse(text, {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    to,
    on_record: (cells: string[], { lines }) => {
      take(cells, lines);
      return null;
    },
  });
}

/** How many of the first rows agree on a number of columns above one, and on which. */
function agreement(text: string, delimiter: string): { rows: number; columns: number } {
  const seen = new Map<number, number>();
  try {
    eachRecord(text, delimiter, SAMPLE_ROWS, (cells) => seen.set(cells.length, (seen.get(cells.length) ?? 0) + 1));
  } catch {
    // A quotation mark left open in the sample. What was read before it still counts.
  }
  let best = { rows: 0, columns: 1 };
  for (const [columns, rows] of seen) if (columns > 1 && rows > best.rows) best = { rows, columns };
  return best;
}

function findDelimiter(text: string): string {
  let found = ',';
  let best = { rows: 0, columns: 1 };
  for (const delimiter of DELIMITERS) {
    const candidate = agreement(text, delimiter);
    if (candidate.rows > best.rows || (candidate.rows === best.rows && candidate.columns > best.columns)) {
      found = delimiter;
      best = candidate;
    }
  }
  return found;
}

/** `="0012"` is how a CSV file keeps a program from reading digits as a number. */
function unwrap(cell: string): string {
  return /^="([^"]*)"$/.exec(cell)?.[1] ?? cell;
}

function lineEnds(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) for (const character of cell) if (character === '\n') count += 1;
  return count;
}

/**
 * The rows of delimited text. The delimiter is the one on which most of the first rows agree (comma, tab, semicolon or
 * the fullwidth comma), unless a first line `sep=…` names it.
 *
 * @throws UnreadableFile `too-many-rows`, `too-many-columns`, `unclosed-quote` or `damaged`.
 */
export function readCsv(text: string): SheetRow[] {
  const named = /^sep=(.)\r?\n/i.exec(text);
  const body = (named ? text.slice(named[0].length - 1) : text).replace(/\r\n?/g, '\n');
  const rows = collectRows();
  let lastLine = 0;
  try {
    eachRecord(body, named?.[1] ?? findDelimiter(body), -1, (cells, endLine) => {
      lastLine = endLine;
      rows.add({ line: endLine - lineEnds(cells), cells: cells.map(unwrap) });
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') throw new UnreadableFile('unclosed-quote', { line: lastLine + 1 });
    throw new UnreadableFile('damaged', { cause: error });
  }
  return rows.all();
}
