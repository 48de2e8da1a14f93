import './begin.ts';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { closeToOthers, giveToOwner } from '../local/data-folder/own-alone.ts';
import { isDataFolder } from '../local/data-folder/secrets.ts';
import { isSealed, readArchive } from './archive.ts';
import { fail, settings } from './settings.ts';

const USAGE = `Usage: npm run restore -- FILE.tar.gz | FILE.tar.gz.age --identity KEY-FILE   (into JIELI_DATA, which must be empty)`;

const { dataDir } = settings;
const { values, positionals } = readArguments();
const [file = fail(USAGE), ...more] = positionals;
if (more.length > 0) fail(USAGE);
const from = resolve(file);
if (!existsSync(from)) fail(`There is no ${from}.`);
if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
  fail(
    `${dataDir} is not empty. Name another folder with JIELI_DATA, or move that one away: restoring overwrites nothing.`,
  );
}
if (values.identity === undefined && (await isSealed(from))) {
  fail(`${from} is encrypted: name the file with its identity (AGE-SECRET-KEY-…) by --identity.`);
}
const identities = values.identity === undefined ? [] : readIdentities(values.identity);

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { identity: { type: 'string' } } });
  } catch {
    return fail(USAGE);
  }
}

/** The identities of a file as `age-keygen` writes it: a line each, and comments. */
function readIdentities(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.trim());
    const found = lines.filter((line) => line.startsWith('AGE-SECRET-KEY-'));
    return found.length > 0 ? found : fail(`${path} holds no identity of age (AGE-SECRET-KEY-…).`);
  } catch (error) {
    return fail(`--identity: ${error instanceof Error ? error.message : String(error)}`);
  }
}

mkdirSync(dataDir, { recursive: true, mode: 0o700 });
try {
  await readArchive(from, dataDir, identities);
  if (!isDataFolder(dataDir)) throw new Error('it is no backup of a stack');
} catch (error) {
  for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true, force: true });
  fail(
    `${from} cannot be restored, ${dataDir} is empty as before: ${error instanceof Error ? error.message : String(error)}`,
  );
}
closeToOthers(dataDir);
giveToOwner(dataDir);
console.log(`Restored into ${dataDir}. npm start goes on where the backup was; what fell due meanwhile happens then.`);
