import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What others than the owner may do. */
const OTHERS = 0o077;

/**
 * Takes away what others than the owner may do with a folder and all in it: keys, tables and mails lie there.
 * @returns how many files and folders were open to others
 */
export function closeToOthers(folder: string): number {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return [folder, ...paths].filter(closeOne).length;
}

function closeOne(path: string): boolean {
  try {
    const found = lstatSync(path);
    if (found.isSymbolicLink() || (found.mode & OTHERS) === 0) return false;
    chmodSync(path, found.mode & 0o700);
    return true;
  } catch (error) {
    // what a running stack removed meanwhile needs no closing
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
