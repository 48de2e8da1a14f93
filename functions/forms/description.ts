import * as z from 'zod';
import type { Kind } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { AnyFields, AnyPart, AnyText, AnyTexts, FormName } from '../../shared/kinds/define.ts';
import { fieldsOf } from '../../shared/kinds/fields.ts';
import { askingWords } from '../../shared/kinds/words.ts';

/** The fields of one form in their order, with their words. */
export interface Description {
  readonly kind: Kind;
  readonly form: FormName;
  readonly language: Language;
  readonly fields: AnyFields;
  readonly texts: AnyTexts;
  /** titles of the pages */
  readonly steps: Readonly<Record<string, string>>;
  /** of a whole request at this door: says which fields may be left empty */
  readonly schema: z.ZodObject;
}

/** What the form `form` of a kind asks. */
export function describe(language: Language, kind: Kind, form: FormName, schema: z.ZodObject): Description {
  const asked = Object.entries(fieldsOf[kind]).filter(([, field]) => field.in.includes(form));
  const { fields, steps } = askingWords(language, kind);
  return { kind, form, language, fields: Object.fromEntries(asked), texts: fields, steps, schema };
}

/** The pages of a form, each with the names of its fields. */
export function stepsOf({ fields }: Pick<Description, 'fields'>): ReadonlyMap<string, readonly string[]> {
  const steps = new Map<string, string[]>();
  for (const [name, { step }] of Object.entries(fields)) steps.set(step, [...(steps.get(step) ?? []), name]);
  return steps;
}

/** The parts of a group, a place or a row; none of anything else. */
export function partsOf(part: AnyPart): readonly (readonly [string, AnyPart])[] {
  return 'parts' in part ? Object.entries(part.parts) : [];
}

/** The names of the single inputs that a field is drawn as; rows and what is a kind's own are none of them. */
export function singleNames(name: string, part: AnyPart): string[] {
  if (part.widget === 'rows' || part.widget === 'own') return [];
  const parts = partsOf(part);
  return parts.length === 0 ? [name] : parts.flatMap(([inner, each]) => singleNames(`${name}.${inner}`, each));
}

/** The words of a field by the name of its input: `lines.3.item` as `lines.item`. */
export function textAt(texts: AnyTexts, name: string): AnyText | undefined {
  const [first = '', ...rest] = name.split('.').filter((part) => !/^(\d+|\*)$/.test(part));
  const text = texts[first];
  return rest.length === 0 || !text ? text : textAt(text.parts ?? {}, rest.join('.'));
}

/** A part of a row with what the row is called: `第 3 行 金额`. */
export function inRow(language: Language, row: string, label: string): string {
  return language === 'zh' ? `${row} ${label}` : `${row}: ${label}`;
}

/** Labels by the names of inputs, as forms know them: `delivery.phone`, `lines.*.item`. */
export function labelsIn(language: Language, texts: AnyTexts, before = '', row?: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [key, text] of Object.entries(texts)) {
    const name = `${before}${key}`;
    labels[name] = row === undefined ? text.label : inRow(language, row, text.label);
    const inner = text.row === undefined ? `${name}.` : `${name}.*.`;
    Object.assign(labels, labelsIn(language, text.parts ?? {}, inner, text.row));
  }
  return labels;
}

/** The labels of all fields of a kind, one each wherever the field is met. */
export function labelsOf(language: Language, kind: Kind): Record<string, string> {
  return labelsIn(language, askingWords(language, kind).fields);
}

/** Whether a field may be left empty, by the schema of the form's body; a choice that has a default is one to be made. */
export function isOptional(schema: z.core.$ZodType | undefined, name: string): boolean {
  const [first, ...rest] = name.split('.');
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return true;
  if (schema instanceof z.ZodDefault) return isOptional(schema.unwrap(), name);
  if (schema instanceof z.ZodArray) return isOptional(schema.element, rest.join('.'));
  return schema instanceof z.ZodObject && first !== undefined && isOptional(schema.shape[first], rest.join('.'));
}

/** The choices that the schema makes where nobody made one, so that a form shows what will be sent. */
export function defaultsOf(
  { fields, schema }: Description,
  shows: (name: string) => boolean = () => true,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(fields).flatMap(([name, { widget }]): [string, string][] => {
      const value: unknown =
        widget === 'choice' && shows(name) ? z.safeParse(schema.shape[name], undefined).data : undefined;
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
