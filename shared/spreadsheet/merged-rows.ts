import type { SheetRow } from '../domain/sheet/sheet-row.ts';
import { collectRows } from './collect-rows.ts';
import { fillMerged, type MergedCells, type OpenRow } from './merged-cells.ts';
import type { Spent } from './spending.ts';

/** The rows of a sheet by their numbers, in order, with the values of merged cells in every row that they cover. */
export function rowsWithMerged(
  rows: ReadonlyMap<number, OpenRow>,
  merges: readonly MergedCells[],
  spent: Spent,
): SheetRow[] {
  const lines = [...rows].sort(([first], [second]) => first - second);
  fillMerged(lines, merges);
  const collected = collectRows(spent);
  for (const [line, { cells, imprecise, merged }] of lines) {
    collected.add({
      line,
      cells,
      ...(imprecise.length > 0 && { imprecise }),
      ...(merged.length > 0 && { merged }),
    });
  }
  return collected.all();
}
