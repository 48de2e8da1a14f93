import aslValidator from 'asl-validator';
import { isJsonObject, type JsonObject, parseJson } from '../json.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { expressionProblems } from './expression-problems.ts';
import { jsonError } from './json-error.ts';
import { skeleton } from './skeleton.ts';
import { stateProblems } from './state-problems.ts';
import { transitionProblems } from './transition-problems.ts';
import { variableProblems } from './variable-problems.ts';

/**
 * Says what is wrong with a definition, in AWS's codes and words where these are known; one kind of problem hides those
 * after it. What is left of the structure is judged by asl-validator, on a copy without expressions.
 */
export function diagnose(definition: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  if (definition.trim() === '') return [problem('Definition must be a valid JSON object')];
  const error = jsonError(definition);
  if (error !== undefined)
    return [problem(`${error.message}\n at ${error.location}`, error.location, 'INVALID_JSON_DESCRIPTION')];
  const machine = parseJson(definition);
  if (!isJsonObject(machine)) return [problem('Definition must be a valid JSON object')];
  for (const check of [
    (): Diagnostic[] => stateProblems(machine, type),
    (): Diagnostic[] => transitionProblems(machine),
    (): Diagnostic[] => structureProblems(machine),
    (): Diagnostic[] => [...expressionProblems(machine), ...variableProblems(machine)],
  ]) {
    const found = check();
    if (found.length > 0) return found;
  }
  return [];
}

/** AWS asks for an end only of the machine itself; what is inside a Map or Parallel may go round for ever. */
const STRICTER_THAN_AWS = 'MISSING_TERMINAL_STATE';

function structureProblems(machine: JsonObject): Diagnostic[] {
  const { errors } = aslValidator(skeleton(machine), { checkPaths: true, checkArn: false });
  const real = errors.filter((one) => one['Error code'] !== STRICTER_THAN_AWS);
  return real.map((one) => problem(one.Message, location(one.schemaError?.instancePath), one['Error code']));
}

function location(path: string | undefined): string | undefined {
  return path === undefined || path === '' ? undefined : path;
}

/** AWS's message for an InvalidDefinition. */
export function invalidDefinition(diagnostics: readonly Diagnostic[]): string {
  const parts = diagnostics.map(({ code, message, location: at = 'null' }) => `${code}: ${message} at ${at}`);
  return `Invalid State Machine Definition: '${parts.join(', ')}'`;
}
