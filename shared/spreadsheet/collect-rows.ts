import type { SheetRow } from '../domain/sheet/sheet-row.ts';
import { sheetLimits } from './limits.ts';
import { type Spent, spend } from './spending.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Keeps what is within {@link sheetLimits}; rows without content are left out, cells are trimmed. */
export function collectRows(spent: Spent): { add: (row: SheetRow) => void; all: () => SheetRow[] } {
  const rows: SheetRow[] = [];
  return {
    /** @throws UnreadableFile `too-many-rows`, `too-many-columns` or `too-large`. */
    add(row) {
      const cells = row.cells.map((cell) => cell.trim());
      while (cells.at(-1) === '') cells.pop();
      if (cells.length === 0) return;
      if (cells.length > sheetLimits.columns) throw new UnreadableFile('too-many-columns', { line: row.line });
      spend(spent, 'rows');
      for (const cell of cells) spend(spent, 'kept', cell.length);
      rows.push({ ...row, cells });
    },
    all: () => rows,
  };
}
