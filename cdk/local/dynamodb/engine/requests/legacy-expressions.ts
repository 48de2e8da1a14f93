import type { LegacyCondition } from './legacy-conditions.ts';

/** Makes placeholders for the names and values of older parameters. */
export interface Substitutes {
  name(name: string): string;
  value(value: unknown): string;
  /** The parameters in which they go. */
  readonly fields: {
    ExpressionAttributeNames?: Readonly<Record<string, string>>;
    ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
  };
}

/** Substitutes that no request can name itself: it had no expressions. */
export function createSubstitutes(): Substitutes {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  let count = 0;
  const fields: Substitutes['fields'] = {};
  return {
    name: (name) => {
      const ref = `#l${count++}`;
      names[ref] = name;
      fields.ExpressionAttributeNames = names;
      return ref;
    },
    value: (value) => {
      const ref = `:l${count++}`;
      values[ref] = value;
      fields.ExpressionAttributeValues = values;
      return ref;
    },
    fields,
  };
}

const comparators: Readonly<Record<string, string>> = { EQ: '=', NE: '<>', LE: '<=', LT: '<', GE: '>=', GT: '>' };

/** The expression that says the same as these conditions. */
export function conditionText(
  conditions: readonly LegacyCondition[],
  junction: 'AND' | 'OR',
  substitutes: Substitutes,
): string {
  return conditions.map((each) => clause(each, substitutes)).join(` ${junction} `);
}

function clause({ name, operator, values }: LegacyCondition, substitutes: Substitutes): string {
  const attribute = substitutes.name(name);
  const refs = values.map(substitutes.value);
  const [first = '', second = ''] = refs;
  switch (operator) {
    case 'NULL':
      return `attribute_not_exists(${attribute})`;
    case 'NOT_NULL':
      return `attribute_exists(${attribute})`;
    case 'CONTAINS':
      return `contains(${attribute}, ${first})`;
    case 'NOT_CONTAINS':
      // of an attribute that is not there, the older way says neither
      return `(attribute_exists(${attribute}) AND NOT contains(${attribute}, ${first}))`;
    case 'BEGINS_WITH':
      return `begins_with(${attribute}, ${first})`;
    case 'BETWEEN':
      return `${attribute} BETWEEN ${first} AND ${second}`;
    case 'IN':
      return `${attribute} IN (${refs.join(', ')})`;
    default:
      return `${attribute} ${comparators[operator]} ${first}`;
  }
}
