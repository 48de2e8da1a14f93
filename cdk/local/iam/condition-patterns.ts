import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';
import { wildcard } from './pattern.ts';

/** What policies compare the values of one condition key with. */
interface Compared {
  readonly patterns: Set<string>;
  /** Some comparison is more than equality or wildcards: values then count as they are. */
  exact: boolean;
}

/** Condition keys (in lower case) that policies look at, and what they compare them with. */
export type ConditionPatterns = ReadonlyMap<string, Compared>;

/** Collects every condition of some policy documents. */
export function conditionPatterns(documents: readonly JsonObject[]): ConditionPatterns {
  const found = new Map<string, Compared>();
  for (const document of documents) {
    for (const statement of asList(document.Statement)) {
      const condition = isObject(statement) ? statement.Condition : undefined;
      if (!isObject(condition)) continue;
      for (const [operator, keys] of Object.entries(condition)) {
        if (isObject(keys))
          for (const [key, values] of Object.entries(keys)) note(found, operator, key, asList(values));
      }
    }
  }
  return found;
}

function note(found: Map<string, Compared>, operator: string, key: string, values: readonly Json[]): void {
  const compared = found.get(key.toLowerCase()) ?? { patterns: new Set<string>(), exact: false };
  found.set(key.toLowerCase(), compared);
  for (const value of values) compared.patterns.add(String(value));
  const simple = /^(ForAnyValue:|ForAllValues:)?String(Not)?(Equals|Like)(IfExists)?$/.test(operator);
  if (!simple || values.some((value) => String(value).includes('${'))) compared.exact = true;
}

function asList(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : isList(value) ? value : [value];
}

/**
 * A text that is the same for two lists of values if the policies cannot tell them apart: which patterns each value
 * matches. Decisions can so be remembered although almost every call has another key in it.
 */
export function kindsOf(values: readonly string[], compared: Compared): string {
  if (compared.exact) return JSON.stringify([...new Set(values)].sort());
  const kinds = values.map((value) =>
    [...compared.patterns].map((each) => (each === value ? '=' : wildcard(each).test(value) ? '~' : '-')).join(''),
  );
  return [...new Set(kinds)].sort().join(',');
}
