/**
 * `npm run bench`: what Jieli costs, beside what one would use instead, and whether targets are met. It takes some
 * minutes, wants the machine for itself, and asserts nothing. With names of parts it measures only those.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { coldStarts } from './cold-starts.ts';
import { perCase } from './per-case.ts';
import { permissions } from './permissions.ts';
import { print } from './report.ts';
import { sealing } from './sealing.ts';
import { starts } from './starts.ts';
import { tables } from './tables.ts';
import { uploads } from './uploads.ts';

/** In a process of its own: it fills the memory with executions, and measures that. */
function stepFunctions(): void {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'step-functions.ts'), 'json'],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`the Step Functions figures could not be had:\n${stderr}`);
  print(JSON.parse(stdout));
}

const parts: Readonly<Record<string, () => Promise<void> | void>> = {
  starts,
  functions: async () => print(await coldStarts()),
  cases: async () => print(await perCase()),
  'step-functions': stepFunctions,
  tables: async () => print(await tables()),
  sealing: async () => print(await sealing()),
  permissions: async () => print(await permissions()),
  uploads: async () => print(await uploads()),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}; parts are ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
const load = () => `${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`;
console.log(`Node ${process.version}, ${load()}`);
const failed: string[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    await measure();
  } catch (error) {
    // the other parts are measured all the same
    failed.push(name);
    console.error(`\nThe part ${name} came to nothing:`, error);
  }
}
console.log(`\nAt the end: ${load()}. Other work on the machine makes times longer and ratios less sure.`);
if (failed.length > 0) console.log(`Not measured: ${failed.join(', ')}.`);
process.exit(failed.length > 0 ? 1 : 0);
