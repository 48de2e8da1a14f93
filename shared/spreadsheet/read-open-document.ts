import type { Sheet } from '../domain/sheet/sheet-row.ts';
import { sheetLimits } from './limits.ts';
import type { MergedCells, OpenRow } from './merged-cells.ts';
import { rowsWithMerged } from './merged-rows.ts';
import { numberText } from './number-text.ts';
import { partText } from './part-text.ts';
import { attribute, scanXml } from './scan-xml.ts';
import type { SheetFile } from './sheet-file.ts';
import { type Spent, spend } from './spending.ts';
import { UnreadableFile } from './unreadable-file.ts';
import type { ZipArchive } from './zip-archive.ts';

/** A sheet while it is read. */
interface OpenSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: Map<number, OpenRow>;
  readonly merges: MergedCells[];
}

/** Elements whose text is no part of the cell: remarks, drawings, how a word is pronounced. */
const ASIDE = new Set(['annotation', 'shapes', 'frame', 'ruby-text', 'custom-shape']);

function times(attributes: string, name: string): number {
  const count = Number(attribute(attributes, name) ?? 1);
  if (!Number.isSafeInteger(count) || count < 1) throw new UnreadableFile('damaged');
  return count;
}

/** What a person sees in a cell: its value where it has one, else its text, else the formula that nobody has worked out. */
function cellText(attributes: string, text: string): { text: string; imprecise: boolean } {
  const exactly = (shown: string) => ({ text: shown, imprecise: false });
  const type = attribute(attributes, 'value-type');
  // an office program writes calcext:value-type beside it, which says when the value is an error
  if (attributes.includes('value-type="error"')) return exactly(text);
  if (type === 'float' || type === 'currency')
    return numberText(attribute(attributes, 'value') ?? text, 'number', false);
  if (type === 'percentage') return numberText(attribute(attributes, 'value') ?? text, 'percent', false);
  if (type === 'date') return exactly((attribute(attributes, 'date-value') ?? text).replace(/T00:00:00(\.0+)?$/, ''));
  if (type === 'boolean') return exactly((attribute(attributes, 'boolean-value') ?? text).toUpperCase());
  const shown = text || (attribute(attributes, 'string-value') ?? '');
  const formula = shown === '' && type === undefined ? attribute(attributes, 'formula') : undefined;
  return exactly(formula === undefined ? shown : formula.replace(/^of:/, ''));
}

