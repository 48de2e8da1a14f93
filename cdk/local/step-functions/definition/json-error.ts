/** Why a text is no JSON, in the words of the parser that AWS uses, and where. */
interface JsonError {
  readonly message: string;
  /** As the API shows it: `[Source: (String)"…"; line: 1, column: 4]`. */
  readonly location: string;
}

const EXPECTED = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** Checks a JSON text; nothing when it is one. */
export function jsonError(text: string): JsonError | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const at = tokenStart(text, offsetOf(text, error));
    const word = /^[A-Za-z_$][\w$]*/.exec(text.slice(at))?.[0];
    const end = word === undefined ? at + 1 : at + word.length + 1;
    return { message: describe(text, at, word), location: `[Source: (String)"${text}"; ${position(text, end)}]` };
  }
}

function describe(text: string, at: number, word: string | undefined): string {
  if (at >= text.length && openString(text))
    return 'Unexpected end-of-input: was expecting closing quote for a string value';
  const before = text.slice(0, at).trimEnd().at(-1);
  if (at >= text.length)
    return before === '{' ? 'Unexpected end-of-input: expected close marker for Object' : 'Unexpected end-of-input';
  if (before === '{' || (before === ',' && insideObject(text, at)))
    return `${unexpected(text, at)}: was expecting double-quote to start field name`;
  if (word !== undefined && (before === undefined || ':[,'.includes(before)))
    return `Unrecognized token '${word}': was expecting ${EXPECTED}`;
  if (before === undefined || ':[,'.includes(before))
    return `${unexpected(text, at)}: expected a valid value ${EXPECTED}`;
  return `${unexpected(text, at)}: was expecting comma to separate entries`;
}

function unexpected(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return `Unexpected character ('${character}' (code ${character.codePointAt(0)}))`;
}

/** Whether the innermost bracket open before `at` is a brace; strings are skipped. */
function insideObject(text: string, at: number): boolean {
  const open: string[] = [];
  for (const [token] of text.slice(0, at).matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') open.push(token);
    else if (token === '}' || token === ']') open.pop();
  }
  return open.at(-1) === '{';
}

/** Whether the text ends inside a string. */
function openString(text: string): boolean {
  return text.replace(/"(?:[^"\\]|\\.)*"/gs, '').includes('"');
}

/** The parser points at the first character that cannot be; the word it stands in begins earlier. */
function tokenStart(text: string, offset: number): number {
  if (offset >= text.length && openString(text)) return offset;
  const word = /[A-Za-z_$][\w$]*$/.exec(text.slice(0, offset));
  return word === null ? offset : word.index;
}

function offsetOf(text: string, error: unknown): number {
  const message = error instanceof Error ? error.message : '';
  const at = /at position (\d+)/.exec(message)?.[1];
  if (at !== undefined) return Number(at);
  // Short texts are quoted whole by the parser, without a position: then the offending token is at the front.
  const token = /^Unexpected token (?:'(.)'|(.))/su.exec(message);
  const found = token === null ? -1 : text.indexOf(token[1] ?? token[2] ?? '');
  return /end of JSON input/.test(message) ? text.length : Math.max(found, 0);
}

function position(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `line: ${lines.length}, column: ${lines.at(-1)?.length ?? 0}`;
}
