import { isJsonObject, type JsonObject } from '../json.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { statesOf } from './walk-definition.ts';

const RESERVED = "Cannot assign to reserved variable '$states'.";

/** Variables that a state may not assign: the reserved one, and those of the scopes around it. */
export function variableProblems(machine: JsonObject): Diagnostic[] {
  const found: Diagnostic[] = [];
  const walk = (scope: JsonObject, path: string, outer: ReadonlySet<string>): void => {
    const own = new Set(outer);
    statesOf(scope, path, (state, at) => {
      for (const [name, place] of assigned(state)) {
        own.add(name);
        if (name === 'states') found.push(problem(RESERVED, `${at}/${place}`, 'RESERVED_VARIABLE_NAME'));
        else if (outer.has(name))
          found.push(
            problem(`The variable '${name}' is assigned in a scope around this one already`, `${at}/${place}`),
          );
      }
    });
    statesOf(scope, path, ({ ItemProcessor: processor, Branches: branches }, at) => {
      if (isJsonObject(processor)) walk(processor, `${at}/ItemProcessor`, own);
      for (const [i, branch] of (Array.isArray(branches) ? branches : []).entries())
        if (isJsonObject(branch)) walk(branch, `${at}/Branches[${i}]`, own);
    });
  };
  walk(machine, '', new Set());
  return found;
}

/** The variables a state assigns, itself or by a rule or catcher, each with its place. */
export function assigned(state: JsonObject): [name: string, place: string][] {
  const found: [string, string][] = [];
  const add = (from: JsonObject, within: string): void => {
    for (const name of Object.keys(isJsonObject(from.Assign) ? from.Assign : {}))
      found.push([name, `${within}Assign/${name}`]);
  };
  add(state, '');
  for (const field of ['Choices', 'Catch']) {
    const rules = state[field];
    for (const [i, rule] of (Array.isArray(rules) ? rules : []).entries())
      if (isJsonObject(rule)) add(rule, `${field}[${i}]/`);
  }
  return found;
}
