import { isExpression } from '../expressions/expression.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { parseTimestamp } from '../states/timestamp.ts';
import { type Diagnostic, problem } from './diagnostic.ts';

/** Says what a value of a field should be; nothing when it is. */
type Check = (value: Json) => string | undefined;

const LONGEST_SECONDS = 99_999_999;

function number(least: number, most: number, whole = true): Check {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return (value) =>
    typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value))
      ? undefined
      : `a ${whole ? 'whole ' : ''}number ${range}`;
}

/** The check, for a field that an expression may fill as well. */
function orExpression(check: Check): Check {
  return (value) => {
    const expected = isExpression(value) ? undefined : check(value);
    return expected && `${expected} or a JSONata expression`;
  };
}

const text: Check = (value) => (typeof value === 'string' ? undefined : 'a string');
const filled: Check = (value) => (Array.isArray(value) && value.length > 0 ? undefined : 'an array with elements');
const array: Check = (value) => (Array.isArray(value) ? undefined : 'an array');
const object: Check = (value) => (isJsonObject(value) ? undefined : 'an object');
const boolean: Check = (value) => (typeof value === 'boolean' ? undefined : 'a boolean');
const seconds = orExpression(number(1, LONGEST_SECONDS));
const count = orExpression(number(0, Number.MAX_SAFE_INTEGER));

const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.some((one) => one === value) ? undefined : `one of [${values.join(', ')}]`;

/** What the fields of a state, of its rules, retriers and catchers may hold, by the field's name. */
const CHECKS: Readonly<Record<string, Check>> = {
  Next: text,
  Default: text,
  End: boolean,
  Resource: text,
  Assign: object,
  TimeoutSeconds: seconds,
  HeartbeatSeconds: seconds,
  Seconds: orExpression(number(0, LONGEST_SECONDS)),
  Items: orExpression(array),
  MaxConcurrency: count,
  ToleratedFailureCount: count,
  ToleratedFailurePercentage: orExpression(number(0, 100, false)),
  ItemProcessor: object,
  Branches: filled,
  Choices: filled,
  Condition: orExpression(boolean),
  Retry: array,
  Catch: array,
  ErrorEquals: (value) => filled(value) ?? (Array.isArray(value) ? value.map(text).find(Boolean) : undefined),
  IntervalSeconds: seconds,
  MaxAttempts: orExpression(number(0, LONGEST_SECONDS)),
  BackoffRate: orExpression(number(1, Number.MAX_SAFE_INTEGER, false)),
  MaxDelaySeconds: orExpression(number(1, 31_622_400)),
  JitterStrategy: oneOf('FULL', 'NONE'),
  Error: text,
  Cause: text,
  Comment: text,
};

/** A variable is a Unicode identifier of at most so many characters. */
const VARIABLE = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

/** What the values of a state's own fields, or of one of its rules, are and may not be. */
export function valueProblems(fields: JsonObject, path: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [field, value] of Object.entries(fields)) {
    const expected = Object.hasOwn(CHECKS, field) ? CHECKS[field]?.(value) : undefined;
    if (expected !== undefined) found.push(problem(`The field '${field}' must be ${expected}`, `${path}/${field}`));
  }
  for (const name of Object.keys(isJsonObject(fields.Assign) ? fields.Assign : {}))
    if (!VARIABLE.test(name)) found.push(problem(`'${name}' is no name of a variable`, `${path}/Assign/${name}`));
  return found;
}

/** What fits the values of a state one by one, but not together. */
export function combinationProblems(state: JsonObject, path: string): Diagnostic[] {
  const { Type: type, Timestamp: timestamp, TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  const found: Diagnostic[] = [];
  if (type === 'Wait' && 'Seconds' in state === 'Timestamp' in state)
    found.push(problem("A Wait must have either 'Seconds' or 'Timestamp'", path));
  if (typeof timestamp === 'string' && !isExpression(timestamp) && parseTimestamp(timestamp) === undefined)
    found.push(problem('String does not match RFC3339 timestamp', `${path}/Timestamp`));
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout)
    found.push(problem("'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", `${path}/HeartbeatSeconds`));
  const goesOn = type !== 'Choice' && type !== 'Succeed' && type !== 'Fail';
  if (goesOn && state.End !== true && state.Next === undefined)
    found.push(problem("A state must have 'Next' or end with 'End': true", path));
  for (const field of ['Retry', 'Catch']) found.push(...wildcardProblems(state[field], `${path}/${field}`));
  return found;
}

/** States.ALL stands alone, and in the last place, as nothing after it would ever be asked. */
function wildcardProblems(rules: Json | undefined, path: string): Diagnostic[] {
  const all = Array.isArray(rules) ? rules.map((rule) => (isJsonObject(rule) ? rule.ErrorEquals : undefined)) : [];
  return all.flatMap((errors, i) => {
    if (!Array.isArray(errors) || !errors.includes('States.ALL')) return [];
    if (errors.length === 1 && i === all.length - 1) return [];
    return [problem('States.ALL must stand alone, and in the last place', `${path}[${i}]/ErrorEquals`)];
  });
}
