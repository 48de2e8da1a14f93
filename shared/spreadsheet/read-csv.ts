import type { SheetRow } from '../domain/sheet/sheet-row.ts';
import { collectRows } from './collect-rows.ts';
import { csvRecords } from './csv-records.ts';
import { nothingSpent, type Spent } from './spending.ts';
import { UnreadableFile } from './unreadable-file.ts';

const DELIMITERS = [',', '\t', ';', '，'] as const;
/** So many rows, of the first so many characters, tell which delimiter a file has. */
const SAMPLE_ROWS = 50;
const SAMPLE_CHARACTERS = 100_000;

/** How many of the first rows agree on a number of columns above one, and on which. */
function agreement(text: string, delimiter: string): { rows: number; columns: number } {
  const seen = new Map<number, number>();
  let rows = 0;
  try {
    for (const { cells } of csvRecords(text.slice(0, SAMPLE_CHARACTERS), delimiter, nothingSpent())) {
      seen.set(cells.length, (seen.get(cells.length) ?? 0) + 1);
      rows += 1;
      if (rows === SAMPLE_ROWS) break;
    }
  } catch (error) {
    // A quotation mark left open in the sample, or too much of something. What was read before it still counts.
    if (!(error instanceof UnreadableFile)) throw error;
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

/**
 * The rows of delimited text. The delimiter is the one on which most of the first rows agree (comma, tab, semicolon or
 * the fullwidth comma), unless a first line `sep=…` names it.
 *
 * @throws UnreadableFile `too-many-rows`, `too-many-columns`, `too-large` or `unclosed-quote`.
 */
export function readCsv(text: string, spent: Spent): SheetRow[] {
  const named = /^sep=(.)\r?\n/i.exec(text);
  const body = named ? text.slice(named[0].length - 1) : text;
  const rows = collectRows(spent);
  for (const { line, cells } of csvRecords(body, named?.[1] ?? findDelimiter(body), spent))
    rows.add({ line, cells: cells.map(unwrap) });
  return rows.all();
}
