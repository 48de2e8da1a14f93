import type * as z from 'zod';
import { type FieldProblem, Rejected } from '../../shared/domain/errors.ts';
import { fieldProblems } from '../../shared/domain/problems.ts';
import { typedDay } from '../../shared/domain/read/day.ts';
import { typedCount, typedQuantity } from '../../shared/domain/read/quantity.ts';
import { readYuan } from '../../shared/domain/read/yuan.ts';

/** The value of a form's field as it was typed; `''` for one that is not there. */
export type Values = (name: string) => string;

/** The fields of an outcome have names of their own, `approved.amount`, so that one page can hold several forms. */
export function scopeOf(outcome: string): string {
  return `${outcome}.`;
}

/** What is wrong with a field of a form, by the field's name. */
type FormProblem = Omit<FieldProblem, 'pointer'> & { readonly name: string };

/** What a form makes: the body that is sent on, and what could not be read as what it should be. */
export interface ReadForm {
  readonly body: Record<string, unknown>;
  readonly problems: readonly FormProblem[];
  /** where fields of the body were typed, if not in inputs of their names */
  readonly rows: TypedPlaces;
}
/** Which rows of the form became a list's entries, without empty ones between; or the one input for the field, see {@link Reader.asOne}. */
type TypedPlaces = ReadonlyMap<string, readonly number[] | string>;

/** Reads typed values, remembering what cannot be read as what it should be. */
export interface Reader {
  readonly problems: FormProblem[];
  /** what was typed, or undefined for an empty field */
  text(name: string): string | undefined;
  /** a whole number, as people write it: `1,200`, `１２００`, `2万`; `unit` may stand beside it */
  whole(name: string, unit?: string): number | undefined;
  /** the amount and unit of a line: 若干 and nothing at all are an unknown amount; the unit may stand beside the number */
  amount(name: string, unitName: string): { readonly quantity: number | null; readonly unit?: string };
  /** a day as it is written; what is no day stays as it was typed */
  day(name: string): string | undefined;
  /** an amount in yuan, as fen */
  fen(name: string): number | undefined;
  ticked(name: string): true | undefined;
  /** the rows `list.0.field`, `list.1.field`… in which something was typed */
  used(list: string, fields: readonly string[]): readonly number[];
  /** says that these fields of the body were typed in one input; an `*` in its name stands for the line */
  asOne(input: string, ...fields: readonly string[]): void;
  readonly rows: TypedPlaces;
}

/** More rows than any form draws. */
const MOST_ROWS = 250;

export function readerOf(values: Values): Reader {
  const problems: FormProblem[] = [];
  const rows = new Map<string, readonly number[] | string>();
  const text = (name: string) => (values(name).trim() === '' ? undefined : values(name));
  const number = (name: string, code: string, parse: (typed: string) => number | undefined) => {
    const typed = text(name);
    if (typed === undefined) return undefined;
    const value = parse(typed);
    if (value === undefined) problems.push({ name, code });
    return value;
  };
  return {
    problems,
    rows,
    text,
    whole: (name, unit) => number(name, 'not-a-number', (typed) => typedCount(typed, unit)),
    amount(name, unitName) {
      const unit = text(unitName);
      const typed = typedQuantity(values(name), unit ?? '');
      if (typed.ok) return { quantity: typed.quantity, ...(typed.unit !== '' && { unit: typed.unit }) };
      problems.push({ name, code: typed.code });
      return { quantity: null, ...(unit !== undefined && { unit }) };
    },
    day(name) {
      const typed = text(name);
      return typed === undefined ? undefined : typedDay(typed);
    },
    fen: (name) => number(name, 'not-an-amount', readYuan),
    ticked: (name) => (values(name) === '' ? undefined : true),
    used: (list, fields) => {
      const used = Array.from({ length: MOST_ROWS }, (_, row) => row).filter((row) =>
        fields.some((field) => text(`${list}.${row}.${field}`) !== undefined),
      );
      rows.set(list, used);
      return used;
    },
    asOne(input, ...fields) {
      for (const field of fields) rows.set(field, input);
    },
  };
}

/** Leaves out what is undefined; nothing at all when nothing is left. */
export function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function entryOf(body: unknown, list: string, index: string): unknown {
  if (typeof body !== 'object' || body === null) return undefined;
  const rows: unknown = Object.entries(body).find(([name]) => name === list)?.[1];
  return Array.isArray(rows) ? rows[Number(index)] : undefined;
}

/**
 * The form field that a pointer into the sent body is about: `/delivery/address` is `delivery.address`, and a row that
 * names its line is found by that line: `/lines/2/quantity` is `lines.L7.quantity`.
 */
export function fieldName(pointer: string, body: unknown, rows: TypedPlaces = new Map()): string {
  const parts = pointer.split('/').slice(1);
  if (parts[0] === 'changes') parts.shift();
  const [list, index, ...rest] = parts;
  if (list === undefined) return '';
  const place = rows.get(list);
  const entry = index === undefined ? undefined : entryOf(body, list, index);
  const line = typeof entry === 'object' && entry !== null && 'line' in entry ? String(entry.line) : undefined;
  if (typeof place === 'string') return place.replace('*', line ?? '');
  const row = place?.[Number(index)] ?? line;
  return row === undefined ? parts.join('.') : [list, row, ...rest].join('.');
}

/**
 * Everything that is wrong, as problems of the form's own fields; what could not be read goes before what the rules say
 * about it.
 * @param scope what the names of the form's fields begin with
 */
export function formProblems(read: ReadForm, refused: readonly FieldProblem[], scope = ''): FieldProblem[] {
  const found = new Map<string, FormProblem>();
  const ruled = refused.map(({ pointer, ...rest }) => ({ ...rest, name: fieldName(pointer, read.body, read.rows) }));
  for (const problem of [...read.problems, ...ruled]) {
    if (!found.has(problem.name)) found.set(problem.name, problem);
  }
  return [...found.values()].map(({ name, ...rest }) => ({
    ...rest,
    pointer: `/${`${scope}${name}`.replaceAll('.', '/')}`,
  }));
}

/**
 * The problems that the schema finds besides: those of fields that could not even be read are left out.
 * @throws {@link Rejected} `invalid` when there is anything wrong with the form
 */
export function assertReadable(read: ReadForm, schema: z.ZodType): void {
  if (read.problems.length === 0) return;
  const result = schema.safeParse(read.body, { reportInput: true });
  throw new Rejected('invalid', { fields: result.success ? [] : fieldProblems(result.error.issues) });
}
