import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Removes all that a folder has but what was made last: so many, and other runs may still work with these. */
export function keepNewest(folder: string, most: number): void {
  const made = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const all = readdirSync(folder).toSorted((a, b) => made(b) - made(a));
  for (const name of all.slice(most)) rmSync(join(folder, name), { recursive: true, force: true });
}
