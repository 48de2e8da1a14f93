import { isList, isObject, type JsonObject } from '../template/json.ts';

const expressions = [
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
  'ProjectionExpression',
  'UpdateExpression',
];

/** Words of the expression language that are no attributes. */
const words = new Set(
  'ADD AND BETWEEN DELETE IN NOT OR REMOVE SET attribute_exists attribute_not_exists attribute_type begins_with contains if_not_exists list_append size'.split(
    ' ',
  ),
);

/** The top-level attributes that a request names in its expressions (and in the older `AttributesToGet`). */
export function namedAttributes(request: JsonObject): readonly string[] {
  const names = isObject(request.ExpressionAttributeNames) ? request.ExpressionAttributeNames : {};
  const found = new Set<string>();
  for (const key of expressions) {
    const expression = request[key];
    if (typeof expression !== 'string') continue;
    for (const [, name = ''] of expression.matchAll(/(?<![\w.#:])(#?[A-Za-z_]\w*)/g)) {
      const meant = name.startsWith('#') ? names[name] : name;
      if (typeof meant === 'string' && !words.has(meant)) found.add(meant);
    }
  }
  if (isList(request.AttributesToGet)) for (const each of request.AttributesToGet) found.add(String(each));
  return [...found];
}
