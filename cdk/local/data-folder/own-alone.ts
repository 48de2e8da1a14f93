import { chmodSync, lchownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What others than the owner may do. */
const OTHERS = 0o077;

/**
 * Takes away what others than the owner may do with a folder and all in it: keys, tables and mails lie there.
 * @returns how many files and folders were open to others
 */
export function closeToOthers(folder: string): number {
  return [folder, ...allIn(folder)].filter(closeOne).length;
}

/** Gives all that root has put into a folder to the folder's owner, whose service could not read it else. */
export function giveToOwner(folder: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  for (const path of allIn(folder)) lchownSync(path, uid, gid);
}

const allIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

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
