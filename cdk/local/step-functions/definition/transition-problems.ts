import { isJsonObject, type JsonObject } from '../json.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { eachScope, statesOf } from './walk-definition.ts';

const MISSING_TARGET = 'MISSING_TRANSITION_TARGET';
const LONGEST_NAME = 80;
const TOO_LONG = `Invalid State name: State exceeds the ${LONGEST_NAME}-character limit allowed by the service`;

/** Transitions to nowhere, states nothing leads to, a machine that cannot end, names used twice: in AWS's words. */
export function transitionProblems(machine: JsonObject): Diagnostic[] {
  const found: Diagnostic[] = nameProblems(machine);
  eachScope(machine, (scope, path) => found.push(...targetProblems(scope, path)));
  if (!hasEnd(machine)) return [...found, problem('Workflow has no terminal state', undefined, 'MISSING_END_STATE')];
  eachScope(machine, (scope, path) => found.push(...unreachable(scope, path)));
  return found;
}

function nameProblems(machine: JsonObject): Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  eachScope(machine, (scope, path) => {
    for (const name of Object.keys(isJsonObject(scope.States) ? scope.States : {})) {
      const at = `${path}/States/${name}`;
      if (seen.has(name)) found.push(problem(`Duplicate State name: ${name}`, at, 'DUPLICATE_STATE_NAME'));
      if (name.length > LONGEST_NAME) found.push(problem(TOO_LONG, at, 'INVALID_STATE_NAME'));
      seen.add(name);
    }
  });
  return found;
}

/** Where a state may go next, with the place that says so. */
function targets(state: JsonObject): [target: string, at: string][] {
  const found: [string, string][] = [];
  const add = (from: JsonObject, field: string, at: string): void => {
    const target = from[field];
    if (typeof target === 'string') found.push([target, at]);
  };
  add(state, 'Next', 'Next');
  for (const field of ['Choices', 'Catch']) {
    const rules = state[field];
    for (const [i, rule] of (Array.isArray(rules) ? rules : []).entries())
      if (isJsonObject(rule)) add(rule, 'Next', `${field}[${i}]/Next`);
  }
  add(state, 'Default', 'Default');
  return found;
}

function targetProblems(scope: JsonObject, path: string): Diagnostic[] {
  const { StartAt: start, States: states } = scope;
  if (!isJsonObject(states)) return [];
  const found: Diagnostic[] = [];
  const check = (target: string, at: string): void => {
    if (!Object.hasOwn(states, target)) found.push(problem(`Missing 'Next' target: ${target}`, at, MISSING_TARGET));
  };
  if (typeof start === 'string') check(start, `${path}/StartAt`);
  statesOf(scope, path, (state, at) => {
    for (const [target, place] of targets(state)) check(target, `${at}/${place}`);
  });
  return found;
}

function hasEnd(machine: JsonObject): boolean {
  let ends = false;
  statesOf(machine, '', ({ Type: type, End: end }) => {
    ends ||= end === true || type === 'Succeed' || type === 'Fail';
  });
  return ends;
}

function unreachable(scope: JsonObject, path: string): Diagnostic[] {
  const { StartAt: start, States: states } = scope;
  if (!isJsonObject(states) || typeof start !== 'string') return [];
  const reached = new Set<string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = Object.hasOwn(states, name) ? states[name] : undefined;
    if (reached.has(name) || !isJsonObject(state)) continue;
    reached.add(name);
    open.push(...targets(state).map(([target]) => target));
  }
  return Object.keys(states)
    .filter((name) => !reached.has(name))
    .map((name) => problem(`State "${name}" is not reachable.`, `${path}/States/${name}`, MISSING_TARGET));
}
