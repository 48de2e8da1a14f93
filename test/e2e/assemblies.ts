import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { keepNewest } from '../run/keep-newest.ts';

/** Megabytes are about twenty times as many. */
const MOST = 16;

/** Lets the stacks of a run share what was synthesized from the same sources, with those of the run before. */
export function setup(): void {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/jieli/assemblies');
  mkdirSync(folder, { recursive: true });
  keepNewest(folder, MOST);
  process.env.JIELI_ASSEMBLIES = folder;
}
