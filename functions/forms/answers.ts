import type { Form } from '../web/read-form.ts';

/** What was answered so far, by field name: `contact.phone`, `lines.2.item`. */
export type Answers = ReadonlyMap<string, string>;

/** What a form asks. Anything else that comes with it is left behind. */
export interface Questions {
  readonly single: readonly string[];
  /** rows that can be added and removed: the list's name and its columns */
  readonly list?: { readonly name: string; readonly columns: readonly string[] };
}

/** Rows of a list as they were typed; a row with nothing in it is no row. */
export type Row = Readonly<Record<string, string>>;

/** Longest text that is carried from page to page; a longer one is cut and then refused by its own, smaller limit. */
const LONGEST = 10_000;

/** The hidden field in which rows travel that are not shown as inputs: one line a row, its number before it. */
function packedName(list: string): string {
  return `${list}.packed`;
}

function packedRows(form: Form, name: string, columns: readonly string[]): Map<number, Row> {
  const rows = new Map<number, Row>();
  for (const line of form.get(packedName(name)).split(/\r?\n/)) {
    const [index = '', ...cells] = line.split('\t');
    if (/^\d{1,4}$/.test(index)) {
      rows.set(
        Number(index),
        Object.fromEntries(columns.map((column, at) => [column, (cells[at] ?? '').slice(0, LONGEST)])),
      );
    }
  }
  return rows;
}

/** Rows as one text, for {@link packedName}. */
function packRows(rows: ReadonlyMap<number, Row>, columns: readonly string[]): string {
  return [...rows]
    .map(([index, row]) =>
      [index, ...columns.map((column) => (row[column] ?? '').replace(/[\t\r\n]/g, ' '))].join('\t'),
    )
    .join('\n');
}

/** The hidden field with the key to rows that are kept beside the form, see `long-list.ts`. */
function keptName(list: string): string {
  return `${list}.kept`;
}

/** The key to a list's rows that are kept beside the form; `''` where none are. */
export function keptKey(answers: Answers, { name }: NonNullable<Questions['list']>): string {
  return answers.get(keptName(name)) ?? '';
}

/** The same as a form sent it. */
export function sentKey(form: Form, { name }: NonNullable<Questions['list']>): string {
  return form.get(keptName(name)).slice(0, LONGEST);
}

/** The answers with another key to their rows; with `''` they have none. */
export function withKey(answers: Answers, { name }: NonNullable<Questions['list']>, key: string): Answers {
  const others = [...answers].filter(([each]) => each !== keptName(name));
  return new Map(key === '' ? others : [...others, [keptName(name), key]]);
}

/** Whether the answers have a key to a list's rows, and none of the rows. */
export function isFolded(answers: Answers, list: NonNullable<Questions['list']>): boolean {
  return keptKey(answers, list) !== '' && !answers.has(`${list.name}.0.${list.columns[0]}`);
}

function formRows(
  form: Form,
  { name, columns }: NonNullable<Questions['list']>,
  without: number | undefined,
  kept: readonly Row[],
): Row[] {
  const rows = new Map([...kept.entries(), ...packedRows(form, name, columns)]);
  for (const field of form.names) {
    const [list, index = '', column = ''] = field.split('.');
    if (list !== name || !/^\d{1,4}$/.test(index) || !columns.includes(column)) continue;
    rows.set(Number(index), { ...rows.get(Number(index)), [column]: form.get(field).slice(0, LONGEST) });
  }
  return [...rows]
    .filter(([index]) => index !== without)
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row)
    .filter((row) => columns.some((column) => (row[column] ?? '').trim() !== ''));
}

/** Puts a list's rows in place of those that were there. */
export function withRows(answers: Answers, list: NonNullable<Questions['list']>, rows: readonly Row[]): Answers {
  const kept = [...answers].filter(([name]) => !name.startsWith(`${list.name}.`));
  const added = rows.flatMap((row, index) =>
    list.columns.map((column): [string, string] => [`${list.name}.${index}.${column}`, row[column] ?? '']),
  );
  return new Map([...kept, ...added]);
}

/**
 * Takes the answers out of what was sent. Rows are numbered anew without the empty ones, so that a problem with row 3
 * is shown at row 3.
 * @param without the row to leave out, as it was numbered in the form
 * @param kept the rows that the form's key names: of these it sends only what was shown to be mended
 */
export function readAnswers(form: Form, questions: Questions, without?: number, kept: readonly Row[] = []): Answers {
  const single = questions.single.flatMap((name): [string, string][] =>
    form.all(name).length > 0 ? [[name, form.get(name).slice(0, LONGEST)]] : [],
  );
  const answers: Answers = new Map(single);
  const { list } = questions;
  if (!list) return answers;
  return withKey(withRows(answers, list, formRows(form, list, without, kept)), list, sentKey(form, list));
}

/** How many rows of a list are answered. */
export function countRows(answers: Answers, { name, columns }: NonNullable<Questions['list']>): number {
  let count = 0;
  while (answers.has(`${name}.${count}.${columns[0]}`)) count++;
  return count;
}

/** The rows of a list in order. */
export function rowsOf(answers: Answers, list: NonNullable<Questions['list']>): Row[] {
  return Array.from({ length: countRows(answers, list) }, (_, index) =>
    Object.fromEntries(list.columns.map((column) => [column, answers.get(`${list.name}.${index}.${column}`) ?? ''])),
  );
}

/** How many rows the form showed, empty ones too. */
export function rowsShown(form: Form, { name, columns }: NonNullable<Questions['list']>): number {
  const indices = form.names.flatMap((field) => {
    const [list, index = ''] = field.split('.');
    return list === name && /^\d{1,4}$/.test(index) ? [Number(index)] : [];
  });
  return new Set([...indices, ...packedRows(form, name, columns).keys()]).size;
}

/** Whether the form carried rows that had been checked and found good. */
export function hasCheckedRows(form: Form, list: NonNullable<Questions['list']>): boolean {
  return form.get(packedName(list.name)) !== '' || sentKey(form, list) !== '';
}

/** The answers that a page does not show as inputs, as hidden fields: names and values. */
export function hiddenFields(
  answers: Answers,
  questions: Questions,
  shown: (name: string) => boolean,
): [string, string][] {
  const { list } = questions;
  const isRow = (name: string) => list !== undefined && name.startsWith(`${list.name}.`);
  const fields = [...answers].filter(([name]) => !isRow(name) && !shown(name));
  if (!list) return fields;
  const key = keptKey(answers, list);
  if (key !== '') return [...fields, [keptName(list.name), key]];
  const packed = new Map(
    rowsOf(answers, list).flatMap((row, index): [number, Row][] =>
      shown(`${list.name}.${index}.${list.columns[0]}`) ? [] : [[index, row]],
    ),
  );
  return packed.size > 0 ? [...fields, [packedName(list.name), packRows(packed, list.columns)]] : fields;
}

/** How a row is called: as in the file that it was read from, where its columns `line` and `sheet` say so, else by its place from 1. */
export function rowName({ line = '', sheet = '' }: Row, index: number): string {
  if (line === '') return String(index + 1);
  return sheet === '' ? line : `${line} (${sheet})`;
}

/** As {@link rowName}, of a row of the answers by its place from 0. */
export function rowNameIn(answers: Answers, list: string, row: number): string {
  const cell = (column: string) => answers.get(`${list}.${row}.${column}`) ?? '';
  return rowName({ line: cell('line'), sheet: cell('sheet') }, row);
}
