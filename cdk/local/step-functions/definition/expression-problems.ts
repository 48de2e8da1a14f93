import { compileExpression, isExpression } from '../expressions/expression.ts';
import { type Reference, references } from '../expressions/references.ts';
import { isJsonObject, isObject, type Json, type JsonObject } from '../json.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { eachState } from './walk-definition.ts';

/** The fields in which AWS looks for expressions; a text in delimiters anywhere else is text. */
const FIELDS = [
  'Arguments',
  'Assign',
  'Output',
  'Items',
  'ItemSelector',
  'MaxConcurrency',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
  'Seconds',
  'Timestamp',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'Error',
  'Cause',
];

const RULES: Readonly<Record<string, readonly string[]>> = {
  Choices: ['Condition', 'Assign', 'Output'],
  Catch: ['Assign', 'Output'],
  Retry: ['IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds'],
};

/** Calls `visit` for every text of a state that may be an expression: where it stands, and whether in a catcher. */
export function eachText(
  state: JsonObject,
  path: string,
  visit: (text: string, path: string, caught: boolean) => void,
): void {
  const walk = (value: Json | undefined, at: string, caught: boolean): void => {
    if (typeof value === 'string') visit(value, at, caught);
    else if (Array.isArray(value)) for (const [i, item] of value.entries()) walk(item, `${at}[${i}]`, caught);
    else if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) walk(item, `${at}/${key}`, caught);
  };
  for (const field of FIELDS) walk(state[field], `${path}/${field}`, false);
  for (const [list, fields] of Object.entries(RULES)) {
    const rules = state[list];
    for (const [i, rule] of (Array.isArray(rules) ? rules : []).entries())
      if (isJsonObject(rule))
        for (const field of fields) walk(rule[field], `${path}/${list}[${i}]/${field}`, list === 'Catch');
  }
}

/** Says, in AWS's words, which expressions of a definition do not parse or read what is not there. */
export function expressionProblems(machine: JsonObject): Diagnostic[] {
  const found: Diagnostic[] = [];
  eachState(machine, (state, path) =>
    eachText(state, path, (text, at, caught) => found.push(...problemsOf(text, at, caught))),
  );
  return found;
}

function problemsOf(text: string, path: string, caught: boolean): Diagnostic[] {
  const unclosed = text.startsWith('{%') && !text.endsWith('%}');
  if (isExpression(text)) return problemsOfExpression(text, path, caught);
  return unclosed ? [problem('JSONata string must start with {% and end with %}', path)] : [];
}

function problemsOfExpression(expression: string, path: string, caught: boolean): Diagnostic[] {
  try {
    const { ast } = compileExpression(expression, path);
    return references(ast, caught).map((one) => problem(unreadable(one), path, 'UNSUPPORTED_JSONATA_EXPRESSION'));
  } catch (error) {
    const message = isObject(error) || error instanceof Error ? String(Reflect.get(error, 'message')) : String(error);
    return [problem(message, path, 'INVALID_JSONATA_EXPRESSION')];
  }
}

function unreadable({ is, name }: Reference): string {
  if (is === 'top') return `Reference to '${name}' at the top level is not supported.`;
  return is === 'root' ? `Reference to '${name}' is not supported.` : `Field '${name}' does not exist.`;
}
