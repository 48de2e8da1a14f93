import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, settings } from './settings.ts';

const { dataDir } = settings;
const from = resolve(
  process.argv[2] ?? fail('Usage: npm run restore -- FILE.tar.gz   (into JIELI_DATA, which must be empty)'),
);
if (!existsSync(from)) fail(`There is no ${from}.`);
if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
  fail(
    `${dataDir} is not empty. Name another folder with JIELI_DATA, or move that one away: restoring overwrites nothing.`,
  );
}
mkdirSync(dataDir, { recursive: true, mode: 0o700 });
execFileSync('tar', ['-xzf', from, '-C', dataDir]);
console.log(`Restored into ${dataDir}. npm start goes on where the backup was; what fell due meanwhile happens then.`);
