import type { FieldProblem } from '../../shared/domain/errors.ts';
import type { Answers, Row } from './answers.ts';

/**
 * A list that may be longer than a page can carry. Its rows are then kept beside the form: pages have a key to them, and of
 * the rows only what a person needs to see. Whoever has not the key has no part in them.
 */
export interface LongList {
  /** the rows under a key; undefined where they are not kept any more */
  rows(key: string): Promise<readonly Row[] | undefined>;
  /**
   * The answers as a page has them: with the key to their rows where these are many. Undefined where a key's rows are not kept any more.
   * @param count counts the rows that are kept anew
   */
  keep(answers: Answers, count: (rows: number) => Promise<void>): Promise<Answers | undefined>;
  /** whether the answers have more rows than travel in a page: only what was found wrong with them is shown to be mended */
  isLong(answers: Answers): boolean;
  /** whether a row was typed as a whole: of one that is kept, a page has only what is to be mended */
  isWhole(row: Row): boolean;
  /** what is said where they are not kept any more */
  readonly gone: FieldProblem;
}
