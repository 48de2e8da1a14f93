import { type EngineError, invalid } from '../engine-error.ts';
import { type AttributeValue, typeOf } from '../values/index.ts';
import { type BoundCondition, bindCondition, type Clause } from './bind-condition.ts';
import { checkConditionNames } from './check-names.ts';
import { rememberedByText } from './compiled.ts';
import type { Operand } from './operand.ts';
import type { Placeholders } from './placeholders.ts';
import { readCondition } from './read-condition.ts';

/** Which sort keys a query asks for. */
export type KeyRange =
  | { readonly operator: '=' | '<' | '<=' | '>' | '>='; readonly value: AttributeValue }
  | { readonly operator: 'between'; readonly low: AttributeValue; readonly high: AttributeValue }
  | { readonly operator: 'begins_with'; readonly prefix: AttributeValue };

/** What a query says of each attribute that it names; no table has been looked at. */
export type KeyConditions = ReadonlyMap<string, KeyRange>;

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** The key of a table or an index. */
export interface KeySchema {
  readonly pk: KeyAttribute;
  readonly sk?: KeyAttribute | undefined;
}

const kind = 'KeyConditionExpression';
const compiled = rememberedByText((text) => {
  const syntax = readCondition(kind, text);
  checkConditionNames(kind, syntax);
  return syntax;
});

/** Reads the condition of a query. Throws in AWS's words. */
export function parseKeyConditions(text: string, placeholders: Placeholders): KeyConditions {
  const found = new Map<string, KeyRange>();
  collect(bindCondition(kind, compiled(text), placeholders), found);
  return found;
}

const wrongOperator = (name: string): EngineError =>
  invalid(`Invalid operator used in KeyConditionExpression: ${name}`);
const wrongClause = (words: string): EngineError => invalid(`Invalid condition in KeyConditionExpression: ${words}`);

function collect(condition: BoundCondition, found: Map<string, KeyRange>): void {
  switch (condition.kind) {
    case 'and':
      collect(condition.left, found);
      collect(condition.right, found);
      return;
    case 'or':
    case 'not':
    case 'in':
      throw wrongOperator(condition.kind.toUpperCase());
    default: {
      const [name, range] = clause(condition);
      if (found.has(name)) throw invalid('KeyConditionExpressions must only contain one condition per key');
      found.set(name, range);
    }
  }
}

function clause(condition: Clause): readonly [string, KeyRange] {
  switch (condition.kind) {
    case 'between': {
      if (condition.value.kind !== 'path') {
        throw wrongClause('BETWEEN operator must have the key attribute as its first operand');
      }
      const [name, low, high] = onlyName([condition.value, condition.low, condition.high]);
      return [name, { operator: 'between', low: valueIn(low), high: valueIn(high) }];
    }
    case 'call': {
      const [first, second] = condition.operands;
      if (condition.name !== 'begins_with') throw wrongOperator(condition.name);
      if (first?.kind !== 'path') {
        throw wrongClause('begins_with operator must have the key attribute as its first operand');
      }
      const [name, prefix] = onlyName([first, ...(second ? [second] : [])]);
      return [name, { operator: 'begins_with', prefix: valueIn(prefix) }];
    }
    case 'compare': {
      const { operator, left, right } = condition;
      if (operator === '<>') throw wrongOperator('<>');
      const [name, value] = onlyName([left, right]);
      return [name, { operator: left.kind === 'path' ? operator : mirrored[operator], value: valueIn(value) }];
    }
  }
}

/** `:v < a` is `a > :v`. */
const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** The one attribute that a clause names, and its other operands. */
function onlyName(operands: readonly Operand[]): readonly [string, ...(Operand | undefined)[]] {
  const nested = operands.some((each) => each.kind === 'call' || each.kind === 'sum');
  if (nested) throw invalid('KeyConditionExpressions cannot contain nested operations');
  const paths = operands.flatMap((each) => (each.kind === 'path' ? [each.path] : []));
  if (paths.length > 1) throw wrongClause('Multiple attribute names used in one condition');
  const [name, ...nestedSteps] = paths[0] ?? [];
  if (typeof name !== 'string') throw wrongClause('No key attribute specified');
  if (nestedSteps.length > 0) throw invalid('KeyConditionExpressions cannot have conditions on nested attributes');
  return [name, ...operands.filter((each) => each.kind !== 'path')];
}

function valueIn(operand: Operand | undefined): AttributeValue {
  if (operand?.kind === 'value') return operand.value;
  throw wrongClause('No key attribute specified');
}

/** What a query asks for by the key of its table or index. Throws in AWS's words when the two do not fit. */
export function keysAskedFor(
  conditions: KeyConditions,
  schema: KeySchema,
): { readonly pk: AttributeValue; readonly sk?: KeyRange } {
  if (conditions.size > 2) throw invalid('Conditions can be of length 1 or 2 only');
  const { pk, sk } = schema;
  if (sk === undefined && conditions.size > 1) throw invalid('Query key condition not supported');
  const partition = conditions.get(pk.name);
  if (partition === undefined) throw invalid(`Query condition missed key schema element: ${pk.name}`);
  checkTypes(partition, pk);
  if (partition.operator !== '=') throw invalid('Query key condition not supported');
  if (sk === undefined || conditions.size === 1) return { pk: partition.value };
  const range = conditions.get(sk.name);
  if (range === undefined) throw invalid(`Query condition missed key schema element: ${sk.name}`);
  checkTypes(range, sk);
  return { pk: partition.value, sk: range };
}

function checkTypes(range: KeyRange, key: KeyAttribute): void {
  for (const value of valuesOf(range)) {
    if (typeOf(value) !== key.type) {
      throw invalid('One or more parameter values were invalid: Condition parameter type does not match schema type');
    }
    const isEmpty = ('S' in value && value.S === '') || ('B' in value && value.B === '');
    if (isEmpty) {
      const what = key.type === 'S' ? 'string' : 'binary';
      throw invalid(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${what} value. Key: ${key.name}`,
      );
    }
  }
}

function valuesOf(range: KeyRange): readonly AttributeValue[] {
  if (range.operator === 'between') return [range.low, range.high];
  return range.operator === 'begins_with' ? [range.prefix] : [range.value];
}
