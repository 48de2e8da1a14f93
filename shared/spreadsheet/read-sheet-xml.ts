import type { SheetRow } from '../domain/sheet/sheet-row.ts';
import { columnOf } from './cell-address.ts';
import { sheetLimits } from './limits.ts';
import { type MergedCells, type OpenRow, parseMerged } from './merged-cells.ts';
import { rowsWithMerged } from './merged-rows.ts';
import type { NumberKind } from './number-format.ts';
import { numberText } from './number-text.ts';
import { attribute, scanXml } from './scan-xml.ts';
import { type Spent, spend } from './spending.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** What the cells of a sheet refer to in the rest of the workbook. */
export interface WorkbookContext {
  readonly strings: readonly string[];
  /** By the cell's style number. */
  readonly styles: readonly NumberKind[];
  readonly date1904: boolean;
}

const LAST_ROW = 1_048_576;

function cellText(
  type: string,
  style: string,
  raw: string,
  formula: string | undefined,
  context: WorkbookContext,
): { text: string; imprecise: boolean } {
  const exactly = (text: string) => ({ text, imprecise: false });
  if (raw === '') return exactly(formula === undefined ? '' : `=${formula}`);
  if (type === 's') return exactly(context.strings[Number(raw)] ?? '');
  if (type === 'b') return exactly(raw === '1' ? 'TRUE' : 'FALSE');
  if (type === 'n') return numberText(raw, context.styles[Number(style)] ?? 'number', context.date1904);
  if (type === 'd') return exactly(raw.replace(/T00:00:00(\.0+)?Z?$/, ''));
  return exactly(raw);
}

/** Listens to a worksheet's XML and keeps its rows, however far apart their numbers are. */
function rowReader(context: WorkbookContext, spent: Spent) {
  const rows = new Map<number, OpenRow>();
  const merges: MergedCells[] = [];
  let line = 0;
  /** that of the line, where anything was found in it since it began */
  let row: OpenRow | undefined;
  let column = -1;
  let type = 'n';
  let style = '';
  let raw = '';
  let formula: string | undefined;
  let listening: 'value' | 'formula' | undefined;
  let phonetic = false;

  function openCell(attributes: string): void {
    spend(spent, 'cells');
    const address = attribute(attributes, 'r');
    column = (address === undefined ? undefined : columnOf(address)) ?? column + 1;
    type = attribute(attributes, 't') ?? 'n';
    style = attribute(attributes, 's') ?? '';
    raw = '';
    formula = undefined;
  }

  function closeCell(): void {
    const { text, imprecise } = cellText(type, style, raw, formula, context);
    // before it is gone through: many cells may name one long text
    spend(spent, 'characters', text.length);
    const value = text.toWellFormed().trim();
    if (value === '') return;
    if (column >= sheetLimits.columns) throw new UnreadableFile('too-many-columns', { line });
    row ??= rows.get(line);
    if (!row) {
      if (rows.size === sheetLimits.rows) throw new UnreadableFile('too-many-rows');
      row = { cells: [], imprecise: [], merged: [] };
      rows.set(line, row);
    }
    while (row.cells.length < column) row.cells.push('');
    row.cells[column] = value;
    if (imprecise) row.imprecise.push(column);
  }

  return {
    rows,
    merges,
    open(name: string, attributes: string) {
      if (name === 'row') {
        spend(spent, 'lines');
        line = Number(attribute(attributes, 'r') ?? line + 1);
        column = -1;
        row = undefined;
        if (!Number.isInteger(line) || line < 1 || line > LAST_ROW) throw new UnreadableFile('damaged');
      } else if (name === 'c') openCell(attributes);
      else if (name === 'rPh') phonetic = true;
      else if (name === 'v' || name === 't') {
        listening = phonetic ? undefined : 'value';
        // a formula whose value is an empty text is an empty cell; without any value it is content that cannot be read
        if (type === 'str') formula = undefined;
      } else if (name === 'f') {
        formula = '';
        listening = 'formula';
      } else if (name === 'mergeCell') {
        spend(spent, 'merges');
        merges.push(...parseMerged(attribute(attributes, 'ref') ?? ''));
      }
    },
    close(name: string) {
      if (name === 'c') closeCell();
      else if (name === 'rPh') phonetic = false;
      else if (name === 'v' || name === 't' || name === 'f') listening = undefined;
    },
    text(text: string) {
      if (listening === 'value') raw += text;
      else if (listening === 'formula') formula = `${formula}${text}`;
    },
  };
}

/**
 * The rows of one worksheet. A formula counts with the value that it had when the file was saved; without one, the cell
 * holds the formula. An error of the spreadsheet is kept as it shows: `#N/A`. Cells merged down a
 * column have their value in every row of theirs that has anything in it.
 *
 * @throws UnreadableFile `too-many-rows`, `too-many-columns`, `too-large` or `damaged`.
 */
export function readSheetXml(xml: string, context: WorkbookContext, spent: Spent): SheetRow[] {
  const reader = rowReader(context, spent);
  scanXml(xml, reader, spent);
  return rowsWithMerged(reader.rows, reader.merges, spent);
}
