import { invalid } from '../engine-error.ts';
import { checkShape, type Input, isInput } from './check-shape.ts';
import { itemRules } from './item-rules.ts';
import { itemShapes } from './item-shapes.ts';
import { inExpressions } from './modern.ts';
import { tableRules } from './table-rules.ts';
import { tableShapes } from './table-shapes.ts';

export { type Input, isInput };

const shapes = new Map(Object.entries({ ...itemShapes, ...tableShapes }));
const rules = new Map(Object.entries({ ...itemRules, ...tableRules }));

/**
 * Checks a request before any table is looked at, and gives it with expressions in the place of the parameters that
 * were there before them. Throws EngineError in AWS's words.
 */
export function checkRequest(operation: string, input: Input): Input {
  if (operation === 'CreateTable' && (input.TableName === undefined || input.TableName === null)) {
    throw invalid("The parameter 'TableName' is required but was not present in the request");
  }
  const shape = shapes.get(operation);
  if (shape) checkShape(shape, input);
  rules.get(operation)?.(input);
  return operation === 'BatchGetItem' ? manyInExpressions(input) : inExpressions(input);
}

function manyInExpressions(input: Input): Input {
  const { RequestItems } = input;
  if (!isInput(RequestItems)) return input;
  const modern = Object.entries(RequestItems).map(([table, request]) => [
    table,
    isInput(request) ? inExpressions(request) : request,
  ]);
  return { ...input, RequestItems: Object.fromEntries(modern) };
}
