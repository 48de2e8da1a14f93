import { compileExpression, isExpression } from '../expressions/expression.ts';
import { isJsonObject, isObject, type Json, type JsonObject } from '../json.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { eachState } from './walk-definition.ts';

const NESTED = new Set(['ItemProcessor', 'Branches']);

/** Compiles every expression of a definition and says which are not well formed, and where. */
export function expressionProblems(machine: JsonObject): Diagnostic[] {
  const found: Diagnostic[] = [];
  const check = (value: Json, path: string): void => {
    if (isExpression(value)) {
      try {
        compileExpression(value, path);
      } catch (error) {
        const message =
          isObject(error) || error instanceof Error ? String(Reflect.get(error, 'message')) : String(error);
        found.push(problem(`The JSONata expression could not be parsed: ${message}`, path));
      }
    } else if (Array.isArray(value)) for (const [i, item] of value.entries()) check(item, `${path}[${i}]`);
    else if (isJsonObject(value)) for (const [key, item] of Object.entries(value)) check(item, `${path}/${key}`);
  };
  eachState(machine, (state, path) => {
    for (const [field, value] of Object.entries(state)) if (!NESTED.has(field)) check(value, `${path}/${field}`);
    for (const name of Object.keys(isJsonObject(state.Assign) ? state.Assign : {})) {
      if (name === 'states') found.push(problem("The variable name 'states' is reserved", `${path}/Assign/states`));
    }
  });
  return found;
}
