import { localDate } from '../../shared/domain/time.ts';
import type { FormView } from '../web/form-view.ts';
import type { PageView } from './application.ts';
import { type Description, partsOf } from './description.ts';
import type { Reader, Values } from './desk-values.ts';
import { fillIn } from './fill-in.ts';
import type { OwnFields } from './own.ts';
import { readFields, type Typed } from './read-fields.ts';

/** A form at a desk: what it asks, and what of that a description cannot say. */
export interface DeskForm {
  readonly description: Description;
  readonly own: OwnFields;
  readonly labels: Readonly<Record<string, string>>;
}

/** Rows beyond those that are filled: a few to go on with. */
function rowsToDraw(form: FormView, scope: string, { fields }: Description, more: boolean): number {
  const [list] = Object.entries(fields).filter(([, { widget }]) => widget === 'rows');
  if (!list) return 0;
  const [name, field] = list;
  const most = field.widget === 'rows' ? field.most : 0;
  const columns = partsOf(field).map(([column]) => column);
  let used = 0;
  for (let row = 0; row < most; row++)
    if (columns.some((column) => form.value(`${scope}${name}.${row}.${column}`) !== '')) used = row + 1;
  return Math.min(most, Math.max(4, used + (more ? 8 : 2)));
}

/** The page that a desk's form is drawn on. @param more more rows were asked for */
export function deskPage(
  { description }: Pick<DeskForm, 'description'>,
  form: FormView,
  more: boolean,
  scope = '',
): PageView {
  return {
    language: form.language,
    form,
    answers: new Map(),
    rows: rowsToDraw(form, scope, description, more),
    today: localDate(Date.now()),
    checked: false,
    scope,
    dense: true,
  };
}

/** What was typed at a desk: empty rows between others stay where they are, and are no rows. */
export function typedAt(values: Values, reader: Reader): Typed {
  return { value: values, rows: reader.used };
}

/** Reads a desk's form into `reader`. */
export function readDesk(
  { description, own }: Pick<DeskForm, 'description' | 'own'>,
  values: Values,
  reader: Reader,
): Record<string, unknown> {
  const { body, problems } = readFields(description, typedAt(values, reader), own);
  reader.problems.push(...problems);
  return body;
}

/** What the fields of a desk's form hold before anybody typed: what the case says already. */
export function filledBy(
  { description, own }: Pick<DeskForm, 'description' | 'own'>,
  subject: object,
): Record<string, string> {
  return Object.fromEntries(fillIn(description.fields, subject, own));
}
