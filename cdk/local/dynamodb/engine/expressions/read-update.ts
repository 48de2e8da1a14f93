import { checkUpdateFunctions, refuseReserved } from './check-names.ts';
import { readOperand, readPath } from './read-operand.ts';
import { type Reader, readTokens, wrongExpression } from './reader.ts';
import { type OperandSyntax, type PathSyntax, refsOf } from './syntax.ts';

export type ActionSyntax =
  | { readonly kind: 'set'; readonly path: PathSyntax; readonly value: OperandSyntax }
  | { readonly kind: 'remove'; readonly path: PathSyntax }
  | { readonly kind: 'add' | 'delete'; readonly path: PathSyntax; readonly ref: string };

export interface UpdateSyntax {
  readonly actions: readonly ActionSyntax[];
  /** The placeholders of names and of values, each in the order in which they stand there. */
  readonly names: readonly string[];
  readonly values: readonly string[];
}

const sections: Readonly<Record<string, (reader: Reader) => ActionSyntax>> = { SET, REMOVE, ADD, DELETE };

/** Reads an update. Throws in AWS's words. */
export function readUpdate(text: string): UpdateSyntax {
  const reader = readTokens('UpdateExpression', text);
  const actions: ActionSyntax[] = [];
  const seen: string[] = [];
  while (seen.length === 0 || reader.peek().kind !== 'end') {
    const name = Object.keys(sections).find((each) => reader.sees(each));
    const section = name === undefined ? undefined : sections[name];
    if (name === undefined || section === undefined) throw reader.unexpected();
    reader.next();
    do actions.push(section(reader));
    while (reader.take(','));
    seen.push(name);
  }
  const operands = actions.flatMap(operandsIn);
  refuseReserved('UpdateExpression', operands);
  checkUpdateFunctions(operands);
  const twice = seen.find((name, at) => seen.indexOf(name) !== at);
  if (twice !== undefined) {
    const words = `The "${twice}" section can only be used once in an update expression;`;
    throw wrongExpression('UpdateExpression', words);
  }
  const refs = operands.flatMap(refsOf);
  return {
    actions,
    names: refs.filter((ref) => ref.startsWith('#')),
    values: refs.filter((ref) => ref.startsWith(':')),
  };
}

function operandsIn(action: ActionSyntax): readonly OperandSyntax[] {
  if (action.kind === 'set') return [action.path, action.value];
  return action.kind === 'remove' ? [action.path] : [action.path, { kind: 'value', ref: action.ref }];
}

function SET(reader: Reader): ActionSyntax {
  const path = readPath(reader);
  reader.expect('=');
  return { kind: 'set', path, value: readSum(reader) };
}

function REMOVE(reader: Reader): ActionSyntax {
  return { kind: 'remove', path: readPath(reader) };
}

function ADD(reader: Reader): ActionSyntax {
  return { kind: 'add', path: readPath(reader), ref: readRef(reader) };
}

function DELETE(reader: Reader): ActionSyntax {
  return { kind: 'delete', path: readPath(reader), ref: readRef(reader) };
}

function readRef(reader: Reader): string {
  if (reader.peek().kind !== 'value') throw reader.unexpected();
  return reader.next().text;
}

function readSum(reader: Reader): OperandSyntax {
  const left = readInParentheses(reader, readSum);
  const operator = reader.sees('+') ? '+' : '-';
  if (!reader.take(operator)) return left;
  return { kind: 'sum', operator, left, right: readInParentheses(reader, readSum) };
}

function readInParentheses(reader: Reader, inner: (reader: Reader) => OperandSyntax): OperandSyntax {
  if (!reader.take('(')) return readOperand(reader, readArgument);
  const operand = inner(reader);
  reader.expect(')');
  return operand;
}

function readArgument(reader: Reader): OperandSyntax {
  return readInParentheses(reader, readArgument);
}
