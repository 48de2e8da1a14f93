import type { Sheet } from '../domain/sheet/sheet-row.ts';
import type { Encoding } from './decode-text.ts';

/** What was read of a file. */
export interface SheetFile {
  /** Every sheet that a person sees and that has something in it, in the file's order; the hidden ones where there is no other. */
  readonly sheets: readonly Sheet[];
  /** Names of hidden sheets that have cells; nothing of them was read. */
  readonly hidden: readonly string[];
  /** How the letters of a file of text were stored; `guessed` where the bytes would be text in another encoding too. */
  readonly encoding?: { readonly name: Encoding; readonly guessed: boolean };
}
