import type { Reader } from './reader.ts';
import type { CallSyntax, OperandSyntax, PathSyntax } from './syntax.ts';

/** Words that are no names where they may also mean something else. */
const conditionWords = new Set(['AND', 'BETWEEN', 'IN', 'NOT', 'OR']);
const updateWords = new Set(['ADD', 'DELETE', 'REMOVE', 'SET']);

/** Whether the next token is a word that the grammar keeps for itself. */
function seesKeyword(reader: Reader): boolean {
  const { kind, text } = reader.peek();
  const words = reader.kind === 'UpdateExpression' ? updateWords : conditionWords;
  return kind === 'word' && reader.kind !== 'ProjectionExpression' && words.has(text.toUpperCase());
}

/** Reads a path: `a.#b[3]`. */
export function readPath(reader: Reader): PathSyntax {
  return readSteps(reader, [readName(reader)]);
}

/** Reads what follows the first steps of a path. */
export function readSteps(reader: Reader, steps: readonly (string | number)[]): PathSyntax {
  const all = [...steps];
  for (;;) {
    if (reader.take('.')) all.push(readName(reader));
    else if (reader.take('[')) {
      if (reader.peek().kind !== 'number') throw reader.unexpected();
      all.push(Number(reader.next().text));
      reader.expect(']');
    } else return { kind: 'path', steps: all };
  }
}

function readName(reader: Reader): string {
  const { kind } = reader.peek();
  if ((kind !== 'word' && kind !== 'name') || seesKeyword(reader)) throw reader.unexpected();
  return reader.next().text;
}

/** Reads a value's placeholder, a path, or a function's call with its operands read by `operand`. */
export function readOperand(reader: Reader, operand: (reader: Reader) => OperandSyntax): OperandSyntax {
  if (reader.peek().kind === 'value') return { kind: 'value', ref: reader.next().text };
  const second = reader.peekSecond();
  const isCall = reader.peek().kind === 'word' && second.kind === 'sign' && second.text === '(';
  return isCall && !seesKeyword(reader) ? readCall(reader, operand) : readPath(reader);
}

function readCall(reader: Reader, operand: (reader: Reader) => OperandSyntax): CallSyntax {
  const name = reader.next().text;
  reader.expect('(');
  const operands: OperandSyntax[] = [];
  do operands.push(operand(reader));
  while (reader.take(','));
  reader.expect(')');
  return { kind: 'call', name, operands };
}