/** Listens to `content.xml` and keeps the rows of every sheet. Cells and rows that are repeated cost as if each stood there, but for empty ones. */
function contentReader(spent: Spent) {
  const sheets: OpenSheet[] = [];
  const hiddenStyles = new Set<string>();
  let style = '';
  let isSpreadsheet = false;
  let sheet: OpenSheet | undefined;
  let depth = 0;
  let line = 0;
  let repeatedRows = 1;
  let column = 0;
  let cell: string | undefined;
  let text = '';
  let aside = 0;
  let cells: { column: number; times: number; text: string; imprecise: boolean; rows: number }[] = [];

  function closeCell(attributes: string): void {
    const repeated = times(attributes, 'number-columns-repeated');
    const { text: shown, imprecise } = cellText(attributes, text);
    const value = shown.toWellFormed().trim();
    if (value !== '') {
      const rows = times(attributes, 'number-rows-spanned');
      const isWide = times(attributes, 'number-columns-spanned') > 1;
      spend(spent, 'cells', repeated - 1);
      spend(spent, 'characters', value.length * repeated);
      if (column + repeated > sheetLimits.columns) throw new UnreadableFile('too-many-columns', { line });
      cells.push({ column, times: repeated, text: value, imprecise, rows: isWide ? 1 : rows });
    }
    column += repeated;
  }

  function closeRow(): void {
    if (sheet && cells.length > 0) {
      spend(spent, 'lines', repeatedRows - 1);
      spend(spent, 'cells', (repeatedRows - 1) * cells.reduce((sum, each) => sum + each.times, 0));
      spend(
        spent,
        'characters',
        (repeatedRows - 1) * cells.reduce((sum, each) => sum + each.text.length * each.times, 0),
      );
      for (let row = line; row < line + repeatedRows; row += 1) {
        if (sheet.rows.size === sheetLimits.rows) throw new UnreadableFile('too-many-rows');
        const open: OpenRow = { cells: [], imprecise: [], merged: [] };
        for (const each of cells) {
          for (let at = each.column; at < each.column + each.times; at += 1) {
            while (open.cells.length < at) open.cells.push('');
            open.cells[at] = each.text;
            if (each.imprecise) open.imprecise.push(at);
          }
          if (each.rows > 1 && row === line) {
            spend(spent, 'merges');
            sheet.merges.push({ column: each.column, from: line, to: line + each.rows - 1 });
          }
        }
        sheet.rows.set(row, open);
      }
    }
    line += repeatedRows;
  }

  return {
    sheets,
    isSpreadsheet: () => isSpreadsheet,
    open(name: string, attributes: string) {
      if (name === 'style') style = attribute(attributes, 'name') ?? '';
      else if (name === 'table-properties') {
        if (attribute(attributes, 'display') === 'false') hiddenStyles.add(style);
      } else if (name === 'spreadsheet') isSpreadsheet = true;
      else if (name === 'table') {
        depth += 1;
        // a table within a cell is a part of no sheet
        if (depth > 1) return;
        if (sheets.length === sheetLimits.sheets) throw new UnreadableFile('too-many-sheets');
        const hidden = hiddenStyles.has(attribute(attributes, 'style-name') ?? '');
        sheet = { name: attribute(attributes, 'name') ?? '', hidden, rows: new Map(), merges: [] };
        sheets.push(sheet);
        line = 1;
      } else if (depth !== 1) return;
      else if (name === 'table-row') {
        spend(spent, 'lines');
        repeatedRows = times(attributes, 'number-rows-repeated');
        column = 0;
        cells = [];
      } else if (name === 'table-cell' || name === 'covered-table-cell') {
        spend(spent, 'cells');
        cell = attributes;
        text = '';
      } else if (ASIDE.has(name)) aside += 1;
      else if (cell !== undefined && aside === 0) {
        if (name === 'p' && text !== '') text += '\n';
        else if (name === 'line-break') text += '\n';
        else if (name === 's' || name === 'tab') text += ' ';
      }
    },
    close(name: string) {
      if (name === 'table') depth -= 1;
      if (depth !== 1) return;
      if (ASIDE.has(name)) aside -= 1;
      else if (name === 'table-cell' || name === 'covered-table-cell') {
        if (cell !== undefined) closeCell(cell);
        cell = undefined;
      } else if (name === 'table-row') closeRow();
    },
    text(part: string) {
      if (cell !== undefined && aside === 0 && depth === 1) text += part;
    },
  };
}

/**
 * The sheets of an OpenDocument spreadsheet (.ods), see {@link SheetFile}: visible ones, with what they showed when the file was saved.
 *
 * @throws UnreadableFile see {@link UnreadableFile}; `not-a-spreadsheet` for a text or a drawing, `password` for an encrypted one.
 */
export function readOpenDocument(archive: ZipArchive, spent: Spent): SheetFile {
  if (/encryption-data/.test(partText(archive, 'META-INF/manifest.xml') ?? '')) throw new UnreadableFile('password');
  const reader = contentReader(spent);
  scanXml(partText(archive, 'content.xml') ?? '', reader, spent);
  if (!reader.isSpreadsheet()) throw new UnreadableFile('not-a-spreadsheet');
  const filled = reader.sheets.filter(({ rows }) => rows.size > 0);
  const visible = filled.filter(({ hidden }) => !hidden);
  const read = ({ name, rows, merges }: OpenSheet): Sheet => ({ name, rows: rowsWithMerged(rows, merges, spent) });
  if (visible.length === 0) return { sheets: filled.map(read), hidden: [] };
  return { sheets: visible.map(read), hidden: filled.flatMap(({ name, hidden }) => (hidden ? [name] : [])) };
}
