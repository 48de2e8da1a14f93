import {
  attributes,
  flag,
  integer,
  list,
  map,
  oneOf,
  pattern,
  requiredAttributes,
  type Shape,
  type StructShape,
  struct,
  text,
} from './shape.ts';

const name = pattern('[a-zA-Z0-9_.-]+');

/** The name of a table, or its ARN. */
export const tableName: Shape = text({ required: true, min: 1, max: 255, pattern: name, orArn: true });
const indexName: Shape = text({ min: 3, max: 255, pattern: name });

const capacity = oneOf('INDEXES', 'TOTAL', 'NONE');
const metrics = oneOf('SIZE', 'NONE');
const returned = oneOf('ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW');
const onFailure = oneOf('ALL_OLD', 'NONE');
const junction = oneOf('OR', 'AND');
const operators = [
  'IN',
  'NULL',
  'BETWEEN',
  'LT',
  'NOT_CONTAINS',
  'EQ',
  'GT',
  'NOT_NULL',
  'NE',
  'LE',
  'BEGINS_WITH',
  'GE',
  'CONTAINS',
];

const expected: Shape = map(
  struct({
    AttributeValueList: list(attributes),
    ComparisonOperator: text({ oneOf: operators }),
    Exists: flag,
    Value: attributes,
  }),
);
const conditions: Shape = map(
  struct({ ComparisonOperator: text({ required: true, oneOf: operators }), AttributeValueList: list(attributes) }),
);
const attributesToGet = list(text(), { min: 1, max: 255 });

/** Fields of every write of one item. */
const write = {
  ReturnConsumedCapacity: capacity,
  TableName: tableName,
  ReturnItemCollectionMetrics: metrics,
  ReturnValues: returned,
  ReturnValuesOnConditionCheckFailure: onFailure,
  ConditionalOperator: junction,
  Expected: expected,
  ConditionExpression: text(),
};

const search = {
  Select: oneOf('SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'),
  IndexName: indexName,
  ReturnConsumedCapacity: capacity,
  TableName: tableName,
  ConditionalOperator: junction,
  AttributesToGet: attributesToGet,
  ExclusiveStartKey: attributes,
  ConsistentRead: flag,
  FilterExpression: text(),
  ProjectionExpression: text(),
};

const part = {
  TableName: tableName,
  ConditionExpression: text(),
  ReturnValuesOnConditionCheckFailure: onFailure,
};

/** What requests about items look like. */
export const itemShapes: Readonly<Record<string, StructShape>> = {
  PutItem: struct({ ...write, Item: requiredAttributes }),
  DeleteItem: struct({ ...write, Key: requiredAttributes }),
  UpdateItem: struct({
    ...write,
    Key: requiredAttributes,
    AttributeUpdates: map(struct({ Action: oneOf('ADD', 'PUT', 'DELETE'), Value: attributes })),
    UpdateExpression: text(),
  }),
  GetItem: struct({
    ReturnConsumedCapacity: capacity,
    AttributesToGet: attributesToGet,
    TableName: tableName,
    Key: requiredAttributes,
    ConsistentRead: flag,
    ProjectionExpression: text(),
  }),
  Query: struct({
    ...search,
    QueryFilter: conditions,
    KeyConditions: conditions,
    KeyConditionExpression: text(),
    ScanIndexForward: flag,
    Limit: { is: 'number', type: 'Integer' },
  }),
  Scan: struct({
    ...search,
    ScanFilter: conditions,
    Segment: integer(0, 999_999),
    TotalSegments: integer(1, 1_000_000),
    Limit: integer(1),
  }),
  BatchGetItem: struct({
    ReturnConsumedCapacity: capacity,
    RequestItems: map(
      struct({
        Keys: list(attributes, { required: true, min: 1 }),
        AttributesToGet: attributesToGet,
        ConsistentRead: flag,
        ProjectionExpression: text(),
      }),
    ),
  }),
  BatchWriteItem: struct({
    ReturnConsumedCapacity: capacity,
    ReturnItemCollectionMetrics: metrics,
    RequestItems: map(
      list(
        struct({
          PutRequest: struct({ Item: requiredAttributes }, { name: 'PutRequest' }),
          DeleteRequest: struct({ Key: requiredAttributes }, { name: 'DeleteRequest' }),
        }),
      ),
    ),
  }),
  TransactGetItems: struct({
    ReturnConsumedCapacity: capacity,
    TransactItems: list(
      struct({
        Get: struct(
          { Key: requiredAttributes, TableName: tableName, ProjectionExpression: text() },
          { required: true },
        ),
      }),
      { required: true, min: 1, max: 100 },
    ),
  }),
  TransactWriteItems: struct({
    ReturnConsumedCapacity: capacity,
    ReturnItemCollectionMetrics: metrics,
    ClientRequestToken: text({ min: 1, max: 36 }),
    TransactItems: list(
      struct({
        ConditionCheck: struct({
          ...part,
          Key: requiredAttributes,
          ConditionExpression: text({ required: true }),
        }),
        Put: struct({ ...part, Item: requiredAttributes }),
        Delete: struct({ ...part, Key: requiredAttributes }),
        Update: struct({ ...part, Key: requiredAttributes, UpdateExpression: text({ required: true }) }),
      }),
      { required: true, min: 1, max: 100 },
    ),
  }),
};
