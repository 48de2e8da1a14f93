import { invalid } from '../engine-error.ts';
import { compareValues, parseValue, typeOf } from '../values/index.ts';
import { type Input, isInput } from './check-shape.ts';

/** A condition of the way before expressions: an attribute, how it is compared, and with what. */
export interface LegacyCondition {
  readonly name: string;
  readonly operator: string;
  /** Attribute values, as JSON gives them. */
  readonly values: readonly unknown[];
}

const wrong = (what: string) => invalid(`One or more parameter values were invalid: ${what}`);

/** How many values each operator takes, and of which types. */
const operators: Readonly<Record<string, { readonly least: number; readonly most: number; readonly types?: string }>> =
  {
    NULL: { least: 0, most: 0 },
    NOT_NULL: { least: 0, most: 0 },
    EQ: { least: 1, most: 1 },
    NE: { least: 1, most: 1 },
    LE: { least: 1, most: 1, types: 'S N B' },
    LT: { least: 1, most: 1, types: 'S N B' },
    GE: { least: 1, most: 1, types: 'S N B' },
    GT: { least: 1, most: 1, types: 'S N B' },
    CONTAINS: { least: 1, most: 1, types: 'S N B' },
    NOT_CONTAINS: { least: 1, most: 1, types: 'S N B' },
    BEGINS_WITH: { least: 1, most: 1, types: 'S B' },
    IN: { least: 1, most: Number.POSITIVE_INFINITY, types: 'S N B' },
    BETWEEN: { least: 2, most: 2, types: 'S N B' },
  };

function checkValues(operator: string, json: readonly unknown[]): void {
  const values = json.map(parseValue);
  const rule = operators[operator];
  if (rule === undefined || values.length < rule.least || values.length > rule.most) {
    throw wrong(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  }
  const types = values.map(typeOf);
  if (new Set(types).size > 1) throw wrong('AttributeValues inside AttributeValueList must be of same type');
  const odd = types.find((type) => rule.types !== undefined && !rule.types.split(' ').includes(type));
  if (odd !== undefined) throw wrong(`ComparisonOperator ${operator} is not valid for ${odd} AttributeValue type`);
  const [low, high] = values;
  if (operator === 'BETWEEN' && low && high && (compareValues(low, high) ?? 0) > 0) {
    throw invalid('The BETWEEN condition was provided a range where the lower bound is greater than the upper bound');
  }
}

const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : []);
const isGiven = (json: unknown): boolean => json !== undefined && json !== null;

/** Reads `KeyConditions`, `QueryFilter` or `ScanFilter`. Throws in AWS's words. */
export function readConditions(json: unknown): readonly LegacyCondition[] {
  if (!isInput(json)) return [];
  return Object.entries(json).map(([name, condition]) => {
    const { ComparisonOperator, AttributeValueList } = isInput(condition) ? condition : {};
    const values = listOf(AttributeValueList);
    checkValues(String(ComparisonOperator), values);
    return { name, operator: String(ComparisonOperator), values };
  });
}

/** Reads `Expected`. Throws in AWS's words. */
export function readExpected(json: unknown): readonly LegacyCondition[] {
  if (!isInput(json)) return [];
  return Object.entries(json).map(([name, condition]) => readExpectation(name, isInput(condition) ? condition : {}));
}

function readExpectation(
  name: string,
  { AttributeValueList, ComparisonOperator, Exists, Value }: Input,
): LegacyCondition {
  if (isGiven(AttributeValueList) && isGiven(Value)) {
    throw wrong(`Value and AttributeValueList cannot be used together for Attribute: ${name}`);
  }
  if (!isGiven(ComparisonOperator)) {
    if (isGiven(AttributeValueList)) {
      throw wrong(`AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`);
    }
    return readExistence(name, Exists, Value);
  }
  const operator = String(ComparisonOperator);
  if (isGiven(Exists)) throw wrong(`Exists and ComparisonOperator cannot be used together for Attribute: ${name}`);
  if (operator !== 'NULL' && operator !== 'NOT_NULL' && !isGiven(AttributeValueList) && !isGiven(Value)) {
    throw wrong(`Value or AttributeValueList must be used with ComparisonOperator: ${operator} for Attribute: ${name}`);
  }
  const values = isGiven(Value) ? [Value] : listOf(AttributeValueList);
  checkValues(operator, values);
  return { name, operator, values };
}

function readExistence(name: string, exists: unknown, value: unknown): LegacyCondition {
  if (exists === false) {
    if (isGiven(value)) throw wrong(`Value cannot be used when Exists is false for Attribute: ${name}`);
    return { name, operator: 'NULL', values: [] };
  }
  if (!isGiven(value)) {
    throw wrong(
      `Value must be provided when Exists is ${isGiven(exists) ? String(exists) : 'null'} for Attribute: ${name}`,
    );
  }
  parseValue(value);
  return { name, operator: 'EQ', values: [value] };
}
