import { type Json, parseJson } from '../json.ts';

/** Every string of a JSON text, with the colon after it when it is a key, and the brackets and commas between. */
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * Parses JSON as Step Functions' `$parse` does, which unlike JavaScript takes neither a key twice in one object nor a
 * number beyond the largest double. Throws SyntaxError.
 */
export function parseStrictly(text: string): Json {
  const value = parseJson(text);
  checkNumbers(value);
  const open: Set<unknown>[] = [];
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined) {
      const key: unknown = JSON.parse(token.slice(0, -colon.length));
      if (open.at(-1)?.has(key)) throw new SyntaxError(`Duplicate key ${token}`);
      open.at(-1)?.add(key);
    }
  }
  return value;
}

function checkNumbers(value: Json): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new SyntaxError('A number is out of range');
  if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) checkNumbers(item);
}
