import { closeSync, fdatasync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

/** A file of what small services keep. Each change is there after a kill; after a power cut, once `durable` has said so. */
export interface DataFile {
  readonly database: DatabaseSync;
  /**
   * Resolves when all that was written so far is on disk, at once when it is already. Those who wait at the same time share
   * a sync, which holds up nobody else. Rejects when the disk fails.
   */
  durable(): Promise<void>;
  close(): void;
}

/** Makes what was written to an open file lie on disk. */
type Sync = (descriptor: number) => Promise<void>;

/** Opens the file or makes it. Close it at the end. */
export function openDataFile(file: string, sync: Sync = promisify(fdatasync)): DataFile {
  const database = new DatabaseSync(file);
  // NORMAL: a commit is in the log and not synced yet; writing the log back syncs in the order that SQLite needs
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  const changes = database.prepare('SELECT total_changes() AS count');
  const count = (): number => Number(changes.get()?.count);
  let log: number | undefined;
  let synced = 0;
  let running: { readonly upTo: number; readonly done: Promise<void> } | undefined;
  let next: Promise<void> | undefined;

  const begin = (): Promise<void> => {
    next = undefined;
    const upTo = count();
    // SQLite removes the log only when it closes the file
    log ??= openSync(`${file}-wal`, 'r+');
    const done = sync(log)
      .then(() => {
        synced = upTo;
      })
      .finally(() => {
        running = undefined;
      });
    running = { upTo, done };
    return done;
  };

  return {
    database,
    async durable() {
      const wanted = count();
      if (wanted <= synced) return;
      if (running !== undefined && running.upTo >= wanted) return running.done;
      // the one that runs may have begun before this was written
      next ??= (running?.done ?? Promise.resolve()).catch(() => undefined).then(begin);
      return next;
    },
    close() {
      if (log !== undefined) closeSync(log);
      database.close();
    },
  };
}

/** Does some changes together or none of them. */
export function together<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
