import { isJsonObject, type JsonObject } from '../json.ts';

/**
 * Calls `visit` for every list of states of a definition with its JSON pointer: the machine's own (at ''), and those of
 * Map and Parallel inside it.
 */
export function eachScope(machine: JsonObject, visit: (scope: JsonObject, path: string) => void, path = ''): void {
  visit(machine, path);
  const states = machine.States;
  if (!isJsonObject(states)) return;
  for (const [name, state] of Object.entries(states)) {
    if (!isJsonObject(state)) continue;
    const here = `${path}/States/${name}`;
    const { ItemProcessor: processor, Branches: branches } = state;
    if (isJsonObject(processor)) eachScope(processor, visit, `${here}/ItemProcessor`);
    if (!Array.isArray(branches)) continue;
    for (const [i, branch] of branches.entries())
      if (isJsonObject(branch)) eachScope(branch, visit, `${here}/Branches[${i}]`);
  }
}

/** Calls `visit` for every state of one list of states. */
export function statesOf(scope: JsonObject, path: string, visit: (state: JsonObject, path: string) => void): void {
  for (const [name, state] of Object.entries(isJsonObject(scope.States) ? scope.States : {}))
    if (isJsonObject(state)) visit(state, `${path}/States/${name}`);
}

/** Calls `visit` for every state of a definition, nested ones too, with its JSON pointer. */
export function eachState(machine: JsonObject, visit: (state: JsonObject, path: string) => void): void {
  eachScope(machine, (scope, path) => statesOf(scope, path, visit));
}
