import type { Json } from '../json.ts';
import { type Payload, writePayload } from '../payload.ts';
import type { Bindings } from './bindings.ts';
import { compileExpression, type Expression, FieldError, isExpression, QueryError, wrongType } from './expression.ts';

/** A JSON value in which any string may be an expression, compiled once. */
export type Template =
  | { readonly is: 'constant'; readonly value: Json }
  | { readonly is: 'expression'; readonly expression: Expression }
  | { readonly is: 'list'; readonly items: readonly Template[] }
  | { readonly is: 'object'; readonly fields: readonly (readonly [string, Template])[] };

/** @param field where the template stands, as AWS names it: `Output/a/b[0]`. Throws JSONata's syntax errors. */
export function compileTemplate(value: Json, field: string): Template {
  if (isExpression(value)) return { is: 'expression', expression: compileExpression(value, field) };
  if (Array.isArray(value)) {
    const items = value.map((item, i) => compileTemplate(item, `${field}[${i}]`));
    return items.every((item) => item.is === 'constant') ? { is: 'constant', value } : { is: 'list', items };
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, item]) => [key, compileTemplate(item, `${field}/${key}`)] as const);
    return fields.every(([, item]) => item.is === 'constant') ? { is: 'constant', value } : { is: 'object', fields };
  }
  return { is: 'constant', value };
}

export function evaluateTemplate(template: Template, bindings: Bindings): Json | Promise<Json> {
  return template.is === 'constant' ? template.value : evaluated(template, bindings);
}

/** The value with its text, in which numbers that were only handed on have their digits. */
export async function evaluatePayload(template: Template, bindings: Bindings): Promise<Payload> {
  return writePayload(await evaluateTemplate(template, bindings), bindings.longs);
}

async function evaluated(template: Template, bindings: Bindings): Promise<Json> {
  switch (template.is) {
    case 'constant':
      return template.value;
    case 'expression':
      return template.expression.evaluate(bindings);
    case 'list': {
      const out: Json[] = [];
      for (const item of template.items) out.push(await evaluateTemplate(item, bindings));
      return out;
    }
    case 'object': {
      const fields: [string, Json][] = [];
      for (const [key, item] of template.fields) fields.push([key, await evaluateTemplate(item, bindings)]);
      return Object.fromEntries(fields);
    }
  }
}

/** A field that is a literal or one expression, e.g. TimeoutSeconds. */
export type Scalar = Template & { readonly is: 'constant' | 'expression' };

export function compileScalar(value: Json, field: string): Scalar {
  return isExpression(value)
    ? { is: 'expression', expression: compileExpression(value, field) }
    : { is: 'constant', value };
}

async function evaluateScalar(scalar: Scalar, bindings: Bindings): Promise<Json> {
  return scalar.is === 'constant' ? scalar.value : scalar.expression.evaluate(bindings);
}

function refuse(scalar: Scalar, expected: string, value: Json, field: string): QueryError {
  if (scalar.is === 'expression') return wrongType(scalar.expression, expected, value);
  return new QueryError(`The field '${field}' must be a ${expected} but was: ${JSON.stringify(value)}`, field);
}

export async function evaluateString(scalar: Scalar, bindings: Bindings, field: string): Promise<string> {
  const value = await evaluateScalar(scalar, bindings);
  if (typeof value !== 'string') throw refuse(scalar, 'string', value, field);
  return value;
}

export async function evaluateBoolean(scalar: Scalar, bindings: Bindings, field: string): Promise<boolean> {
  const value = await evaluateScalar(scalar, bindings);
  if (typeof value !== 'boolean') throw refuse(scalar, 'boolean', value, field);
  return value;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  /** Whole numbers only, unless told otherwise. */
  readonly fractions?: boolean;
}

export async function evaluateNumber(
  scalar: Scalar,
  bindings: Bindings,
  field: string,
  bounds: Bounds,
): Promise<number> {
  const value = await evaluateScalar(scalar, bindings);
  if (typeof value !== 'number') throw refuse(scalar, 'number', value, field);
  if (!bounds.fractions && !Number.isInteger(value)) {
    throw new FieldError(`The ${field} field cannot be parsed as an integer: ${value}`, field);
  }
  if (value < bounds.least || value > bounds.most) {
    throw new FieldError(
      `The ${field} field must be between ${bounds.least} and ${bounds.most} but was: ${value}`,
      field,
    );
  }
  return value;
}
