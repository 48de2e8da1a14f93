import { tableName } from './item-shapes.ts';
import { flag, integer, list, oneOf, pattern, type Shape, type StructShape, struct, text, units } from './shape.ts';

const name = pattern('[a-zA-Z0-9_.-]+');

const throughput = struct({ WriteCapacityUnits: units, ReadCapacityUnits: units });
const billingMode = oneOf('PROVISIONED', 'PAY_PER_REQUEST');
const definitions = list(
  struct(
    {
      AttributeName: text({ required: true, min: 1, max: 255 }),
      AttributeType: text({ required: true, oneOf: ['B', 'N', 'S'] }),
    },
    { name: 'AttributeDefinition' },
  ),
);
const keySchema: Shape = list(
  struct(
    {
      AttributeName: text({ required: true, min: 1, max: 255 }),
      KeyType: text({ required: true, oneOf: ['HASH', 'RANGE'] }),
    },
    { name: 'KeySchemaElement' },
  ),
  { required: true, min: 1, max: 2 },
);
const newIndexName = text({ required: true, min: 3, max: 255, pattern: name });
const projection = struct(
  {
    ProjectionType: oneOf('ALL', 'INCLUDE', 'KEYS_ONLY'),
    NonKeyAttributes: list(text({ min: 1, max: 255 }), { min: 1, max: 20 }),
  },
  { required: true },
);
const index = { Projection: projection, IndexName: newIndexName, KeySchema: keySchema };
const stream = struct({
  StreamEnabled: { is: 'flag', required: true },
  StreamViewType: oneOf('KEYS_ONLY', 'NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE'),
});

/** What requests about tables and streams look like. */
export const tableShapes: Readonly<Record<string, StructShape>> = {
  CreateTable: struct({
    AttributeDefinitions: definitions,
    TableName: text({ min: 3, max: 255, pattern: name, orArn: true }),
    BillingMode: billingMode,
    ProvisionedThroughput: throughput,
    KeySchema: keySchema,
    LocalSecondaryIndexes: list(struct(index)),
    GlobalSecondaryIndexes: list(struct({ ...index, ProvisionedThroughput: throughput })),
    StreamSpecification: stream,
    DeletionProtectionEnabled: flag,
  }),
  UpdateTable: struct({
    AttributeDefinitions: definitions,
    TableName: tableName,
    BillingMode: billingMode,
    ProvisionedThroughput: throughput,
    GlobalSecondaryIndexUpdates: list(
      struct({
        Update: struct({ IndexName: newIndexName, ProvisionedThroughput: { ...throughput, required: true } }),
        Create: struct({ ...index, ProvisionedThroughput: throughput }),
        Delete: struct({ IndexName: newIndexName }),
      }),
    ),
    StreamSpecification: stream,
    DeletionProtectionEnabled: flag,
  }),
  DescribeTable: struct({ TableName: tableName }),
  DeleteTable: struct({ TableName: tableName }),
  DescribeTimeToLive: struct({ TableName: tableName }),
  UpdateTimeToLive: struct({
    TableName: tableName,
    TimeToLiveSpecification: struct(
      { Enabled: { is: 'flag', required: true }, AttributeName: text({ required: true, min: 1, max: 255 }) },
      { required: true },
    ),
  }),
  DescribeContinuousBackups: struct({ TableName: tableName }),
  UpdateContinuousBackups: struct({
    TableName: tableName,
    PointInTimeRecoverySpecification: struct(
      { PointInTimeRecoveryEnabled: { is: 'flag', required: true } },
      { required: true },
    ),
  }),
  RestoreTableToPointInTime: struct({
    SourceTableName: text({ min: 3, max: 255, pattern: name }),
    TargetTableName: text({ required: true, min: 3, max: 255, pattern: name }),
    UseLatestRestorableTime: flag,
  }),
  ListTables: struct({
    ExclusiveStartTableName: text({ min: 3, max: 255, pattern: name }),
    Limit: integer(1, 100),
  }),
  ListStreams: struct({ TableName: text({ min: 3, max: 255, pattern: name, orArn: true }), Limit: integer(1, 100) }),
  DescribeStream: struct({ StreamArn: text({ required: true, min: 37, max: 1024 }), Limit: integer(1, 100) }),
  GetShardIterator: struct({
    StreamArn: text({ required: true, min: 37, max: 1024 }),
    ShardId: text({ required: true, min: 28, max: 65 }),
    ShardIteratorType: text({
      required: true,
      oneOf: ['AFTER_SEQUENCE_NUMBER', 'LATEST', 'AT_SEQUENCE_NUMBER', 'TRIM_HORIZON'],
    }),
    SequenceNumber: text(),
  }),
  GetRecords: struct({ ShardIterator: text({ required: true, min: 1, max: 2048 }), Limit: integer(1, 1000) }),
};
