import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { numberIn } from '../storage/rows.ts';

/**
 * What the clock showed at a moment of the machine's time, which was cut to whole seconds: 0.1.0 wrote down each offset of
 * the clock with the machine's time at which it began.
 */
export function clockTimesIn(file: string): (machineTime: number) => number {
  if (!existsSync(file)) return (machineTime) => machineTime;
  const database = new DatabaseSync(file);
  try {
    const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'clock_offsets'").get();
    const rows = known ? database.prepare('SELECT machine, moved FROM clock_offsets ORDER BY rowid').all() : [];
    const entries = rows.map((row) => ({ machine: numberIn(row, 'machine'), moved: numberIn(row, 'moved') }));
    return (machineTime) => {
      const entry = entries.findLast(({ machine }) => machine < machineTime + 1_000);
      return machineTime + (entry?.moved ?? 0);
    };
  } finally {
    database.close();
  }
}
