import { z } from 'zod';
import type { TableSpec } from '../blueprint.ts';
import { boolean, ignored, read } from '../properties.ts';
import { arnOf, type Made, nameOf, type Reader } from '../resource.ts';
import { TemplateError } from '../template-error.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).optional() }),
  ProvisionedThroughput: ignored,
  OnDemandThroughput: ignored,
  WarmThroughput: ignored,
  WriteProvisionedThroughputSettings: ignored,
  WriteOnDemandThroughputSettings: ignored,
  ContributorInsightsSpecification: ignored,
});
const ttl = z.strictObject({ AttributeName: z.string().optional(), Enabled: boolean });
const recovery = z.strictObject({ PointInTimeRecoveryEnabled: boolean.default(false), RecoveryPeriodInDays: ignored });
const shared = {
  TableName: z.string().optional(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(index).default([]),
  LocalSecondaryIndexes: z.array(index).default([]),
  TimeToLiveSpecification: ttl.optional(),
  BillingMode: ignored,
  SSESpecification: ignored,
  WarmThroughput: ignored,
};
const table = z.strictObject({
  ...shared,
  StreamSpecification: z.strictObject({ StreamViewType: z.string(), ResourcePolicy: z.never().optional() }).optional(),
  ProvisionedThroughput: ignored,
  OnDemandThroughput: ignored,
  PointInTimeRecoverySpecification: recovery.optional(),
  ContributorInsightsSpecification: ignored,
  DeletionProtectionEnabled: ignored,
  TableClass: ignored,
  Tags: ignored,
});
const globalTable = z.strictObject({
  ...shared,
  StreamSpecification: z.strictObject({ StreamViewType: z.string() }).optional(),
  WriteProvisionedThroughputSettings: ignored,
  WriteOnDemandThroughputSettings: ignored,
  Replicas: z
    .array(
      z.strictObject({
        Region: z.string(),
        PointInTimeRecoverySpecification: recovery.optional(),
        DeletionProtectionEnabled: ignored,
        TableClass: ignored,
        Tags: ignored,
        SSESpecification: ignored,
        GlobalSecondaryIndexes: ignored,
        ReadProvisionedThroughputSettings: ignored,
        ReadOnDemandThroughputSettings: ignored,
        ContributorInsightsSpecification: ignored,
      }),
    )
    .default([]),
});

const make = (
  resource: Parameters<Reader>[0],
  properties: z.output<typeof table> | z.output<typeof globalTable>,
  into: TableSpec[],
  recovers: boolean | undefined,
): Made => {
  const name = nameOf(resource, properties.TableName, 255);
  const arn = arnOf(resource, 'dynamodb', `table/${name}`);
  // A label that never changes: positions and policies name the stream, and the table lives as long as its data folder.
  const streamArn = `${arn}/stream/2020-01-01T00:00:00.000`;
  const lifetime = properties.TimeToLiveSpecification;
  into.push({
    logicalId: resource.logicalId,
    name,
    arn,
    streamArn,
    streamViewType: properties.StreamSpecification?.StreamViewType,
    keySchema: properties.KeySchema,
    attributes: properties.AttributeDefinitions,
    globalIndexes: properties.GlobalSecondaryIndexes.map(bare),
    localIndexes: properties.LocalSecondaryIndexes.map(bare),
    recovers,
    ttlAttribute: lifetime?.Enabled === true ? lifetime.AttributeName : undefined,
  });
  return { ref: name, attributes: { Arn: arn, StreamArn: streamArn } };
};

const bare = ({ IndexName, KeySchema, Projection }: z.output<typeof index>) => ({ IndexName, KeySchema, Projection });

export const readTable: Reader = (resource, into) => {
  const properties = read(resource, table);
  return make(
    resource,
    properties,
    into.tables,
    properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled,
  );
};

export const readGlobalTable: Reader = (resource, into) => {
  const properties = read(resource, globalTable);
  const elsewhere = properties.Replicas.find((replica) => replica.Region !== resource.region);
  if (elsewhere !== undefined) {
    throw new TemplateError(`${resource.logicalId} has a replica in ${elsewhere.Region}; there is one region here.`);
  }
  const [here] = properties.Replicas;
  return make(resource, properties, into.tables, here?.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled);
};
