import type { SheetRow } from './sheet-row.ts';

/** How the column of one field is recognized. */
export interface ColumnRule<F extends string> {
  readonly field: F;
  /** Headings that mean this field and nothing else, as {@link foldHeading} leaves them. */
  readonly names: readonly string[];
  /** Looser forms, tried in their order on the columns that no name claimed. */
  readonly patterns?: readonly RegExp[];
  /** Headings that mean something else although a name or a pattern matches: an item's code, who supplies it. */
  readonly except?: RegExp;
  /** Whether a cell can hold the field. Of several columns that could be it, the one whose cells do is taken. */
  readonly fits?: (cell: string) => boolean;
  /** Whether a cell can hardly be anything but the field, so that a column under a heading that nobody knows is known by its cells. */
  readonly shows?: (cell: string) => boolean;
}

/** A column of the file: its place, counted from 0, and its heading as written. */
export interface Column {
  readonly index: number;
  /** `''` for a column that has something in it and no heading. */
  readonly header: string;
  /** Its heading is not known; its cells showed what it is. */
  readonly guessed?: true;
}

export type Columns<F extends string> = Readonly<Partial<Record<F, Column>>>;

export interface Header<F extends string> {
  /** The place of the heading row, or of the lower one of two, among the rows given, counted from 0. */
  readonly at: number;
  /** Every heading as written, by column; of two heading rows both, the upper one first. */
  readonly headings: readonly string[];
  /** The same, of two heading rows the lower one alone where it says something. */
  readonly names: readonly string[];
  readonly columns: Columns<F>;
  /** Every column that has a heading, or something below. */
  readonly all: readonly Column[];
  /** Those of them that mean no field: nothing of them is used. */
  readonly ignored: readonly Column[];
}

/** Titles, dates and instructions may stand above the headings; not more rows than this. */
const ROWS_ABOVE = 30;
/** Rows below the headings whose cells are looked at. */
const ROWS_SEEN = 60;
/** The share of a column's cells from which its cells say what it is. */
const MOST_CELLS = 0.6;
/** Cells that say it at least: one alone may be so by chance. */
const LEAST_CELLS = 2;
/** Characters of a heading or cell that count: a cell may have millions, and what is in brackets is looked for from each that opens. */
const LONGEST_HEADING = 200;

/** A heading without case, width, spaces, punctuation, and what is in brackets ("数量（件）" is "数量"). */
export function foldHeading(text: string): string {
  const plain = text.slice(0, LONGEST_HEADING).normalize('NFKC').toLowerCase();
  const withoutBrackets = plain.replace(/[([{<【〔《][^)\]}>】〕》]*[)\]}>】〕》]/g, '');
  const words = (part: string) => part.replace(/[^\p{L}\p{N}]/gu, '');
  return words(withoutBrackets) || words(plain);
}

/** One column's heading: as written, and the folded forms in which it is looked up, the best first. */
interface Heading {
  readonly header: string;
  readonly name: string;
  readonly forms: readonly string[];
}

function headingsOf(cells: readonly string[], above: readonly string[] = []): Heading[] {
  return Array.from({ length: Math.max(cells.length, above.length) }, (_, index) => {
    const [upper = '', lower = ''] = [above[index], cells[index]];
    // a sentence is no heading, whatever words are in it
    if (/[。！]/.test(lower.slice(0, LONGEST_HEADING))) return { header: lower, name: lower, forms: [] };
    if (upper === '' || upper === lower)
      return { header: lower, name: lower, forms: lower === '' ? [] : [foldHeading(lower)] };
    if (lower === '') return { header: upper, name: upper, forms: [foldHeading(upper)] };
    return { header: `${upper} ${lower}`, name: lower, forms: [foldHeading(lower), foldHeading(`${upper}${lower}`)] };
  });
}

/** The cells below the headings, by column. */
type Below = (index: number) => readonly string[];

