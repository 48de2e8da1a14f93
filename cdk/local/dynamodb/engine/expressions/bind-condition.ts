import { type AttributeValue, compareValues, setMembers, typeOf } from '../values/index.ts';
import { bindOperand, knownType, type Operand, pathText } from './operand.ts';
import type { Placeholders } from './placeholders.ts';
import { wrongExpression } from './reader.ts';
import type { Comparator, ConditionSyntax, ExpressionKind } from './syntax.ts';

/** A condition with values and names in the place of placeholders. */
export type BoundCondition =
  | { readonly kind: 'and'; readonly left: BoundCondition; readonly right: BoundCondition }
  | { readonly kind: 'or'; readonly left: BoundCondition; readonly right: BoundCondition }
  | { readonly kind: 'not'; readonly part: BoundCondition }
  | { readonly kind: 'in'; readonly value: Operand; readonly choices: readonly Operand[] }
  | Clause;

/** What a condition says of an attribute, in the forms that a query knows too. */
export type Clause =
  | { readonly kind: 'compare'; readonly operator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'between'; readonly value: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Operand[] };

/** Puts names and values into the place of placeholders, and checks what depends on them. Throws in AWS's words. */
export function bindCondition(
  kind: ExpressionKind,
  condition: ConditionSyntax,
  placeholders: Placeholders,
): BoundCondition {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return {
        kind: condition.kind,
        left: bindCondition(kind, condition.left, placeholders),
        right: bindCondition(kind, condition.right, placeholders),
      };
    case 'not':
      return { kind: 'not', part: bindCondition(kind, condition.part, placeholders) };
    case 'compare': {
      const left = bindOperand(kind, condition.left, placeholders);
      const right = bindOperand(kind, condition.right, placeholders);
      checkCalls(kind, [left, right]);
      refuseSamePath(kind, condition.operator, left, right);
      return { kind: 'compare', operator: condition.operator, left, right };
    }
    case 'between': {
      const value = bindOperand(kind, condition.value, placeholders);
      const low = bindOperand(kind, condition.low, placeholders);
      const high = bindOperand(kind, condition.high, placeholders);
      checkCalls(kind, [value, low, high]);
      checkBounds(kind, low, high);
      return { kind: 'between', value, low, high };
    }
    case 'in': {
      const value = bindOperand(kind, condition.value, placeholders);
      const choices = condition.choices.map((each) => bindOperand(kind, each, placeholders));
      checkCalls(kind, [value, ...choices]);
      return { kind: 'in', value, choices };
    }
    case 'call': {
      const operands = condition.operands.map((each) => bindOperand(kind, each, placeholders));
      const bound = { kind: 'call', name: condition.name, operands } as const;
      checkCalls(kind, [bound]);
      return bound;
    }
  }
}

/** How many operands each function takes. */
const operandCounts = new Map([
  ['attribute_exists', 1],
  ['attribute_not_exists', 1],
  ['attribute_type', 2],
  ['begins_with', 2],
  ['contains', 2],
  ['size', 1],
]);

/** Checks the calls among operands, inner ones first. */
function checkCalls(kind: ExpressionKind, operands: readonly Operand[]): void {
  for (const operand of operands) {
    if (operand.kind !== 'call') continue;
    checkCalls(kind, operand.operands);
    const { name } = operand;
    if (operandCounts.get(name) !== operand.operands.length) {
      const words = `operator or function: ${name}, number of operands: ${operand.operands.length}`;
      throw wrongExpression(kind, `Incorrect number of operands for operator or function; ${words}`);
    }
    const [first, second] = operand.operands;
    if (first && second) refuseSamePath(kind, name, first, second);
    checkTypes(kind, name, operand.operands);
  }
}

const allTypes = '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}';
const typeNames = new Set(['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M']);

function checkTypes(kind: ExpressionKind, name: string, operands: readonly Operand[]): void {
  const [first, second] = operands;
  const wrongType = (type: string) =>
    wrongExpression(
      kind,
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
    );
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      if (first?.kind !== 'path') {
        const words = `Operator or function requires a document path; operator or function: ${name}`;
        throw wrongExpression(kind, words);
      }
      return;
    case 'begins_with':
      for (const operand of operands) {
        const type = knownType(operand);
        if (type !== undefined && type !== 'S' && type !== 'B') throw wrongType(type);
      }
      return;
    case 'attribute_type': {
      const type = knownType(second);
      if (second?.kind !== 'value' || !('S' in second.value)) throw wrongType(type ?? allTypes);
      if (!typeNames.has(second.value.S)) {
        const words = `type: ${second.value.S}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`;
        throw wrongExpression(kind, `Invalid attribute type name found; ${words}`);
      }
      return;
    }
    case 'size': {
      const type = knownType(first);
      if (type === 'N' || type === 'BOOL' || type === 'NULL') throw wrongType(type);
    }
  }
}

function refuseSamePath(kind: ExpressionKind, operator: string, left: Operand, right: Operand): void {
  if (left.kind !== 'path' || right.kind !== 'path') return;
  const { path } = left;
  if (path.length !== right.path.length || path.some((step, at) => step !== right.path[at])) return;
  const words = 'The first operand must be distinct from the remaining operands for this operator or function; ';
  throw wrongExpression(kind, `${words}operator: ${operator}, first operand: ${pathText(path)}`);
}

function checkBounds(kind: ExpressionKind, low: Operand, high: Operand): void {
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const bounds = `lower bound operand: AttributeValue: ${shown(low.value)}, upper bound operand: AttributeValue: ${shown(high.value)}`;
  if (typeOf(low.value) !== typeOf(high.value)) {
    throw wrongExpression(kind, `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
  }
  if ((compareValues(low.value, high.value) ?? 0) > 0) {
    const words = 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ';
    throw wrongExpression(kind, words + bounds);
  }
}

/** A value as AWS's messages show it. */
function shown(value: AttributeValue): string {
  const type = typeOf(value);
  const text = 'S' in value ? value.S : 'N' in value ? value.N : 'B' in value ? value.B : undefined;
  return `{${type}:${text ?? setMembers(value)?.join(', ') ?? ''}}`;
}
