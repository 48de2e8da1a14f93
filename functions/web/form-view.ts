import type { FieldProblem } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import { fieldText } from '../../shared/i18n/errors.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import { boundsInYuan } from './money-bounds.ts';

/** A field that is wrong: its name, its label as the person knows it, and what to do. */
interface FieldError {
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

/** What a form's fields are drawn from: the language, what was typed so far, and what is wrong with it. */
export interface FormView {
  readonly language: Language;
  value(name: string): string;
  label(name: string): string;
  /** what is wrong with the field, in the reader's language */
  error(name: string): string | undefined;
  readonly errors: readonly FieldError[];
}

interface FormViewInput {
  readonly language: Language;
  /** labels by field name; `lines.*.item` stands for every row, and its text may name `{row}` */
  readonly labels: Readonly<Record<string, string>>;
  readonly value?: (name: string) => string;
  readonly problems?: readonly FieldProblem[];
  /** how a row is called, by its place from 0; left out, its place from 1 */
  readonly rowName?: (row: number) => string | number;
  /** what a page says about a field in words of its own */
  readonly said?: readonly { readonly name: string; readonly text: string }[];
}

/** The field of a form that a pointer into the domain's input means: `/contact/name` is `contact.name`. */
export function fieldName(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The id of a field's element, for its label and for links to it. */
export function fieldId(name: string): string {
  return `f-${name.replaceAll('.', '-')}`;
}

function labelIn(
  labels: Readonly<Record<string, string>>,
  name: string,
  rowName: (row: number) => string | number,
): string {
  const row = /\.(\d+)(\.|$)/.exec(name)?.[1];
  const pattern = name.replace(/\.\d+(?=\.|$)/g, '.*');
  for (const key of [name, pattern]) {
    const text = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (text !== undefined) return fill(text, row === undefined ? {} : { row: rowName(Number(row)) });
  }
  return '';
}

/** Some fields know better than their schema what should have been typed. */
function refined(name: string, problem: FieldProblem): FieldProblem {
  const unclear = ['not-a-choice', 'not-regex', 'invalid'].includes(problem.code);
  if (unclear && /(^|\.)phone$/.test(name)) return { ...problem, code: 'not-a-phone' };
  if (unclear && /(^|\.)caseId$/.test(name)) return { ...problem, code: 'not-a-case-number' };
  if (unclear && /(^|\.)email$/.test(name)) return { ...problem, code: 'not-email' };
  return problem;
}

/** A form as it is shown: empty, or again with its values kept and its problems beside them. */
export function formView(input: FormViewInput): FormView {
  const { language, labels, problems = [], said = [], rowName = (row) => row + 1 } = input;
  const label = (name: string) => labelIn(labels, name, rowName);
  const errors = new Map<string, FieldError>();
  for (const { name, text } of said) errors.set(name, { name, label: label(name), text });
  for (const problem of problems) {
    const name = fieldName(problem.pointer);
    if (!errors.has(name))
      errors.set(name, {
        name,
        label: label(name),
        text: fieldText(language, boundsInYuan(refined(name, problem), name)),
      });
  }
  return {
    language,
    label,
    value: input.value ?? (() => ''),
    error: (name) => errors.get(name)?.text,
    errors: [...errors.values()],
  };
}
