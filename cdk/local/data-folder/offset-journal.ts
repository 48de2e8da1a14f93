import type { DatabaseSync } from 'node:sqlite';
import { machineNow } from '../clock/local-date.ts';
import type { LocalClock } from '../clock.ts';
import type { Millis } from '../types.ts';

/** Tells what the clock showed when something was written that only knows the machine's time. */
export interface OffsetJournal {
  /** Notes the clock's offset if it has changed. Called before anything is written with the machine's time. */
  note(): void;
  /** What the clock showed at a moment of the machine's time, which was cut to whole seconds. */
  clockTime(machineTime: number): Millis;
  /** The machine's time when the clock showed this, or when it jumped over it. */
  machineTime(moment: Millis): number;
}

/** Keeps the offsets of the clock with the machine's time at which each began. */
export function createOffsetJournal(database: DatabaseSync, clock: LocalClock): OffsetJournal {
  database.exec('CREATE TABLE IF NOT EXISTS clock_offsets (machine INTEGER NOT NULL, moved INTEGER NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO clock_offsets VALUES (?, ?)');
  const entries = database
    .prepare('SELECT machine, moved FROM clock_offsets ORDER BY rowid')
    .all()
    .map(({ machine, moved }) => ({ machine: Number(machine), moved: Number(moved) }));

  const note = (): void => {
    const moved = clock.offset();
    if (entries.at(-1)?.moved === moved) return;
    const entry = { machine: entries.length === 0 ? 0 : machineNow(), moved };
    entries.push(entry);
    insert.run(entry.machine, entry.moved);
  };
  note();

  return {
    note,
    clockTime(machineTime) {
      const entry = entries.findLast(({ machine }) => machine < machineTime + 1_000);
      return machineTime + (entry?.moved ?? 0);
    },
    machineTime(moment) {
      const entry = entries.findLast(({ machine, moved }) => machine + moved <= moment);
      const next = entries[entry === undefined ? 0 : entries.indexOf(entry) + 1];
      const machineTime = moment - (entry?.moved ?? 0);
      return next === undefined ? machineTime : Math.min(machineTime, next.machine);
    },
  };
}
