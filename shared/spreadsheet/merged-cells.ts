import { columnOf } from './cell-address.ts';
import { sheetLimits } from './limits.ts';

/** A row while it is read: its cells, and the columns whose digits are not to be trusted or whose value is repeated. */
export interface OpenRow {
  readonly cells: string[];
  readonly imprecise: number[];
  readonly merged: number[];
}

/** Cells of one column that are merged: their value is written in the first only. Rows from 1, the column from 0. */
export interface MergedCells {
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

/** Characters of `$XFD$1048576:$XFD$1048576`, the longest there is. */
const LONGEST_REFERENCE = 25;

/** Reads `A2:A9`. Nothing for cells merged across columns: those are titles. */
export function parseMerged(reference: string): MergedCells[] {
  const [first = '', last = ''] = reference.slice(0, LONGEST_REFERENCE).split(':');
  const column = columnOf(first);
  const from = Number(/\d+$/.exec(first)?.[0]);
  const to = Number(/\d+$/.exec(last)?.[0]);
  return column !== undefined && column === columnOf(last) && from < to ? [{ column, from, to }] : [];
}

/**
 * Repeats the value of merged cells in the rows below that have something in them. Merged cells cannot overlap in a file
 * that a spreadsheet program wrote; in one that was made to waste time only the first of them count.
 */
export function fillMerged(
  rows: readonly (readonly [line: number, row: OpenRow])[],
  merges: readonly MergedCells[],
): void {
  const filledTo = new Map<number, number>();
  const ordered = merges
    .filter(({ column }) => column < sheetLimits.columns)
    .sort((first, second) => first.from - second.from);
  const positions = new Map(rows.map(([line], index) => [line, index]));
  for (const { column, from, to } of ordered) {
    const start = positions.get(from);
    if (start === undefined || from <= (filledTo.get(column) ?? 0)) continue;
    filledTo.set(column, to);
    const value = rows[start]?.[1].cells[column] ?? '';
    for (let index = start + 1; value !== '' && index < rows.length; index += 1) {
      const [line, row] = rows[index] ?? [Number.POSITIVE_INFINITY];
      if (line > to || !row) break;
      if ((row.cells[column] ?? '') !== '') continue;
      while (row.cells.length < column) row.cells.push('');
      row.cells[column] = value;
      row.merged.push(column);
    }
  }
}
