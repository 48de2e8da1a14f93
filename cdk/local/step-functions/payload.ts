import { type Json, parseJson } from './json.ts';

/**
 * JSON as text. A state that does not look into its input hands it on as it came, with its spaces and the digits of its
 * numbers, as histories recorded on AWS show: a function echoes 0.0 as 0.0.
 */
export type JsonText = string;

/** Whole numbers that no double holds, as they were written, by the double nearest to each. */
export type LongNumbers = ReadonlyMap<number, JsonText>;

/** JSON that somebody looks into: what it says, and the numbers of it that a value cannot say. */
export interface Payload {
  readonly text: JsonText;
  readonly value: Json;
  readonly longs: LongNumbers;
}

export const NO_LONG_NUMBERS: LongNumbers = new Map();

/** With fewer digits a number has a double of its own. */
const MAYBE_LONG = /\d{16}/;

/** With fewer digits and no exponent a number is one of 64 bits. */
const MAYBE_HUGE = /\d{19}|\de\+/;

/** The strings of a JSON text, the whole numbers of it that may be long, and those that JavaScript gives an exponent. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])|-?\d(?:\.\d+)?e\+\d+/g;

/**
 * The whole numbers of a JSON text that lie beyond 2^53 and within 64 bits: AWS keeps those exactly. Where two of them
 * share a double it is not known which is meant, and both are rounded.
 */
export function longNumbers(text: JsonText): LongNumbers {
  if (!MAYBE_LONG.test(text)) return NO_LONG_NUMBERS;
  const found: [number, JsonText][] = [];
  for (const [token] of text.matchAll(TOKENS)) {
    if (token.startsWith('"') || token.includes('e') || Number.isSafeInteger(Number(token))) continue;
    found.push([Number(token), BigInt.asIntN(64, BigInt(token)) === BigInt(token) ? token : '']);
  }
  return unambiguous(found);
}

/** All long numbers of several texts. */
export function together(all: readonly LongNumbers[]): LongNumbers {
  const [only = NO_LONG_NUMBERS, ...more] = all.filter(({ size }) => size > 0);
  return more.length === 0 ? only : unambiguous([only, ...more].flatMap((one) => [...one]));
}

function unambiguous(found: readonly [number, JsonText][]): LongNumbers {
  const known = new Map<number, JsonText>();
  for (const [double, text] of found) known.set(double, (known.get(double) ?? text) === text ? text : '');
  for (const [double, text] of known) if (text === '') known.delete(double);
  return known;
}

/** Puts long numbers back into a JSON text that was made of values, and writes doubles of more than 64 bits as AWS does. */
export function withLongNumbers(text: JsonText, longs: LongNumbers): JsonText {
  if (longs.size === 0 && !MAYBE_HUGE.test(text)) return text;
  return text.replace(TOKENS, (token) =>
    token.startsWith('"') ? token : (longs.get(Number(token)) ?? asDouble(token)),
  );
}

/** Java's form of a double that is no number of 64 bits: 9.223372036854776E18. */
function asDouble(token: JsonText): JsonText {
  const double = Number(token);
  if (Math.abs(double) < 2 ** 63) return token;
  const [digits = '', exponent = ''] = double.toExponential().split('e+');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent}`;
}

/** The strings of a JSON text, its brackets and marks, and its other words: all but the spaces. */
const PARTS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s"[\]{},:]+/g;

/** The elements of a list, each as it was written but for the spaces in it. The text must be a list. */
export function elements(list: JsonText): JsonText[] {
  const found: JsonText[] = [];
  let depth = 0;
  let element = '';
  for (const [part] of list.matchAll(PARTS)) {
    if (part === ']' || part === '}') depth -= 1;
    if (element !== '' && (depth === 0 || (depth === 1 && part === ','))) {
      found.push(element);
      element = '';
    } else if (depth > 0) element += part;
    if (part === '[' || part === '{') depth += 1;
  }
  return found;
}

/** Reads JSON text. Throws SyntaxError. */
export function readPayload(text: JsonText): Payload {
  return { text, value: parseJson(text), longs: longNumbers(text) };
}

/** Writes a value that was made of others, whose long numbers are given. */
export function writePayload(value: Json, longs: LongNumbers = NO_LONG_NUMBERS): Payload {
  return { text: withLongNumbers(JSON.stringify(value), longs), value, longs };
}