function cellsBelow(rows: readonly SheetRow[], at: number): Below {
  const seen = rows.slice(at + 1, at + 1 + ROWS_SEEN);
  const columns = new Map<number, readonly string[]>();
  return (index) => {
    const known = columns.get(index);
    if (known) return known;
    const cells = seen
      .map(({ cells: row }) => (row[index] ?? '').slice(0, LONGEST_HEADING))
      .filter((cell) => cell !== '');
    columns.set(index, cells);
    return cells;
  };
}

function share(cells: readonly string[], holds: (cell: string) => boolean): number {
  return cells.filter(holds).length / Math.max(1, cells.length);
}

function recognize<F extends string>(
  headings: readonly Heading[],
  rules: readonly ColumnRule<F>[],
  below: Below,
): Columns<F> {
  const columns: Partial<Record<F, Column>> = {};
  const taken = new Set<number>();
  /** How well a column's cells fit, where its heading does: 1 when they do; an empty column comes after a filled one. */
  const suited = (rule: ColumnRule<F>, index: number) => {
    const cells = below(index);
    if (cells.length === 0) return 0.6;
    return rule.fits ? share(cells, rule.fits) : 1;
  };
  /** Takes the best of the columns for which `rank` gives a number. */
  const claim = (rule: ColumnRule<F>, rank: (forms: readonly string[], index: number) => number | undefined) => {
    if (columns[rule.field]) return;
    let best: { index: number; rank: number } | undefined;
    for (const [index, { forms }] of headings.entries()) {
      if (taken.has(index) || forms.some((form) => rule.except?.test(form))) continue;
      const found = rank(forms, index);
      if (found !== undefined && found > (best?.rank ?? 0)) best = { index, rank: found };
    }
    if (!best) return;
    taken.add(best.index);
    columns[rule.field] = { index: best.index, header: headings[best.index]?.header ?? '' };
  };
  const isNamed = (rule: ColumnRule<F>, forms: readonly string[]) => forms.some((form) => rule.names.includes(form));
  for (const rule of rules) {
    claim(rule, (forms, index) => {
      const fits = isNamed(rule, forms) ? suited(rule, index) : 0;
      // a column of running numbers called ID waits until a looser heading was looked at
      return fits >= 0.5 ? fits : undefined;
    });
  }
  for (const rule of rules) {
    const { patterns = [] } = rule;
    claim(rule, (forms, index) => {
      const pattern = patterns.findIndex((each) => forms.some((form) => each.test(form)));
      if (pattern < 0 && !isNamed(rule, forms)) return undefined;
      return suited(rule, index) + 0.1 - Math.max(0, pattern) * 0.01;
    });
  }
  return columns;
}

/** Adds the columns that are known by their cells alone. */
function recognizeByCells<F extends string>(
  found: Columns<F>,
  headings: readonly Heading[],
  rules: readonly ColumnRule<F>[],
  below: Below,
): Columns<F> {
  const columns: Partial<Record<F, Column>> = { ...found };
  const taken = new Set(Object.values<Column | undefined>(found).map((column) => column?.index));
  for (const { field, shows, except } of rules) {
    if (!shows || columns[field]) continue;
    const candidates = headings.flatMap(({ header, forms }, index) => {
      const cells = below(index);
      const shown = cells.length >= LEAST_CELLS && !forms.some((form) => except?.test(form)) ? share(cells, shows) : 0;
      return taken.has(index) || shown < MOST_CELLS ? [] : [{ index, header, shown }];
    });
    const [best, second] = candidates.sort((one, other) => other.shown - one.shown);
    // two columns that could be it: nobody knows which
    if (!best || second) continue;
    taken.add(best.index);
    columns[field] = { index: best.index, header: best.header, guessed: true };
  }
  return columns;
}

function countOf<F extends string>(columns: Columns<F>): number {
  return Object.keys(columns).length;
}

/**
 * Whether the lower row holds the headings below one that reaches over several columns: some stand where the upper row has
 * nothing, and most of what is new in it is known as a heading by itself. Otherwise it is the first row of data.
 */
