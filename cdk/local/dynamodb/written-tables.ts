import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';

const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** The names of the tables that a call writes to. */
export function writtenTables(operation: string, input: JsonObject): readonly string[] {
  switch (operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [String(input.TableName)];
    case 'BatchWriteItem':
      return Object.keys(object(input.RequestItems));
    case 'TransactWriteItems': {
      const items = isList(input.TransactItems) ? input.TransactItems : [];
      const parts = items.flatMap((item) => Object.entries(object(item)));
      const writes = parts.filter(([kind]) => kind !== 'ConditionCheck');
      return [...new Set(writes.map(([, part]) => String(object(part).TableName)))];
    }
    default:
      return [];
  }
}
