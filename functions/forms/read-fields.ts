import type { FieldProblem } from '../../shared/domain/errors.ts';
import { readDay, typedDay } from '../../shared/domain/read/day.ts';
import { typedQuantity } from '../../shared/domain/read/quantity.ts';
import { readYuan } from '../../shared/domain/read/yuan.ts';
import type { AnyPart } from '../../shared/kinds/define.ts';
import { type Answers, countRows } from './answers.ts';
import { type Description, isOptional, partsOf, singleNames } from './description.ts';
import type { OwnFields } from './own.ts';

/** What was typed into a form, by the names of its inputs. */
export interface Typed {
  /** `''` for one that is not there */
  value(name: string): string;
  /** the numbers of a list's rows in which something was typed */
  rows(list: string, columns: readonly string[]): readonly number[];
}

/** What is wrong with an input, by its name. */
export type FormProblem = Omit<FieldProblem, 'pointer'> & { readonly name: string };

/** What a form makes: the body that is sent on, and what could not be read as what it should be. */
export interface ReadFields {
  readonly body: Record<string, unknown>;
  readonly problems: readonly FormProblem[];
}

/** The answers of a form of several pages: rows are numbered without empty ones. */
export function typedIn(answers: Answers): Typed {
  return {
    value: (name) => answers.get(name) ?? '',
    rows: (name, columns) => [...Array(countRows(answers, { name, columns })).keys()],
  };
}

/** Leaves out what is undefined; nothing at all when nothing is left. */
export function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Reads the fields of a form. What was left empty is left out; whether it may be is the schema's to say. */
export function readFields(description: Description, typed: Typed, own: OwnFields = {}): ReadFields {
  const problems: FormProblem[] = [];

  /** Of a group that is required each part is; changes leave out what stays as it is. */
  function mayStayOut(name: string): boolean {
    return description.form === 'changes' || description.form === 'verified' || isOptional(description.schema, name);
  }

  function read(name: string, part: AnyPart): unknown {
    const text = typed.value(name).trim() === '' ? undefined : typed.value(name);
    switch (part.widget) {
      case 'date':
        return text === undefined ? undefined : typedDay(text);
      case 'yuan': {
        const fen = text === undefined ? undefined : readYuan(text);
        if (text !== undefined && fen === undefined) problems.push({ name, code: 'not-an-amount' });
        return fen;
      }
      case 'rows': {
        const columns = partsOf(part).map(([column]) => column);
        return typed.rows(name, columns).map((row) => inside(`${name}.${row}`, part) ?? {});
      }
      case 'group':
      case 'place':
        return inside(name, part) ?? (mayStayOut(name) ? undefined : {});
      case 'choice':
        // an applicant makes each choice: what a list shows before is none
        return description.form === 'submit' ? typed.value(name) : text;
      default:
        return text;
    }
  }

  /** Nothing typed is an unknown amount; a unit may be typed beside the number. */
  function amount(name: string, unitName: string): Record<string, unknown> {
    const key = (of: string) => of.slice(of.lastIndexOf('.') + 1);
    const unit = typed.value(unitName);
    const amount = typedQuantity(typed.value(name), unit);
    if (!amount.ok) problems.push({ name, code: amount.code });
    return {
      [key(name)]: amount.ok ? amount.quantity : null,
      [key(unitName)]: (amount.ok ? amount.unit : unit) || undefined,
    };
  }

  function inside(name: string, part: AnyPart): Record<string, unknown> | undefined {
    const parts = partsOf(part);
    const single = Object.fromEntries(parts.map(([inner, each]) => [inner, read(`${name}.${inner}`, each)]));
    const amounts = parts.map(([inner, each]) =>
      each.widget === 'quantity' ? amount(`${name}.${inner}`, `${name}.${each.unit}`) : {},
    );
    return given(Object.assign(single, ...amounts));
  }

  const body: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(description.fields)) {
    const special = own[name]?.read?.(typed, description.form);
    if (special) problems.push(...special.problems);
    const value = special ? special.value : read(name, field);
    if (value !== undefined) body[name] = value;
  }
  return { body, problems };
}

/** Days that have passed where only coming ones make sense, but those that `before` had already. */
export function pastDays(
  { fields }: Description,
  typed: Typed,
  today: string,
  before: Answers = new Map(),
): FormProblem[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const day = readDay(typed.value(name));
    const isPast = field.widget === 'date' && field.future === true && day !== undefined && day < today;
    return isPast && day !== before.get(name) ? [{ name, code: 'in-the-past' }] : [];
  });
}

/** A problem with an input as one with the field of the body: rows of the two have the same numbers. */
export function inBody({ name, ...rest }: FormProblem): FieldProblem {
  return { ...rest, pointer: `/${name.replaceAll('.', '/')}` };
}

/** The names of a form's single inputs. */
export function singlesOf({ fields }: Description): string[] {
  return Object.entries(fields).flatMap(([name, field]) => singleNames(name, field));
}
