import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What in a folder, itself included, others than its owner may read, write or enter. */
export function openToOthers(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return [folder, ...paths].filter((path) => (lstatSync(path).mode & 0o077) !== 0);
}

/** The members of an archive with their modes, as `tar` lists them. */
export function membersOf(archive: string): { readonly mode: string; readonly name: string }[] {
  const lines = execFileSync('tar', ['-tvzf', archive], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => ({ mode: line.slice(1, 10), name: line.split(/\s+/)[5] ?? '' }));
}
