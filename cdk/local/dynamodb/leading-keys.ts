import type { KeyElement } from '../template/blueprint.ts';
import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';

/** The partition key's value in an item or key, as policies compare it; undefined when there is none. */
export function leadingKey(item: JsonObject, schema: readonly KeyElement[] | undefined): string | undefined {
  const name = schema?.find((element) => element.KeyType === 'HASH')?.AttributeName;
  return name === undefined ? undefined : scalar(item[name]);
}

/** The partition key that a query asks for, from its expression or from the older `KeyConditions`. */
export function queriedKey(query: JsonObject, schema: readonly KeyElement[] | undefined): string | undefined {
  const hash = schema?.find((element) => element.KeyType === 'HASH')?.AttributeName;
  if (hash === undefined) return undefined;
  const { KeyConditionExpression: expression, KeyConditions: conditions } = query;
  if (isObject(conditions)) {
    const condition = conditions[hash];
    const values = isObject(condition) ? condition.AttributeValueList : undefined;
    return isList(values) ? scalar(values[0]) : undefined;
  }
  if (typeof expression !== 'string') return undefined;
  const names = isObject(query.ExpressionAttributeNames) ? query.ExpressionAttributeNames : {};
  const values = isObject(query.ExpressionAttributeValues) ? query.ExpressionAttributeValues : {};
  for (const [, left = '', right = ''] of expression.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)) {
    if ((left.startsWith('#') ? names[left] : left) === hash) return scalar(values[right]);
  }
  return undefined;
}

function scalar(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const [found] = Object.values(value);
  return typeof found === 'string' ? found : undefined;
}
