import { cpSync } from 'node:fs';
import { basename } from 'node:path';
import type { Clock } from '../types.ts';

/** What is no part of the state: it is made anew at every start, or belongs to the running process. */
const LEFT_OUT = new Set(['lock', 'assembly']);

/**
 * Copies a data folder as it is at one moment, when nothing is under way. The copying is synchronous: every call to the
 * database and to the services goes through this thread, so nothing changes meanwhile.
 */
export async function snapshot(dataDir: string, clock: Clock, to: string): Promise<void> {
  await clock.settled();
  cpSync(dataDir, to, {
    recursive: true,
    errorOnExist: true,
    force: false,
    filter: (source) => !LEFT_OUT.has(basename(source)) && !source.startsWith(to) && !source.endsWith('.sock'),
  });
}
