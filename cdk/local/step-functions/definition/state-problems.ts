import { isExpression } from '../expressions/expression.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { invocationProblems } from '../states/invocation.ts';
import { parseTimestamp } from '../states/timestamp.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { parseResource } from './resource.ts';
import { DISTRIBUTED_FIELDS, JSONPATH_FIELDS, STATE_FIELDS } from './state-fields.ts';
import { eachScope, eachState } from './walk-definition.ts';

/** What a field of a state may not be, in AWS's words: its query language, fields it lacks or cannot have, resources. */
export function stateProblems(machine: JsonObject, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  const found: Diagnostic[] = [];
  const whole = machine.QueryLanguage ?? 'JSONPath';
  eachScope(machine, (scope, path) => found.push(...scopeProblems(scope, path)));
  if (found.length > 0) return found;
  eachState(machine, (state, path) => {
    const language = state.QueryLanguage ?? whole;
    if (language === 'JSONPath' && whole === 'JSONata') {
      found.push(problem("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", path));
    } else if (language !== 'JSONata') {
      found.push(problem("The query language JSONPath is not supported here: set 'QueryLanguage' to 'JSONata'", path));
    } else found.push(...fieldProblems(state, path), ...valueProblems(state, path, type));
  });
  return found;
}

/** What a list of states with a start needs, wherever it stands. */
function scopeProblems(scope: JsonObject, path: string): Diagnostic[] {
  const missing = requiredProblems(scope, ['States', 'StartAt'], path === '' ? '/' : path);
  if (path !== '' && 'QueryLanguage' in scope) missing.push(problem("Field 'QueryLanguage' is not supported", path));
  return missing;
}

function requiredProblems(value: JsonObject, required: readonly string[], path: string): Diagnostic[] {
  const missing = required.filter((field) => value[field] === undefined);
  return missing.length === 0 ? [] : [problem(`These fields are required: [${missing.join(', ')}]`, path)];
}

function fieldProblems(state: JsonObject, path: string): Diagnostic[] {
  const found = requiredProblems(state, ['Type'], path);
  const known = typeof state.Type === 'string' ? STATE_FIELDS[state.Type] : undefined;
  // A kind of state that is none is left to the structural check.
  if (known === undefined) return found;
  for (const field of Object.keys(state)) {
    if (known.allowed.has(field)) continue;
    if (JSONPATH_FIELDS.has(field)) found.push(problem(onlyInJsonPath(field), path));
    else if (state.Type === 'Map' && DISTRIBUTED_FIELDS.has(field)) found.push(problem(onlyInline(field), path));
    else found.push(problem(`Field '${field}' is not supported`, path));
  }
  found.push(...requiredProblems(state, known.required, path));
  for (const [field, required] of Object.entries(RULES)) {
    for (const [i, rule] of list(state[field]).entries())
      if (isJsonObject(rule)) found.push(...requiredProblems(rule, required, `${path}/${field}[${i}]`));
  }
  return found;
}

/** What the rules of a Choice, and retriers and catchers, cannot do without. */
const RULES = { Choices: ['Next', 'Condition'], Retry: ['ErrorEquals'], Catch: ['ErrorEquals', 'Next'] };

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function onlyInJsonPath(field: string): string {
  return `The QueryLanguage is set to 'JSONata', but field '${field}' is only supported for the 'JSONPath' QueryLanguage`;
}

function onlyInline(field: string): string {
  return `The field '${field}' is not supported here: only inline Maps with an ItemProcessor are`;
}

function valueProblems(state: JsonObject, path: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  if (state.Type === 'Task') return taskProblems(state, path, type);
  if (state.Type === 'Wait') return timestampProblems(state.Timestamp, `${path}/Timestamp`);
  const config = isJsonObject(state.ItemProcessor) ? state.ItemProcessor.ProcessorConfig : undefined;
  return isJsonObject(config) && config.Mode === 'DISTRIBUTED'
    ? [problem('The Map mode DISTRIBUTED is not supported here', `${path}/ItemProcessor/ProcessorConfig`)]
    : [];
}

function timestampProblems(timestamp: Json | undefined, path: string): Diagnostic[] {
  if (typeof timestamp !== 'string' || isExpression(timestamp) || parseTimestamp(timestamp) !== undefined) return [];
  return [problem('String does not match RFC3339 timestamp', path)];
}

function taskProblems(state: JsonObject, path: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  const resource = state.Resource;
  if (typeof resource !== 'string') return [];
  const at = `${path}/Resource`;
  if (type === 'EXPRESS' && resource.endsWith('.waitForTaskToken')) {
    return [problem("Express state machine does not support '.waitForTaskToken' service integration ", at)];
  }
  const parsed = parseResource(resource);
  if (parsed === undefined) {
    return [
      problem(
        `The resource provided ${resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
        at,
      ),
    ];
  }
  const { Arguments: given } = state;
  if (parsed.kind !== 'invoke' || !isJsonObject(given)) return [];
  return invocationProblems(given).map((text) => problem(text, `${path}/Arguments`));
}
