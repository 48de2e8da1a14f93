import type { DatabaseSync } from 'node:sqlite';

/** How far each reader of a stream has come: what lies before has been dealt with, whatever happens. */
export interface Positions {
  /** The sequence number of the last record that is done; undefined when nothing is; null when there is no entry. */
  read(lane: string): string | undefined | null;
  write(lane: string, sequenceNumber: string | undefined): void;
}

/** Keeps positions in the data folder: a change is there after a kill. */
export function createPositions(database: DatabaseSync): Positions {
  database.exec('CREATE TABLE IF NOT EXISTS positions (lane TEXT PRIMARY KEY, sequence TEXT) STRICT, WITHOUT ROWID');
  const select = database.prepare('SELECT sequence FROM positions WHERE lane = ?');
  const upsert = database.prepare('INSERT INTO positions VALUES (?1, ?2) ON CONFLICT DO UPDATE SET sequence = ?2');
  return {
    read(lane) {
      const row = select.get(lane);
      if (row === undefined) return null;
      return typeof row.sequence === 'string' ? row.sequence : undefined;
    },
    write: (lane, sequenceNumber) => void upsert.run(lane, sequenceNumber ?? null),
  };
}
