import type { SheetRow } from './sheet-row.ts';

/** How the column of one field is recognized. */
export interface ColumnRule<F extends string> {
  readonly field: F;
  /** Headings that mean this field and nothing else, as {@link foldHeading} leaves them. */
  readonly names: readonly string[];
  /** Looser forms, tried in their order on the columns that no name claimed. */
  readonly patterns?: readonly RegExp[];
}

/** A column of the file: its place, counted from 0, and its heading as written. */
export interface Column {
  readonly index: number;
  readonly header: string;
}

export type Columns<F extends string> = Readonly<Partial<Record<F, Column>>>;

export interface Header<F extends string> {
  /** The heading row's place among the rows given, counted from 0. */
  readonly at: number;
  readonly columns: Columns<F>;
  /** Columns with a heading that means no field: nothing of them is used. */
  readonly ignored: readonly Column[];
}

/** Titles, dates and instructions may stand above the headings; not more rows than this. */
const ROWS_ABOVE = 30;

/** Characters of a heading that count: a cell may have millions, and what is in brackets is looked for from each that opens. */
const LONGEST_HEADING = 200;

/** A heading without case, width, spaces, punctuation, and what is in brackets ("数量（件）" is "数量"). */
export function foldHeading(text: string): string {
  const plain = text.slice(0, LONGEST_HEADING).normalize('NFKC').toLowerCase();
  const withoutBrackets = plain.replace(/[([{<【〔《][^)\]}>】〕》]*[)\]}>】〕》]/g, '');
  const words = (part: string) => part.replace(/[^\p{L}\p{N}]/gu, '');
  return words(withoutBrackets) || words(plain);
}

function recognize<F extends string>(cells: readonly string[], rules: readonly ColumnRule<F>[]): Omit<Header<F>, 'at'> {
  const headings = cells.map(foldHeading);
  const columns: Partial<Record<F, Column>> = {};
  const taken = new Set<number>();
  const claim = (field: F, matches: (heading: string) => boolean) => {
    if (columns[field]) return;
    const index = headings.findIndex((heading, place) => heading !== '' && !taken.has(place) && matches(heading));
    if (index < 0) return;
    taken.add(index);
    columns[field] = { index, header: cells[index] ?? '' };
  };
  for (const { field, names } of rules) claim(field, (heading) => names.includes(heading));
  for (const { field, patterns = [] } of rules)
    for (const pattern of patterns) claim(field, (heading) => pattern.test(heading));
  const ignored = cells
    .map((header, index) => ({ index, header }))
    .filter(({ index }) => headings[index] && !taken.has(index));
  return { columns, ignored };
}

/**
 * Finds the row of headings: of the first rows the one in which most fields are recognized, one that has all the
 * `required` fields before any that has not. With none of them anywhere, the first row.
 */
export function findHeader<F extends string>(
  rows: readonly SheetRow[],
  rules: readonly ColumnRule<F>[],
  required: readonly F[],
): Header<F> {
  let best: Header<F> = { at: 0, ...recognize([], rules) };
  let most = -1;
  for (const [at, { cells }] of rows.slice(0, ROWS_ABOVE).entries()) {
    const found = recognize(cells, rules);
    const complete = required.every((field) => found.columns[field] !== undefined);
    const score = Object.keys(found.columns).length + (complete ? rules.length : 0);
    if (score > most) {
      best = { at, ...found };
      most = score;
    }
  }
  return best;
}
