import { isJsonObject, type JsonObject } from '../json.ts';

/** Calls `visit` for every state of a definition, nested ones too, with its JSON pointer and the machine it is in. */
export function eachState(
  machine: JsonObject,
  visit: (state: JsonObject, path: string, name: string, states: JsonObject) => void,
  path = '',
): void {
  const states = machine.States;
  if (!isJsonObject(states)) return;
  for (const [name, state] of Object.entries(states)) {
    if (!isJsonObject(state)) continue;
    const here = `${path}/States/${name}`;
    visit(state, here, name, states);
    const { ItemProcessor: processor, Branches: branches } = state;
    if (isJsonObject(processor)) eachState(processor, visit, `${here}/ItemProcessor`);
    if (!Array.isArray(branches)) continue;
    for (const [i, branch] of branches.entries())
      if (isJsonObject(branch)) eachState(branch, visit, `${here}/Branches[${i}]`);
  }
}
