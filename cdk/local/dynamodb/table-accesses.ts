import type { Access } from '../iam/caller.ts';
import type { TableSpec } from '../template/blueprint.ts';
import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';
import { ServiceError } from '../types.ts';
import { leadingKey, queriedKey } from './leading-keys.ts';
import { namedAttributes } from './named-attributes.ts';

/** Finds what the policies know about a table. */
export interface TableCatalogue {
  /** The table of a name; undefined when it is not of the stack. */
  find(name: string): TableSpec | undefined;
  /** The ARN of a table by its name. */
  arn(name: string): string;
}

/** The parts of a transaction and the action that each is judged as. */
const parts: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/**
 * What a call of DynamoDB needs leave for: a transaction is judged as its puts, updates, deletes and checks, a batch
 * once a table, a query on an index by the index. Throws ServiceError for what cannot be judged here.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 */
export function accessesOf(operation: string, input: JsonObject, tables: TableCatalogue): readonly Access[] {
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return list(input.TransactItems).flatMap((item) =>
        Object.entries(object(item)).map(([kind, part]) =>
          itemAccess(`dynamodb:${parts[kind] ?? kind}`, object(part), tables, operation),
        ),
      );
    case 'BatchGetItem':
      return Object.entries(object(input.RequestItems)).map(([name, request]) => {
        const keys = list(object(request).Keys).map(object);
        return batchAccess(operation, name, keys, namedAttributes(object(request)), tables);
      });
    case 'BatchWriteItem':
      return Object.entries(object(input.RequestItems)).map(([name, requests]) => {
        const items = list(requests).map((each) => {
          const { PutRequest, DeleteRequest } = object(each);
          return { ...object(object(PutRequest).Item), ...object(object(DeleteRequest).Key) };
        });
        return batchAccess(operation, name, items, items.flatMap(Object.keys), tables);
      });
    case 'Query':
    case 'Scan':
      return [queryAccess(operation, input, tables)];
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [itemAccess(`dynamodb:${operation}`, input, tables)];
    case 'BatchExecuteStatement':
    case 'ExecuteStatement':
    case 'ExecuteTransaction':
      // The engine would do it, and no policy would have seen which keys it is about.
      throw new ServiceError('UnknownOperationException', `The local cloud does not have dynamodb:${operation}.`);
    case 'RestoreTableToPointInTime':
      return [
        { action: `dynamodb:${operation}`, resource: sourceOf(input, tables) },
        ...restoring.map((action) => ({
          action: `dynamodb:${action}`,
          resource: tables.arn(text(input.TargetTableName)),
        })),
      ];
    case 'ListTables':
    case 'DescribeEndpoints':
    case 'DescribeLimits':
      return [{ action: `dynamodb:${operation}`, resource: '*' }];
    default:
      return [{ action: `dynamodb:${operation}`, resource: resourceOf(input, tables) }];
  }
}

/** What whoever restores needs leave for on the new table. */
const restoring = ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];

const sourceOf = (input: JsonObject, tables: TableCatalogue): string =>
  text(input.SourceTableArn) || tables.arn(text(input.SourceTableName));

function resourceOf(input: JsonObject, tables: TableCatalogue): string {
  const arn = text(input.ResourceArn) || text(input.StreamArn);
  return arn === '' ? tables.arn(text(input.TableName)) : arn;
}

function itemAccess(action: string, part: JsonObject, tables: TableCatalogue, enclosing?: string): Access {
  const name = text(part.TableName);
  const item = { ...object(part.Item), ...object(part.Key) };
  const leading = leadingKey(item, tables.find(name)?.keySchema);
  return {
    action,
    resource: tables.arn(name),
    context: {
      ...(leading !== undefined && { 'dynamodb:LeadingKeys': [leading] }),
      'dynamodb:Attributes': [...Object.keys(item), ...namedAttributes(part)],
      'dynamodb:ReturnValues': text(part.ReturnValues) || 'NONE',
      ...(enclosing !== undefined && { 'dynamodb:EnclosingOperation': enclosing }),
    },
  };
}

function batchAccess(
  operation: string,
  name: string,
  items: readonly JsonObject[],
  attributes: readonly string[],
  tables: TableCatalogue,
): Access {
  const schema = tables.find(name)?.keySchema;
  return {
    action: `dynamodb:${operation}`,
    resource: tables.arn(name),
    context: {
      'dynamodb:LeadingKeys': items.map((item) => leadingKey(item, schema)).filter((key) => key !== undefined),
      'dynamodb:Attributes': [...new Set([...items.flatMap(Object.keys), ...attributes])],
    },
  };
}

function queryAccess(operation: string, input: JsonObject, tables: TableCatalogue): Access {
  const name = text(input.TableName);
  const index = text(input.IndexName);
  const table = tables.find(name);
  const indexes = [...(table?.globalIndexes ?? []), ...(table?.localIndexes ?? [])];
  const schema = index === '' ? table?.keySchema : indexes.find((each) => each.IndexName === index)?.KeySchema;
  const leading = queriedKey(input, schema);
  const projected = input.ProjectionExpression !== undefined || input.AttributesToGet !== undefined;
  const select = index === '' ? 'ALL_ATTRIBUTES' : 'ALL_PROJECTED_ATTRIBUTES';
  return {
    action: `dynamodb:${operation}`,
    resource: index === '' ? tables.arn(name) : `${tables.arn(name)}/index/${index}`,
    context: {
      ...(leading !== undefined && { 'dynamodb:LeadingKeys': [leading] }),
      'dynamodb:Attributes': namedAttributes(input),
      'dynamodb:Select': text(input.Select) || (projected ? 'SPECIFIC_ATTRIBUTES' : select),
      ...(operation === 'Scan' && { 'dynamodb:FullTableScan': 'true' }),
    },
  };
}
