import { closeSync, copyFileSync, mkdirSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

/** What is no part of the state: made anew at every start, or of the running process, or another copy. */
const LEFT_OUT = /^(lock|assembly$|snapshot-)|\.sock$/;
/** What SQLite keeps beside a file of data; the copy of the file has it inside. */
const BESIDE = /-(wal|shm|journal)$/;
const MAGIC = Buffer.from('SQLite format 3\0');
/**
 * Who reads comes before what is read: the places of readers, then accepted events, then executions, the tables last. What
 * was carried on in between is carried on again, which is nothing new; the other way round it would be lost.
 */
const READERS_FIRST = ['cloud.db', 'lambda', 'step-functions', 'oidc'];

/**
 * Copies a data folder as it is at one moment, also while a stack works with it: what a kill then would have left. It waits
 * for no rest: a reading transaction on each file of data holds that moment, one right after the other, while work goes on.
 * `to` must not be there yet; it is removed when this throws.
 */
export async function copyDataFolder(dataDir: string, to: string): Promise<void> {
  const files = filesIn(dataDir);
  const kept = files.filter((file) => isDatabase(join(dataDir, file))).toSorted((a, b) => rank(a) - rank(b));
  const others = files.filter((file) => !kept.includes(file));
  mkdirSync(to, { mode: 0o700 });
  const opened: { readonly file: string; readonly database: DatabaseSync }[] = [];
  try {
    for (const file of kept) {
      opened.push({ file, database: new DatabaseSync(join(dataDir, file), { readOnly: true, timeout: 5_000 }) });
    }
    for (const { database } of opened) {
      database.exec('BEGIN');
      // the moment is held from the first read on
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
    }
    for (const file of others) copyOne(join(dataDir, file), place(to, file));
    for (const { file, database } of opened) await backup(database, place(to, file), { rate: 1_000 });
  } catch (error) {
    rmSync(to, { recursive: true, force: true });
    throw error;
  } finally {
    for (const { database } of opened) database.close();
  }
}

function filesIn(dataDir: string): string[] {
  const roots = readdirSync(dataDir, { withFileTypes: true }).filter(({ name }) => !LEFT_OUT.test(name));
  return roots
    .flatMap((root) => {
      if (root.isFile()) return [root.name];
      if (!root.isDirectory()) return [];
      return readdirSync(join(dataDir, root.name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(dataDir.length + 1));
    })
    .filter((file) => !BESIDE.test(file) && !LEFT_OUT.test(file));
}

function rank(file: string): number {
  const place = READERS_FIRST.indexOf(file.split(sep)[0] ?? '');
  return place < 0 ? READERS_FIRST.length : place;
}

function isDatabase(path: string): boolean {
  const head = Buffer.alloc(MAGIC.length);
  const descriptor = openSync(path, 'r');
  try {
    return readSync(descriptor, head) === MAGIC.length && head.equals(MAGIC);
  } finally {
    closeSync(descriptor);
  }
}

function copyOne(from: string, to: string): void {
  try {
    copyFileSync(from, to);
  } catch (error) {
    // a log that was just replaced by the next
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

function place(to: string, file: string): string {
  const path = join(to, file);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}
