import { type AttributeValue, compareValues, type Item, sameValue, setMembers, typeOf } from '../values/index.ts';
import { type BoundCondition, bindCondition } from './bind-condition.ts';
import { checkConditionNames } from './check-names.ts';
import { rememberedByText } from './compiled.ts';
import { type Operand, resolvePath, sizeOf } from './operand.ts';
import type { Placeholders } from './placeholders.ts';
import { readCondition } from './read-condition.ts';
import type { Comparator, ExpressionKind } from './syntax.ts';

/** What must hold for a write or for an item that a search gives. */
export type Condition = BoundCondition;

const compile = (kind: ExpressionKind) =>
  rememberedByText((text) => {
    const syntax = readCondition(kind, text);
    checkConditionNames(kind, syntax);
    return syntax;
  });
const compiled = { ConditionExpression: compile('ConditionExpression'), FilterExpression: compile('FilterExpression') };

/** Reads a condition or a filter. Throws in AWS's words. */
export function parseCondition(kind: keyof typeof compiled, text: string, placeholders: Placeholders): Condition {
  return bindCondition(kind, compiled[kind](text), placeholders);
}

const nothing: Item = {};

/** Whether a condition holds for an item; undefined is an item that is not there. */
export function holds(condition: Condition, item: Item | undefined): boolean {
  return isTrue(condition, item ?? nothing);
}

function isTrue(condition: BoundCondition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return isTrue(condition.left, item) && isTrue(condition.right, item);
    case 'or':
      return isTrue(condition.left, item) || isTrue(condition.right, item);
    case 'not':
      return !isTrue(condition.part, item);
    case 'compare':
      return compares(condition.operator, evaluate(condition.left, item), evaluate(condition.right, item));
    case 'between': {
      const value = evaluate(condition.value, item);
      return (
        compares('>=', value, evaluate(condition.low, item)) && compares('<=', value, evaluate(condition.high, item))
      );
    }
    case 'in': {
      const value = evaluate(condition.value, item);
      return condition.choices.some((each) => compares('=', value, evaluate(each, item)));
    }
    case 'call':
      return calls(condition.name, condition.operands, item);
  }
}

function evaluate(operand: Operand | undefined, item: Item): AttributeValue | undefined {
  if (operand === undefined) return undefined;
  if (operand.kind === 'path') return resolvePath(item, operand.path);
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'sum') return undefined;
  const value = evaluate(operand.operands[0], item);
  return value && sizeOf(value);
}

function compares(operator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left === undefined || right === undefined) return operator === '<>';
  if (operator === '=') return sameValue(left, right);
  if (operator === '<>') return !sameValue(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function calls(name: string, operands: readonly Operand[], item: Item): boolean {
  const first = evaluate(operands[0], item);
  switch (name) {
    case 'attribute_exists':
      return first !== undefined;
    case 'attribute_not_exists':
      return first === undefined;
  }
  const second = evaluate(operands[1], item);
  if (first === undefined || second === undefined) return false;
  switch (name) {
    case 'attribute_type':
      return 'S' in second && typeOf(first) === second.S;
    case 'begins_with':
      return beginsWith(first, second);
    default:
      return contains(first, second);
  }
}

/** Whether a text or a binary begins with another. */
export function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if ('S' in value) return 'S' in prefix && value.S.startsWith(prefix.S);
  if (!('B' in value && 'B' in prefix)) return false;
  const start = Buffer.from(prefix.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if ('S' in value) return 'S' in part && value.S.includes(part.S);
  if ('B' in value) return 'B' in part && Buffer.from(value.B, 'base64').includes(Buffer.from(part.B, 'base64'));
  if ('L' in value) return value.L.some((each) => sameValue(each, part));
  const members = setMembers(value) ?? [];
  if ('SS' in value) return 'S' in part && members.includes(part.S);
  if ('NS' in value) return 'N' in part && members.includes(part.N);
  return 'BS' in value && 'B' in part && members.includes(part.B);
}
