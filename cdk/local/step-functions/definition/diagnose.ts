import aslValidator from 'asl-validator';
import { isJsonObject, type JsonObject, parseJson } from '../json.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { expressionProblems } from './expression-problems.ts';
import { jsonError } from './json-error.ts';
import { skeleton } from './skeleton.ts';
import { stateProblems } from './state-problems.ts';

/**
 * Says what is wrong with a definition, in AWS's codes and words where these are known. Structure is checked by
 * asl-validator on a copy without expressions, the expressions by compiling them; JSONPath states are refused.
 */
export function diagnose(definition: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  if (definition.trim() === '') return [problem('Definition must be a valid JSON object')];
  const error = jsonError(definition);
  if (error !== undefined)
    return [problem(`${error.message}\n at ${error.location}`, error.location, 'INVALID_JSON_DESCRIPTION')];
  const machine = parseJson(definition);
  if (!isJsonObject(machine)) return [problem('Definition must be a valid JSON object')];
  const missing = ['States', 'StartAt'].filter((field) => machine[field] === undefined);
  if (missing.length > 0) return [problem(`These fields are required: [${missing.join(', ')}]`, '/')];
  const own = [...startProblems(machine), ...stateProblems(machine, type)];
  if (own.length > 0) return own;
  const { errors } = aslValidator(skeleton(machine), { checkPaths: true, checkArn: false });
  const structure = errors.map((one) =>
    problem(one.Message, location(one.schemaError?.instancePath), one['Error code']),
  );
  return structure.length > 0 ? structure : expressionProblems(machine);
}

function startProblems(machine: JsonObject): Diagnostic[] {
  const { StartAt: start, States: states } = machine;
  if (typeof start !== 'string' || !isJsonObject(states)) return [];
  return Object.hasOwn(states, start)
    ? []
    : [problem(`Missing 'Next' target: ${start}`, '/StartAt', 'MISSING_TRANSITION_TARGET')];
}

function location(path: string | undefined): string | undefined {
  return path === undefined || path === '' ? undefined : path;
}

/** AWS's message for an InvalidDefinition. */
export function invalidDefinition(diagnostics: readonly Diagnostic[]): string {
  const parts = diagnostics.map(
    ({ code, message, location: at }) => `${code}: ${message}${at === undefined ? '' : ` at ${at}`}`,
  );
  return `Invalid State Machine Definition: '${parts.join(', ')}'`;
}