function standTogether(
  upper: readonly string[],
  lower: readonly string[],
  isHeading: (cell: string) => boolean,
): boolean {
  const fresh = lower.filter((cell, index) => cell !== '' && cell !== upper[index]);
  const reaches = lower.some((cell, index) => cell !== '' && (upper[index] ?? '') === '');
  return reaches && share(fresh, isHeading) >= MOST_CELLS;
}

/**
 * Finds the headings: of the first rows the one in which most fields are recognized, or two that stand together and
 * tell more than either; those with all the `required` fields before any without. With none of them anywhere, the first row.
 * @param options.alsoHeading what is a heading too, though of no field
 */
export function findHeader<F extends string>(
  rows: readonly SheetRow[],
  rules: readonly ColumnRule<F>[],
  required: readonly F[],
  options: { readonly alsoHeading?: (heading: string) => boolean } = {},
): Header<F> {
  const { alsoHeading = () => false } = options;
  const isHeading = (cell: string) => {
    const form = foldHeading(cell);
    return alsoHeading(form) || rules.some(({ names }) => names.includes(form));
  };
  const candidate = (at: number, from: number) => {
    const headings = headingsOf(rows[at]?.cells ?? [], from < at ? rows[from]?.cells : []);
    const columns = recognize(headings, rules, cellsBelow(rows, at));
    const others = headings.filter(({ forms }) => forms[0] !== undefined && alsoHeading(forms[0])).length;
    const complete = required.every((field) => columns[field] !== undefined);
    // goods that stand alone in a row are a title
    const told = countOf(columns) + (others > 1 ? others : 0);
    return { at, headings, columns, others, told, score: told + (complete ? rules.length : 0) };
  };
  let best = candidate(0, 0);
  let above = best;
  for (let at = 1; at < Math.min(rows.length, ROWS_ABOVE); at += 1) {
    const alone = candidate(at, at);
    if (alone.score > best.score) best = alone;
    if (standTogether(rows[at - 1]?.cells ?? [], rows[at]?.cells ?? [], isHeading)) {
      const both = candidate(at, at - 1);
      // the item that the upper row seemed to name is what stands above the goods: 所需物资 over 口罩, 手套
      const halved = best === above && both.others > 1;
      if (both.told > Math.max(above.told, alone.told) && (both.score > best.score || halved)) best = both;
    }
    above = alone;
  }
  return complete(rows, rules, best);
}

/** The headings as they stand in the row that a person names, or none: -1. */
export function headerAt<F extends string>(
  rows: readonly SheetRow[],
  rules: readonly ColumnRule<F>[],
  at: number,
): Header<F> {
  const headings = headingsOf(rows[at]?.cells ?? []);
  return complete(rows, rules, { at, headings, columns: recognize(headings, rules, cellsBelow(rows, at)) });
}

function complete<F extends string>(
  rows: readonly SheetRow[],
  rules: readonly ColumnRule<F>[],
  found: { readonly at: number; readonly headings: readonly Heading[]; readonly columns: Columns<F> },
): Header<F> {
  const { at, headings } = found;
  // without any heading that is known the row is none: its cells would be taken for headings, and lost
  const known = countOf(found.columns) > 0;
  const columns = known ? recognizeByCells(found.columns, headings, rules, cellsBelow(rows, at)) : found.columns;
  const used = new Set(Object.values<Column | undefined>(columns).map((column) => column?.index));
  const all = columnsIn(rows, at, headings);
  return {
    at,
    headings: headings.map(({ header }) => header),
    names: headings.map(({ name }) => name),
    columns,
    all,
    ignored: all.filter(({ index }) => !used.has(index)),
  };
}

function columnsIn(rows: readonly SheetRow[], at: number, headings: readonly Heading[]): Column[] {
  const filled = new Set(headings.flatMap(({ header }, index) => (foldHeading(header) === '' ? [] : [index])));
  for (const { cells } of rows.slice(at + 1))
    for (const [index, cell] of cells.entries()) if (cell !== '') filled.add(index);
  return [...filled]
    .sort((one, other) => one - other)
    .map((index) => ({ index, header: headings[index]?.header ?? '' }));
}
