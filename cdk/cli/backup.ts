import './begin.ts';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isDataFolder } from '../local/data-folder/secrets.ts';
import { copyDataFolder } from '../local/data-folder/snapshot.ts';
import { isRecipient, writeArchive } from './archive.ts';
import { noteBackup } from './last-backup.ts';
import { fail, settings } from './settings.ts';

const USAGE = `Usage: npm run backup -- FILE.tar.gz | FOLDER [--to age1…] [--keep N]
  FOLDER     takes a file named after this moment
  --to       a public key of age: only who has its identity can read the backup (age-keygen makes both)
  --keep N   removes the oldest backups in FOLDER beyond N`;
/** A copy on its way into an archive, named after the process that makes it. */
const COPY = /^snapshot-(\d+)-/;
const NAMED = /^jieli-\d{8}T\d{6}Z\.tar\.gz(\.age)?$/;

const { dataDir } = settings;
const { values, positionals } = readArguments();
const keep = values.keep === undefined ? undefined : Number(values.keep);
const [where = fail(USAGE), ...more] = positionals;
if (more.length > 0 || (keep !== undefined && !(Number.isSafeInteger(keep) && keep > 0))) fail(USAGE);
if (values.to !== undefined && !isRecipient(values.to)) {
  fail(`--to: ${values.to} is no public key of age, which looks like age1ql3z7hjy….`);
}
if (!isDataFolder(dataDir)) fail(`${dataDir} is no data folder of a stack: JIELI_DATA names it.`);
const to = archivePath(resolve(where), values.to !== undefined);

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { to: { type: 'string' }, keep: { type: 'string' } } });
  } catch {
    return fail(USAGE);
  }
}

function archivePath(path: string, isSealed: boolean): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    if (keep !== undefined) fail(`--keep: ${path} is no folder.`);
    if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) return path;
    return fail(`There is no folder ${dirname(path)}.`);
  }
  if (!found.isDirectory()) return fail(`${path} is there already; a backup overwrites nothing.`);
  const moment = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  return join(path, `jieli-${moment}.tar.gz${isSealed ? '.age' : ''}`);
}

function removeOlder(folder: string, most: number): void {
  const named = readdirSync(folder).filter((name) => NAMED.test(name));
  for (const name of named.toSorted().slice(0, -most)) rmSync(join(folder, name));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Removes the copies that a kill left; they hold keys. Those beside the folder are of version 0.1.0. */
function removeLeftCopies(): void {
  for (const name of readdirSync(dataDir)) {
    const [, pid] = COPY.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  for (const name of ['snapshot', 'snapshot-begun']) rmSync(`${dataDir}.${name}`, { recursive: true, force: true });
}

removeLeftCopies();
const folder = mkdtempSync(join(dataDir, `snapshot-${process.pid}-`));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${to}.part`, { force: true });
    fail(`backup: stopped by ${signal}; there is no ${to}.`);
  });
}
try {
  const copy = join(folder, 'copy');
  await copyDataFolder(dataDir, copy);
  await writeArchive(copy, to, values.to);
} catch (error) {
  process.exitCode = 1;
  console.error(`backup: there is no ${to}. ${error instanceof Error ? error.message : String(error)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (process.exitCode === undefined) {
  noteBackup(dataDir);
  if (keep !== undefined) removeOlder(dirname(to), keep);
  console.log(
    `${to} holds everything: cases, workflows and what they wait for, mail, keys. ${
      values.to === undefined ? 'Keep it where only you can read it.' : `Only the identity of ${values.to} opens it.`
    }`,
  );
}
