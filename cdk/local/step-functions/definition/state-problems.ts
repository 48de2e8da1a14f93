import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import {
  DISTRIBUTED_FIELDS,
  type Fields,
  JSONATA_FIELDS,
  JSONPATH_FIELDS,
  PROCESSOR_FIELDS,
  RULE_FIELDS,
  SCOPE_FIELDS,
  STATE_FIELDS,
} from './state-fields.ts';
import { taskProblems } from './task-problems.ts';
import { combinationProblems, machineTimeout, valueProblems } from './value-problems.ts';
import { eachScope, eachState } from './walk-definition.ts';

/** What a machine and its states lack or cannot have, in AWS's words where these are known. */
export function stateProblems(machine: JsonObject, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  const found: Diagnostic[] = [];
  eachScope(machine, (scope, path) => found.push(...scopeProblems(scope, path)));
  if (found.length > 0) return found;
  const whole = languageOf(machine, 'JSONPath');
  eachState(machine, (state, path) => {
    const language = languageOf(state, whole);
    if (language === 'JSONPath' && whole === 'JSONata') {
      found.push(problem("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", path));
    } else if (language !== 'JSONata') {
      const own = Object.keys(state).filter((field) => JSONATA_FIELDS.has(field));
      found.push(...own.map((field) => problem(onlyIn('JSONata', 'JSONPath', field), path)));
      if (own.length === 0)
        found.push(
          problem("The query language JSONPath is not supported here: set 'QueryLanguage' to 'JSONata'", path),
        );
    } else found.push(...problemsOf(state, path, type));
  });
  return found;
}

/** AWS takes anything but the one name for JSONata, and says beside that what it is not. */
function languageOf({ QueryLanguage: said }: JsonObject, otherwise: 'JSONPath' | 'JSONata'): 'JSONPath' | 'JSONata' {
  if (said === undefined) return otherwise;
  return said === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

/** A list of states with its start, wherever it stands. */
function scopeProblems(scope: JsonObject, path: string): Diagnostic[] {
  const at = path === '' ? '/' : path;
  const found = fieldProblems(scope, path === '' ? SCOPE_FIELDS.machine : SCOPE_FIELDS.inner, at);
  if (found.length > 0) return found;
  const { States: states, StartAt: start, TimeoutSeconds: timeout, QueryLanguage: language, Version: version } = scope;
  const said = {
    ...(language !== undefined && { QueryLanguage: language }),
    ...(version !== undefined && { Version: version }),
  };
  found.push(...valueProblems(said, path));
  if (!isJsonObject(states)) return [problem('Expected value of type [OBJECT]', `${path}/States`)];
  if (typeof start !== 'string') found.push(problem('Expected value of type [STRING]', `${path}/StartAt`));
  const wrong = timeout === undefined ? undefined : machineTimeout(timeout);
  if (wrong !== undefined) found.push(problem(wrong, `${path}/TimeoutSeconds`));
  for (const [name, state] of Object.entries(states))
    if (!isJsonObject(state)) found.push(problem('A state must be an object', `${path}/States/${name}`));
  if (scope.ProcessorConfig !== undefined) found.push(...processorProblems(scope.ProcessorConfig, path));
  return found;
}

/** How a Map runs its iterations: inline, which is also what it does unsaid. */
function processorProblems(config: Json, path: string): Diagnostic[] {
  const at = `${path}/ProcessorConfig`;
  if (!isJsonObject(config)) return [problem('Expected value of type [OBJECT]', at)];
  const { Mode: mode = 'INLINE' } = config;
  if (mode !== 'INLINE') return [problem(`The Map mode ${mode} is not supported here`, at)];
  return fieldProblems(config, PROCESSOR_FIELDS, at);
}

/** What a Choice's rule tests; in JSONata there is but the last. */
const TESTS = ['And', 'Or', 'Not', 'Variable', 'Condition'];

function problemsOf(state: JsonObject, path: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  const kind = state.Type;
  if (kind === undefined) return [problem('These fields are required: [Type]', path)];
  const fields = typeof kind === 'string' && Object.hasOwn(STATE_FIELDS, kind) ? STATE_FIELDS[kind] : undefined;
  if (fields === undefined) return [problem(`There is no type of state '${kind}'`, `${path}/Type`)];
  const found = [...fieldProblems(state, fields, path), ...valueProblems(state, path)];
  for (const [field, allowed] of Object.entries(RULE_FIELDS)) {
    for (const [i, rule] of list(state[field]).entries()) {
      const at = `${path}/${field}[${i}]`;
      if (isJsonObject(rule)) found.push(...fieldProblems(rule, allowed, at), ...valueProblems(rule, at));
      else found.push(problem('A rule must be an object', at));
      if (field === 'Choices' && isJsonObject(rule) && !TESTS.some((test) => test in rule))
        found.push(problem(`The object must have only one of the following fields, [${TESTS.join(', ')}]`, at));
    }
  }
  found.push(...combinationProblems(state, path));
  return kind === 'Task' ? [...found, ...taskProblems(state, path, type)] : found;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function fieldProblems(value: JsonObject, { required, allowed }: Fields, path: string): Diagnostic[] {
  const found = Object.keys(value)
    .filter((field) => !allowed.has(field))
    .map((field) => problem(whyNot(field), path));
  const missing = required.filter((field) => value[field] === undefined);
  if (missing.length > 0) found.push(problem(`These fields are required: [${missing.join(', ')}]`, path));
  return found;
}

function onlyIn(language: string, set: string, field: string): string {
  return `The QueryLanguage is set to '${set}', but field '${field}' is only supported for the '${language}' QueryLanguage`;
}

function whyNot(field: string): string {
  if (JSONPATH_FIELDS.has(field)) return onlyIn('JSONPath', 'JSONata', field);
  if (DISTRIBUTED_FIELDS.has(field))
    return `The field '${field}' is not supported here: only inline Maps with an ItemProcessor are`;
  return `Field '${field}' is not supported`;
}
