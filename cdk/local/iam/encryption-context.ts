import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';

const ON_AWS = /^kms:EncryptionContext:/i;
const STAND_IN = 'aws:PrincipalTag/kms:EncryptionContext:';

/**
 * The policy library drops condition keys whose variable part follows a colon, which are those of KMS's encryption
 * context alone. They are told to it as tags of the principal, a kind that it knows and that nobody here has.
 */
export function conditionKey(key: string): string {
  return key.replace(ON_AWS, STAND_IN);
}

/** A policy with its condition keys called as {@link conditionKey} calls them. */
export function withConditionKeys(document: JsonObject): JsonObject {
  const { Statement } = document;
  if (Statement === undefined) return document;
  return { ...document, Statement: isList(Statement) ? Statement.map(renamed) : renamed(Statement) };
}

function renamed(statement: Json): Json {
  if (!isObject(statement) || !isObject(statement.Condition)) return statement;
  const operators = Object.entries(statement.Condition).map(([operator, keys]) => [
    operator,
    isObject(keys)
      ? Object.fromEntries(Object.entries(keys).map(([key, values]) => [conditionKey(key), values]))
      : keys,
  ]);
  return { ...statement, Condition: Object.fromEntries(operators) };
}
