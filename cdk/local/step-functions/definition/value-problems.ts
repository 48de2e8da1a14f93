import { isExpression } from '../expressions/expression.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { parseTimestamp } from '../states/timestamp.ts';
import { type Diagnostic, problem } from './diagnostic.ts';

/** Says, in AWS's words, what is wrong with a value of a field; nothing when it is right. */
type Check = (value: Json) => string | undefined;

const LONGEST_SECONDS = 99_999_999;

function typed(type: string, is: (value: Json) => boolean): Check {
  return (value) => (is(value) ? undefined : `Expected value of type ${type}`);
}

function number(least: number, most: number, whole = true): Check {
  return (value) => {
    if (typeof value !== 'number') return 'Expected value of type Integer';
    if (value < least) return `Minimum value is ${least}`;
    if (value > most) return `Maximum value is ${most}`;
    return whole && !Number.isInteger(value) ? 'Expected value of type Integer' : undefined;
  };
}

/** The check, for a field that an expression may fill as well. */
function orExpression(check: Check): Check {
  return (value) => (isExpression(value) ? undefined : check(value));
}

const text = typed('[STRING]', (value) => typeof value === 'string');
const array = typed('[ARRAY]', Array.isArray);
const object = typed('[OBJECT]', isJsonObject);
const boolean = typed('[BOOLEAN]', (value) => typeof value === 'boolean');
const filled: Check = (value) =>
  array(value) ?? (Array.isArray(value) && value.length === 0 ? 'Value cannot be empty' : undefined);
const seconds = orExpression(number(1, LONGEST_SECONDS));
const count = orExpression(number(0, Number.MAX_SAFE_INTEGER));

const oneOf =
  (...values: string[]): Check =>
  (value) =>
    text(value) ??
    (values.some((one) => one === value) ? undefined : `Value should be one of the following: [${values.join(', ')}]`);

/** What the fields of a machine, of a state, of its rules, retriers and catchers may hold, by the field's name. */
const CHECKS: Readonly<Record<string, Check>> = {
  QueryLanguage: oneOf('JSONPath', 'JSONata'),
  Version: oneOf('1.0'),
  Next: text,
  Default: text,
  End: boolean,
  Resource: (value) =>
    text(value) ?? (String(value).startsWith('arn:') ? undefined : 'Value is not a valid resource ARN'),
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
  IntervalSeconds: orExpression(number(0, LONGEST_SECONDS)),
  MaxAttempts: orExpression(number(0, LONGEST_SECONDS)),
  BackoffRate: orExpression(number(1, Number.MAX_SAFE_INTEGER, false)),
  MaxDelaySeconds: orExpression(number(1, 31_622_400)),
  JitterStrategy: oneOf('NONE', 'FULL'),
  Error: text,
  Cause: text,
  Comment: text,
};

/** The whole machine may be given no time at all, and is told how much in figures only. */
export const machineTimeout: Check = number(0, LONGEST_SECONDS);

/** A variable is a Unicode identifier. */
const VARIABLE = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;
const LONGEST_VARIABLE = 80;

/** What is wrong with a variable's name; that of a too long one is not known in AWS's words. */
function wrongName(name: string): string | undefined {
  if (!VARIABLE.test(name)) return 'the variable name contains invalid characters.';
  return name.length > LONGEST_VARIABLE ? `it has more than ${LONGEST_VARIABLE} characters.` : undefined;
}

/** What the values of a state's own fields, or of one of its rules, are and may not be. */
export function valueProblems(fields: JsonObject, path: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [field, value] of Object.entries(fields)) {
    const wrong = Object.hasOwn(CHECKS, field) ? CHECKS[field]?.(value) : undefined;
    if (wrong !== undefined) found.push(problem(wrong, `${path}/${field}`));
  }
  for (const name of Object.keys(isJsonObject(fields.Assign) ? fields.Assign : {})) {
    const wrong = wrongName(name);
    if (wrong !== undefined)
      found.push(
        problem(`Invalid variable name '${name}': ${wrong}`, `${path}/Assign/${name}`, 'INVALID_VARIABLE_NAME'),
      );
  }
  return found;
}

/** Fields of which a state must have one and may have no more, by its type. */
function alternatives(type: Json | undefined): readonly (readonly string[])[] {
  const next = ['Next', 'End'];
  if (type === 'Wait') return [next, ['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp']];
  if (type === 'Map') return [next, ['ItemProcessor', 'Iterator']];
  return type === 'Task' || type === 'Pass' || type === 'Parallel' ? [next] : [];
}

function alternativeProblems(state: JsonObject, path: string): Diagnostic[] {
  // `End: false` says no more than leaving it away.
  const has = (field: string): boolean => field in state && !(field === 'End' && state.End === false);
  return alternatives(state.Type).flatMap((fields) => {
    const given = fields.filter(has).length;
    if (given === 1) return [];
    const start = given === 0 ? 'This object should have only one' : 'There should only be one';
    return [problem(`${start} of the following fields: [${fields.join(', ')}]`, path)];
  });
}

/** What fits the values of a state one by one, but not together. */
export function combinationProblems(state: JsonObject, path: string): Diagnostic[] {
  const { Timestamp: timestamp, TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  const found: Diagnostic[] = alternativeProblems(state, path);
  if (typeof timestamp === 'string' && !isExpression(timestamp) && parseTimestamp(timestamp) === undefined)
    found.push(problem('String does not match RFC3339 timestamp', `${path}/Timestamp`));
  if (typeof timeout === 'number' && typeof heartbeat === 'number' && heartbeat >= timeout)
    found.push(problem("'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'", `${path}/HeartbeatSeconds`));
  for (const field of ['Retry', 'Catch']) found.push(...wildcardProblems(state[field], `${path}/${field}`));
  return found;
}

/** States.ALL stands alone, and in the last place, as nothing after it would ever be asked. */
function wildcardProblems(rules: Json | undefined, path: string): Diagnostic[] {
  const all = Array.isArray(rules) ? rules.map((rule) => (isJsonObject(rule) ? rule.ErrorEquals : undefined)) : [];
  return all.flatMap((errors, i) => {
    if (!Array.isArray(errors) || !errors.includes('States.ALL')) return [];
    if (errors.length === 1 && i === all.length - 1) return [];
    return [problem('States.ALL must appear alone and at end of list', `${path}[${i}]/ErrorEquals`)];
  });
}
