import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';

/** A write, with the item or the key that it names. */
export interface Write {
  readonly table: string;
  readonly item: JsonObject;
}

const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
const writeOf = (part: JsonObject): Write => ({
  table: String(part.TableName),
  item: { ...object(part.Item), ...object(part.Key) },
});

/** What a call writes; nothing for calls that only read. */
export function writtenItems(operation: string, input: JsonObject): readonly Write[] {
  switch (operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [writeOf(input)];
    case 'BatchWriteItem':
      return Object.entries(object(input.RequestItems)).flatMap(([table, requests]) =>
        list(requests).map((each) => {
          const { PutRequest, DeleteRequest } = object(each);
          return { table, item: { ...object(object(PutRequest).Item), ...object(object(DeleteRequest).Key) } };
        }),
      );
    case 'TransactWriteItems':
      return list(input.TransactItems)
        .flatMap((item) => Object.entries(object(item)))
        .filter(([kind]) => kind !== 'ConditionCheck')
        .map(([, part]) => writeOf(object(part)));
    default:
      return [];
  }
}

/** The names of the tables that are written to. */
export function writtenTables(writes: readonly Write[]): readonly string[] {
  return [...new Set(writes.map(({ table }) => table))];
}
