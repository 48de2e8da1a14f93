import { type Countable, sheetLimits } from './limits.ts';
import { UnreadableFile, type UnreadableFileCode } from './unreadable-file.ts';

/** What reading a file has cost so far, counted as it is read and before anything of it is thrown away. */
export type Spent = Record<Countable, number>;

const refusals: Readonly<Record<Countable, UnreadableFileCode>> = {
  rows: 'too-many-rows',
  kept: 'too-large',
  lines: 'too-many-rows',
  cells: 'too-large',
  tags: 'too-large',
  entities: 'too-large',
  merges: 'too-large',
  characters: 'too-large',
};

/** A file of which nothing was read yet. */
export function nothingSpent(): Spent {
  return { rows: 0, kept: 0, lines: 0, cells: 0, tags: 0, entities: 0, merges: 0, characters: 0 };
}

/** How a file is refused of which too much was read. */
export function tooMuch(what: Countable): UnreadableFile {
  return new UnreadableFile(refusals[what]);
}

/** @throws UnreadableFile once more was read than {@link sheetLimits} allows */
export function spend(spent: Spent, what: Countable, amount = 1): void {
  spent[what] += amount;
  if (spent[what] > sheetLimits[what]) throw tooMuch(what);
}
