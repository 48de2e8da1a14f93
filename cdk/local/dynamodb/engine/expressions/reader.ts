import { type EngineError, invalid } from '../engine-error.ts';
import type { ExpressionKind } from './syntax.ts';

interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'number' | 'sign' | 'illegal' | 'end';
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const tokens = /\s*(?:([A-Za-z_]\w*)|(#\w+)|(:\w+)|(\d+)|(<>|<=|>=|[=<>()[\],.+-])|(\S))/gsu;
const kinds = ['word', 'name', 'value', 'number', 'sign', 'illegal'] as const;

/** How long an expression may be, in bytes. */
const LONGEST = 4_096;

/** What is wrong with an expression, in AWS's words. */
export const wrongExpression = (kind: ExpressionKind, message: string): EngineError =>
  invalid(`Invalid ${kind}: ${message}`);

/** Walks through the tokens of an expression. */
export interface Reader {
  readonly kind: ExpressionKind;
  peek(): Token;
  /** The token after the next one. */
  peekSecond(): Token;
  next(): Token;
  /** Whether the next token is this sign or word (in any letters). */
  sees(text: string): boolean;
  /** Takes the next token when it is this sign or word. */
  take(text: string): boolean;
  /** Takes this sign, or throws. */
  expect(text: string): void;
  /** The error of a token that cannot stand where it stands. */
  unexpected(): EngineError;
}

/** Throws in AWS's words for what is empty or too long. */
export function readTokens(kind: ExpressionKind, text: string): Reader {
  if (text.trim() === '') throw wrongExpression(kind, 'The expression can not be empty;');
  if (Buffer.byteLength(text) > LONGEST) {
    throw wrongExpression(kind, 'Expression size has exceeded the maximum allowed size;');
  }
  const all: Token[] = [];
  for (const match of text.matchAll(tokens)) {
    const group = match.findIndex((part, at) => at > 0 && part !== undefined);
    const found = match[group] ?? '';
    const end = match.index + match[0].length;
    all.push({ kind: kinds[group - 1] ?? 'illegal', text: found, at: end - found.length, end });
  }
  const end: Token = { kind: 'end', text: '<EOF>', at: text.length, end: text.length };
  let position = 0;
  const at = (index: number): Token => all[index] ?? end;
  const sees = (wanted: string): boolean => {
    const token = at(position);
    return token.kind === 'word' ? token.text.toUpperCase() === wanted : token.kind === 'sign' && token.text === wanted;
  };
  const unexpected = (): EngineError => {
    const near = text.slice(at(Math.max(position - 1, 0)).at, at(position + 1).end).trimEnd();
    return wrongExpression(kind, `Syntax error; token: "${at(position).text}", near: "${near}"`);
  };
  const take = (wanted: string): boolean => {
    if (!sees(wanted)) return false;
    position++;
    return true;
  };
  return {
    kind,
    peek: () => at(position),
    peekSecond: () => at(position + 1),
    next: () => at(position++),
    sees,
    take,
    expect: (wanted) => {
      if (!take(wanted)) throw unexpected();
    },
    unexpected,
  };
}
