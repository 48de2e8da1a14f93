import { randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import { isObject, type Json, typeName } from '../json.ts';
import { boundStrings, errorCode, InternalError, MemoryExceeded, registerAwsFunctions } from './aws-functions.ts';
import type { Bindings } from './bindings.ts';

/** AWS's own bounds on nesting and on a sequence; the time bound (ms) keeps one expression from stalling all. */
const LIMITS = { stack: 100, sequence: 873_782, timeout: 5_000 };

/** An expression, or the value it gave, is not what its field needs. Becomes States.QueryEvaluationError. */
export class QueryError extends Error {
  /** The field the expression stands in, e.g. `Arguments/Payload`; none where the state's input itself is wrong. */
  readonly location: string | undefined;
  constructor(message: string, location?: string) {
    super(message);
    this.name = 'QueryError';
    this.location = location;
  }
}

/** A value of the right type that its field cannot take: found when the state, its expressions evaluated, acts on it. */
export class FieldError extends QueryError {}

export interface Expression {
  /** The text between the delimiters, as AWS quotes it in messages. */
  readonly text: string;
  readonly field: string;
  readonly ast: jsonata.ExprNode;
  evaluate(bindings: Bindings): Promise<Json>;
}

/** AWS takes a string for an expression only if the delimiters are its very first and last characters. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 4 && value.startsWith('{%') && value.endsWith('%}');
}

function expressionText(value: string): string {
  return value.slice(2, -2).trim();
}

/** Compiles once; throws JSONata's syntax error (an object with `code`, `message` and `position`). */
export function compileExpression(value: string, field: string): Expression {
  const text = expressionText(value);
  const compiled = jsonata(text, LIMITS);
  registerAwsFunctions(compiled);
  boundStrings(compiled, text);
  const query = `The JSONata expression '${text}' specified for the field '${field}'`;
  return {
    text,
    field,
    ast: compiled.ast(),
    async evaluate(bindings) {
      let result: unknown;
      try {
        result = await compiled.evaluate(undefined, bindings.names);
      } catch (error) {
        throw new QueryError(`${query} threw an ${reason(error)}`, field);
      }
      if (isFunction(result)) throw new QueryError(`${query} returned an unsupported result type.`, field);
      const value = toJson(result);
      if (value === undefined) throw new QueryError(`${query} returned nothing (undefined).`, field);
      return value;
    },
  };
}

function reason(error: unknown): string {
  return error instanceof InternalError
    ? `internal error during evaluation. ${randomUUID()}`
    : `error during evaluation${detail(error)}`;
}

function detail(error: unknown): string {
  const code = errorCode(error);
  if (code === 'D1011')
    return ': Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive';
  if (code === 'D1012') return ': Expression evaluation timeout: Check for infinite loop';
  if (code === 'D2014' || code === 'D2015') return `: ${new MemoryExceeded().message}`;
  const message = isObject(error) && typeof error.message === 'string' ? error.message : String(error);
  return code === undefined ? `: ${message}` : `. ${code}: ${message}`;
}

/** Plain JSON out of what JSONata gave: its arrays carry flags that would change how a later expression reads them. */
function toJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  // JSON has no number for these; AWS writes them as JavaScript names them.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map((item) => toJson(item) ?? null);
  if (!isObject(value) || isFunction(value)) return undefined;
  // Not by assignment: a key may be `__proto__`.
  const fields: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const plain = toJson(item);
    if (plain !== undefined) fields.push([key, plain]);
  }
  return Object.fromEntries(fields);
}

/** Whether JSONata gave a function (regular expressions are functions too): its own hold one of JavaScript's, as data cannot. */
function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (!isObject(value)) return false;
  const { apply, implementation, environment } = value;
  return [apply, implementation, isObject(environment) && environment.lookup].some((own) => typeof own === 'function');
}

/** The error AWS gives when an expression's value has the wrong type. */
export function wrongType(expression: Expression, expected: string, value: Json): QueryError {
  const text =
    `The JSONata expression '${expression.text}' specified for the field '${expression.field}' returned an unexpected ` +
    `result type. Expected '${expected}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`;
  return new QueryError(text, expression.field);
}
