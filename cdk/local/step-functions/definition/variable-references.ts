import { compileExpression, isExpression } from '../expressions/expression.ts';
import { variablesRead } from '../expressions/variables-read.ts';
import { isJsonObject, parseJson } from '../json.ts';
import { eachText } from './expression-problems.ts';
import { assigned } from './variable-problems.ts';
import { eachScope, eachState } from './walk-definition.ts';

/** The variables each state of a valid definition reads, by the state's name, sorted; a state that reads none is left out. */
export function variableReferences(definition: string): Record<string, string[]> {
  const machine = parseJson(definition);
  if (!isJsonObject(machine)) return {};
  // A name that nothing assigns is one of JSONata's functions, or a mistake.
  const variables = new Set<string>();
  eachState(machine, (state) => {
    for (const [name] of assigned(state)) variables.add(name);
  });
  if (variables.size === 0) return {};
  const found: [string, string[]][] = [];
  eachScope(machine, ({ States: states }) => {
    for (const [name, state] of Object.entries(isJsonObject(states) ? states : {})) {
      const read = new Set<string>();
      const add = (text: string): void => {
        if (!isExpression(text)) return;
        for (const one of variablesRead(compileExpression(text, '').ast)) if (variables.has(one)) read.add(one);
      };
      if (isJsonObject(state)) eachText(state, '', add);
      if (read.size > 0) found.push([name, [...read].sort()]);
    }
  });
  return Object.fromEntries(found);
}
