import { invalid } from '../engine-error.ts';
import type { Input } from './check-shape.ts';

const isGiven = (input: Input, name: string): boolean => input[name] !== undefined && input[name] !== null;

/**
 * Throws in AWS's words when expressions are mixed with the parameters that were there before them, or when there are
 * placeholders and no expression. `expressions` and `legacy` are in the order in which AWS names them.
 */
export function checkExpressions(input: Input, expressions: readonly string[], legacy: readonly string[]): void {
  const given = expressions.filter((name) => isGiven(input, name));
  const older = legacy
    .filter((name) => isGiven(input, name))
    // a query may still say its keys in the older way beside a filter or a projection
    .filter((name) => name !== 'KeyConditions' || isGiven(input, 'KeyConditionExpression'));
  if (given.length > 0 && older.length > 0) {
    throw invalid(
      `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${older.join(', ')}} Expression parameters: {${given.join(', ')}}`,
    );
  }
  if (isGiven(input, 'ExpressionAttributeNames') && given.length === 0) {
    throw invalid('ExpressionAttributeNames can only be specified when using expressions');
  }
  const withValues = expressions.filter((name) => name !== 'ProjectionExpression');
  const hasNone = withValues.every((name) => !isGiven(input, name));
  if (withValues.length > 0 && hasNone && isGiven(input, 'ExpressionAttributeValues')) {
    const verb = withValues.length > 1 ? 'are' : 'is';
    throw invalid(
      `ExpressionAttributeValues can only be specified when using expressions: ${withValues.join(' and ')} ${verb} null`,
    );
  }
}
