import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { upgrade } from './upgrade.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS machines (
    arn TEXT PRIMARY KEY, name TEXT NOT NULL, revision INTEGER NOT NULL, status TEXT NOT NULL, created INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tags (machine TEXT PRIMARY KEY, tags TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS revisions (
    id INTEGER PRIMARY KEY, machine TEXT NOT NULL, definition TEXT NOT NULL, role TEXT NOT NULL, settings TEXT NOT NULL,
    uuid TEXT, created INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS revisions_of ON revisions (machine);
  CREATE TABLE IF NOT EXISTS executions (
    id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, name TEXT NOT NULL, machine TEXT NOT NULL, revision INTEGER NOT NULL,
    status TEXT NOT NULL, started INTEGER NOT NULL, stopped INTEGER, input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
    redrives INTEGER NOT NULL DEFAULT 0, redriven INTEGER, redrive_token TEXT,
    run TEXT NOT NULL, due INTEGER, active INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS executions_of ON executions (machine, started, id);
  CREATE INDEX IF NOT EXISTS executions_in ON executions (machine, status, started, id);
  CREATE INDEX IF NOT EXISTS executions_due ON executions (due) WHERE due IS NOT NULL;
  CREATE INDEX IF NOT EXISTS executions_active ON executions (id) WHERE active = 1;
  CREATE INDEX IF NOT EXISTS executions_stopped ON executions (stopped) WHERE stopped IS NOT NULL;
  CREATE TABLE IF NOT EXISTS events (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (execution, id)
  ) WITHOUT ROWID;
`;

export interface Database {
  prepare(sql: string): StatementSync;
  /**
   * Runs statements in the transaction that is gathering. They can be read at once, but nothing of them may be acted
   * on or told to anybody before {@link durable} has resolved.
   */
  write<T>(statements: () => T): T;
  /** Resolves when all that was written so far is on disk; many writers share one sync. Rejects when it could not be
   * written: then none of it was. */
  durable(): Promise<void>;
  close(): void;
}

/** Opens (or makes) the file of data in the folder. WAL with a full sync on every commit: a kill loses nothing. */
export function openDatabase(folder: string): Database {
  mkdirSync(folder, { recursive: true });
  const db = new DatabaseSync(join(folder, 'step-functions.db'));
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA busy_timeout = 5000',
  );
  db.exec(SCHEMA);
  upgrade(db);
  let gathering: PromiseWithResolvers<void> | undefined;

  /** Ends the gathering transaction; one that cannot be committed whole is undone whole. */
  const end = (finish: () => void): void => {
    const batch = gathering;
    gathering = undefined;
    if (batch === undefined) return;
    try {
      finish();
      batch.resolve();
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      batch.reject(error);
    }
  };
  const flush = (): void => end(() => db.exec('COMMIT'));

  return {
    prepare: (sql) => db.prepare(sql),
    write(statements) {
      if (gathering === undefined) {
        db.exec('BEGIN IMMEDIATE');
        gathering = Promise.withResolvers();
        // Whoever waits for it hears of a failure; that nobody waits is no failure of the process.
        gathering.promise.catch(() => {});
        setImmediate(flush);
      }
      try {
        return statements();
      } catch (error) {
        end(() => {
          throw error;
        });
        throw error;
      }
    },
    durable: () => gathering?.promise ?? Promise.resolve(),
    close() {
      flush();
      db.close();
    },
  };
}
