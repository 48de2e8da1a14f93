import { readOperand, readSteps } from './read-operand.ts';
import { type Reader, readTokens, wrongExpression } from './reader.ts';
import type { Comparator, ConditionSyntax, ExpressionKind, OperandSyntax } from './syntax.ts';

/** A condition, or what stands in parentheses and turns out to be an operand: `(a) = :b`. */
type Part =
  | { readonly condition: ConditionSyntax; readonly inParentheses: boolean }
  | { readonly operand: OperandSyntax; readonly inParentheses: boolean };

interface State {
  readonly reader: Reader;
  /** Whether there were parentheses around parentheses. */
  redundant: boolean;
}

const comparators: readonly Comparator[] = ['=', '<>', '<=', '>=', '<', '>'];

/** How many choices IN takes. */
const MOST_CHOICES = 100;

/** Reads a condition. Throws in AWS's words. */
export function readCondition(kind: ExpressionKind, text: string): ConditionSyntax {
  const state: State = { reader: readTokens(kind, text), redundant: false };
  const condition = conditionOf(readOr(state), state.reader);
  if (state.reader.peek().kind !== 'end') throw state.reader.unexpected();
  if (state.redundant) throw wrongExpression(kind, 'The expression has redundant parentheses;');
  return condition;
}

function conditionOf(part: Part, reader: Reader): ConditionSyntax {
  if ('condition' in part) return part.condition;
  // a call alone is a condition; any other operand lacks what it is compared with
  if (part.operand.kind === 'call') return part.operand;
  throw reader.unexpected();
}

function readOr(state: State): Part {
  const left = readAnd(state);
  if (!state.reader.sees('OR')) return left;
  const first = conditionOf(left, state.reader);
  state.reader.next();
  return {
    condition: { kind: 'or', left: first, right: conditionOf(readOr(state), state.reader) },
    inParentheses: false,
  };
}

function readAnd(state: State): Part {
  const left = readNot(state);
  if (!state.reader.sees('AND')) return left;
  const first = conditionOf(left, state.reader);
  state.reader.next();
  return {
    condition: { kind: 'and', left: first, right: conditionOf(readAnd(state), state.reader) },
    inParentheses: false,
  };
}

function readNot(state: State): Part {
  if (!state.reader.take('NOT')) return readComparison(state);
  return {
    condition: { kind: 'not', part: conditionOf(readNot(state), state.reader) },
    inParentheses: false,
  };
}

function readComparison(state: State): Part {
  const { reader } = state;
  const first = readParentheses(state);
  if ('condition' in first) return first;
  const left = first.operand;
  const operator = comparators.find((each) => reader.sees(each));
  if (operator !== undefined) {
    reader.next();
    return { condition: { kind: 'compare', operator, left, right: operandOf(state) }, inParentheses: false };
  }
  if (reader.take('BETWEEN')) {
    const low = operandOf(state);
    reader.expect('AND');
    return { condition: { kind: 'between', value: left, low, high: operandOf(state) }, inParentheses: false };
  }
  if (reader.take('IN')) return { condition: readChoices(state, left), inParentheses: false };
  return first;
}

function readChoices(state: State, value: OperandSyntax): ConditionSyntax {
  const { reader } = state;
  reader.expect('(');
  const choices: OperandSyntax[] = [];
  do choices.push(operandOf(state));
  while (reader.take(','));
  reader.expect(')');
  if (choices.length > MOST_CHOICES) {
    const words = `The IN operator is provided with too many operands; number of operands: ${choices.length}`;
    throw wrongExpression(reader.kind, words);
  }
  return { kind: 'in', value, choices };
}

function readParentheses(state: State): Part {
  const { reader } = state;
  if (!reader.take('(')) {
    return { operand: readOperand(reader, () => operandOf(state)), inParentheses: false };
  }
  const inner = readOr(state);
  reader.expect(')');
  if (inner.inParentheses) state.redundant = true;
  if ('operand' in inner && inner.operand.kind === 'path') {
    return { operand: readSteps(reader, inner.operand.steps), inParentheses: true };
  }
  return { ...inner, inParentheses: true };
}

/** Reads an operand that may stand in parentheses. */
function operandOf(state: State): OperandSyntax {
  const part = readParentheses(state);
  if ('operand' in part) return part.operand;
  throw state.reader.unexpected();
}
