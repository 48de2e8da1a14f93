import { invalid } from '../engine-error.ts';
import type { Input } from './check-shape.ts';
import { type LegacyCondition, readConditions, readExpected } from './legacy-conditions.ts';
import { conditionText, createSubstitutes, type Substitutes } from './legacy-expressions.ts';
import { updateText } from './legacy-updates.ts';

const legacyFields = [
  'AttributesToGet',
  'AttributeUpdates',
  'ConditionalOperator',
  'Expected',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
];

/**
 * A request with expressions in the place of the parameters that were there before them. Throws in AWS's words for
 * what is wrong with these.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
 */
export function inExpressions(input: Input): Input {
  if (legacyFields.every((name) => input[name] === undefined || input[name] === null)) return input;
  const { AttributesToGet, AttributeUpdates, ConditionalOperator, Expected, KeyConditions, QueryFilter, ScanFilter } =
    input;
  const substitutes = createSubstitutes();
  const junction = ConditionalOperator === 'OR' ? 'OR' : 'AND';
  const expected = readExpected(Expected);
  const filters = [...readConditions(QueryFilter), ...readConditions(ScanFilter)];
  const keys = readConditions(KeyConditions);
  checkJunction(ConditionalOperator, [...expected, ...filters]);
  const projected = Array.isArray(AttributesToGet) ? namesIn(AttributesToGet) : [];
  const update = updateText(AttributeUpdates, substitutes);
  const texts = {
    ...texted('ConditionExpression', expected, junction, substitutes),
    ...texted('FilterExpression', filters, junction, substitutes),
    ...texted('KeyConditionExpression', keys, 'AND', substitutes),
    ...(update !== undefined && { UpdateExpression: update }),
    ...(projected.length > 0 && { ProjectionExpression: projected.map(substitutes.name).join(', ') }),
  };
  return { ...withoutLegacy(input), ...texts, ...withOwn(input, substitutes) };
}

const texted = (name: string, conditions: readonly LegacyCondition[], junction: 'AND' | 'OR', by: Substitutes) =>
  conditions.length > 0 ? { [name]: conditionText(conditions, junction, by) } : {};

const withoutLegacy = (input: Input): Input =>
  Object.fromEntries(Object.entries(input).filter(([name]) => !legacyFields.includes(name)));

/** Substitutes beside the placeholders that a query with `KeyConditions` and a filter expression has of its own. */
function withOwn({ ExpressionAttributeNames, ExpressionAttributeValues }: Input, { fields }: Substitutes): Input {
  const both = (own: unknown, made: object | undefined): object | undefined =>
    made && { ...(typeof own === 'object' ? own : {}), ...made };
  const names = both(ExpressionAttributeNames, fields.ExpressionAttributeNames);
  const values = both(ExpressionAttributeValues, fields.ExpressionAttributeValues);
  return {
    ...(names && { ExpressionAttributeNames: names }),
    ...(values && { ExpressionAttributeValues: values }),
  };
}

function checkJunction(junction: unknown, conditions: readonly LegacyCondition[]): void {
  if (junction === undefined || junction === null) return;
  const wrong = (what: string) => invalid(`One or more parameter values were invalid: ConditionalOperator ${what}`);
  if (conditions.length === 0) throw wrong('cannot be used without Filter or Expected');
  if (conditions.length === 1) throw wrong('can only be used when Filter or Expected has two or more elements');
}

function namesIn(json: readonly unknown[]): readonly string[] {
  const names = json.filter((each) => typeof each === 'string');
  const double = names.find((name, at) => names.indexOf(name) !== at);
  if (double !== undefined) {
    throw invalid(`One or more parameter values were invalid: Duplicate value in attribute name: ${double}`);
  }
  return names;
}
