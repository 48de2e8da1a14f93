import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const pathIn = (dataDir: string): string => join(dataDir, 'last-backup');

/** Remembers, in the data folder, that a backup of it was made. */
export function noteBackup(dataDir: string): void {
  writeFileSync(pathIn(dataDir), new Date().toISOString(), { mode: 0o600 });
}

/** When the last backup of a data folder was made, an instant; undefined where none was. */
export function lastBackup(dataDir: string): string | undefined {
  try {
    return readFileSync(pathIn(dataDir), 'utf8');
  } catch {
    return undefined;
  }
}
