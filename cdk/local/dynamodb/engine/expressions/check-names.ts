import { wrongExpression } from './reader.ts';
import { isReserved } from './reserved-words.ts';
import type { CallSyntax, ConditionSyntax, ExpressionKind, OperandSyntax } from './syntax.ts';

/** Every operand of a condition, each with what it is a part of, from left to right. */
export function operandsOf(condition: ConditionSyntax): readonly OperandSyntax[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
    case 'not':
      return operandsOf(condition.part);
    case 'compare':
      return [condition.left, condition.right];
    case 'between':
      return [condition.value, condition.low, condition.high];
    case 'in':
      return [condition.value, ...condition.choices];
    case 'call':
      return condition.operands;
  }
}

/** The calls of functions in operands, inner ones first. */
function callsIn(operands: readonly OperandSyntax[]): readonly CallSyntax[] {
  return operands.flatMap((operand) => {
    if (operand.kind === 'call') return [...callsIn(operand.operands), operand];
    return operand.kind === 'sum' ? callsIn([operand.left, operand.right]) : [];
  });
}

/** The calls that a condition is made of. */
function clauseCalls(condition: ConditionSyntax): readonly CallSyntax[] {
  if (condition.kind === 'and' || condition.kind === 'or') {
    return [...clauseCalls(condition.left), ...clauseCalls(condition.right)];
  }
  if (condition.kind === 'not') return clauseCalls(condition.part);
  return condition.kind === 'call' ? [condition] : [];
}

const conditionFunctions = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);
const updateFunctions = new Set(['if_not_exists', 'list_append']);

/** Throws in AWS's words for unknown functions, functions in the wrong place, and reserved words. */
export function checkConditionNames(kind: ExpressionKind, condition: ConditionSyntax): void {
  const operands = operandsOf(condition);
  const clauses = clauseCalls(condition);
  const inner = callsIn(operands);
  refuseUnknown(kind, [...inner, ...clauses], conditionFunctions);
  const misused = inner.find(({ name }) => name !== 'size') ?? clauses.find(({ name }) => name === 'size');
  if (misused) {
    const words = `The function is not allowed to be used this way in an expression; function: ${misused.name}`;
    throw wrongExpression(kind, words);
  }
  refuseReserved(kind, operands);
}

/** Throws in AWS's words for functions that updates do not have. */
export function checkUpdateFunctions(operands: readonly OperandSyntax[]): void {
  refuseUnknown('UpdateExpression', callsIn(operands), updateFunctions);
}

function refuseUnknown(kind: ExpressionKind, calls: readonly CallSyntax[], known: ReadonlySet<string>): void {
  const unknown = calls.find(({ name }) => !known.has(name));
  if (unknown) throw wrongExpression(kind, `Invalid function name; function: ${unknown.name}`);
}

/** Throws in AWS's words for the first reserved word that is used as a name. */
export function refuseReserved(kind: ExpressionKind, operands: readonly OperandSyntax[]): void {
  for (const name of operands.flatMap(plainNames)) {
    if (isReserved(name)) {
      throw wrongExpression(kind, `Attribute name is a reserved keyword; reserved keyword: ${name}`);
    }
  }
}

function plainNames(operand: OperandSyntax): readonly string[] {
  switch (operand.kind) {
    case 'path':
      return operand.steps.filter((step) => typeof step === 'string').filter((step) => !step.startsWith('#'));
    case 'value':
      return [];
    case 'call':
      return operand.operands.flatMap(plainNames);
    case 'sum':
      return [...plainNames(operand.left), ...plainNames(operand.right)];
  }
}
