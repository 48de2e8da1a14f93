import { createHash, randomUUID } from 'node:crypto';
import type jsonata from 'jsonata';
import { isObject } from '../json.ts';
import { seededRandom } from './java-random.ts';
import { parseStrictly } from './strict-json.ts';

/** AWS stops a single $range at this many elements ("memory limit exceeded"). */
const LARGEST_RANGE = 360_145;

/** Refused on AWS's memory limit: reported without a JSONata code. */
export class MemoryExceeded extends Error {
  constructor() {
    super('Expression evaluation memory limit exceeded: Check for excessive memory usage');
  }
}

/** AWS's own evaluator failed: what it says is that alone, with an identifier. */
export class InternalError extends Error {}

interface FunctionError {
  readonly code: string;
  /** What JSONata's own text for the code leaves open. */
  readonly message?: string;
  readonly index?: number;
}

/** A string may have so many characters: AWS was seen to give 2^22 and to refuse 2^23, and counts a number as 8. */
const LONGEST_STRING = 8 * 873_782;

/** JSONata errors are plain objects with a code; D3137 is the one `$error` raises. */
function failure(message: string): FunctionError {
  return { code: 'D3137', message };
}

/** T0412: an argument is neither a list nor what could be taken for one. Of what it is a list, AWS calls undefined. */
function noArray(index: number): FunctionError {
  return { code: 'T0412', index };
}

const ALGORITHMS: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** A single value is a list of itself, but null is none: so it is on AWS. */
function partition(value: unknown, size: number | undefined): unknown[][] | undefined {
  if (value === null) throw noArray(1);
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (value === undefined || list.length === 0) return undefined;
  const step = size === undefined ? list.length : Math.trunc(size);
  if (step < 0) throw failure('Second argument must be zero or greater');
  if (step === 0) return undefined;
  const chunks: unknown[][] = [];
  for (let at = 0; at < list.length; at += step) chunks.push(list.slice(at, at + step));
  return chunks;
}

/** Both ends included; one element comes back bare and none as nothing, as JSONata's own sequences do. */
function range(first: number, last: number, step: number | undefined): number | number[] | undefined {
  const [from, to, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step ?? 0)];
  if (by === 0 || (to - from) * by < 0) return undefined;
  const count = Math.floor((to - from) / by) + 1;
  if (count > LARGEST_RANGE) throw new MemoryExceeded();
  if (count === 1) return from;
  return Array.from({ length: count }, (_, i) => from + i * by);
}

function hash(text: string | undefined, algorithm: string | undefined): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  const name = Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm] : undefined;
  if (name === undefined)
    throw failure(`Hash algorithm '${algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5`);
  return createHash(name).update(text, 'utf8').digest('hex');
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return parseStrictly(text);
  } catch {
    throw failure('Invalid JSON');
  }
}

/** JSONata passes over what is no base64; on AWS the state fails. */
function base64decode(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [digits = ''] = /^[A-Za-z0-9+/]*(?=={0,2}$)/.exec(text.replace(/\s/g, '')) ?? [];
  if (digits.length % 4 === 1 || (digits === '' && text !== '')) throw new InternalError();
  return Buffer.from(digits, 'base64').toString('latin1');
}

/** What can make a string longer than those it is made of. */
const MAKES_STRINGS = /&|\$(join|pad|replace|string|base64encode|encodeUrl|encodeUrlComponent)\b/;

/**
 * Stops an expression that makes a string longer than AWS gives it room for. JSONata calls this function after each of
 * its steps, which takes time: so only where strings are made.
 */
export function boundStrings(expression: jsonata.Expression, text: string): void {
  if (!MAKES_STRINGS.test(text)) return;
  const check = (_node: unknown, _input: unknown, _environment: unknown, result: unknown): void => {
    if (typeof result === 'string' && result.length > LONGEST_STRING) throw new MemoryExceeded();
  };
  // The name is a symbol, which the declared type of `assign` leaves out.
  Reflect.apply(expression.assign, expression, [Symbol.for('jsonata.__evaluate_exit'), check]);
}

/** Gives one expression the functions Step Functions adds to JSONata; `$eval` is taken away, as there. */
export function registerAwsFunctions(expression: jsonata.Expression): void {
  expression.registerFunction('partition', partition, '<x-n?:a>');
  expression.registerFunction('range', range, '<nnn?:x>');
  expression.registerFunction('hash', hash, '<ss?:s>');
  expression.registerFunction(
    'random',
    (seed?: number) => (seed === undefined ? Math.random() : seededRandom(seed)),
    '<n?:n>',
  );
  expression.registerFunction('uuid', () => randomUUID(), '<:s>');
  expression.registerFunction('parse', parse, '<s?:x>');
  expression.registerFunction('base64decode', base64decode, '<s-:s>');
  expression.assign('eval', undefined);
}

/** Reads the code of a JSONata error, which is a plain object. */
export function errorCode(error: unknown): string | undefined {
  return isObject(error) && typeof error.code === 'string' ? error.code : undefined;
}
