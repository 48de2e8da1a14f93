import type { IndexDefinition } from '../storage/definition.ts';
import type { Table, TableIndex } from '../storage/table.ts';
import type { Names } from './operation.ts';

/** A table as AWS describes it. */
export function tableDescription(names: Names, table: Table, status = 'ACTIVE', indexStatus = 'ACTIVE'): object {
  const { definition, name, indexes, stream } = table;
  const isOnDemand = definition.billing === 'PAY_PER_REQUEST';
  const arn = names.table(name);
  const index = (each: TableIndex): object => ({
    IndexName: each.name,
    KeySchema: each.definition.KeySchema,
    Projection: each.definition.Projection,
    IndexSizeBytes: each.bytes,
    ItemCount: each.items,
    IndexArn: `${arn}/index/${each.name}`,
    ...(!each.isLocal && { IndexStatus: indexStatus, ProvisionedThroughput: throughput(each.definition) }),
  });
  const globals = indexes.filter(({ isLocal }) => !isLocal).map(index);
  const locals = indexes.filter(({ isLocal }) => isLocal).map(index);
  return {
    AttributeDefinitions: definition.attributes,
    TableName: name,
    KeySchema: definition.keySchema,
    TableStatus: status,
    CreationDateTime: definition.created / 1_000,
    ProvisionedThroughput: throughput({ ProvisionedThroughput: definition.throughput }),
    TableSizeBytes: table.bytes,
    ItemCount: table.items,
    TableArn: arn,
    TableId: definition.uuid,
    DeletionProtectionEnabled: definition.isProtected,
    ...(isOnDemand && {
      BillingModeSummary: {
        BillingMode: definition.billing,
        LastUpdateToPayPerRequestDateTime: definition.created / 1_000,
      },
    }),
    ...(definition.tableClass !== undefined && { TableClassSummary: { TableClass: definition.tableClass } }),
    ...(definition.restored && {
      RestoreSummary: {
        SourceTableArn: names.table(definition.restored.from),
        RestoreDateTime: definition.restored.at / 1_000,
        RestoreInProgress: status === 'CREATING',
      },
    }),
    ...(globals.length > 0 && { GlobalSecondaryIndexes: globals }),
    ...(locals.length > 0 && { LocalSecondaryIndexes: locals }),
    ...(stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view },
      LatestStreamLabel: stream.label,
      LatestStreamArn: names.stream(name, stream.label),
    }),
  };
}

const throughput = ({
  ProvisionedThroughput: asked,
}: {
  ProvisionedThroughput?: IndexDefinition['ProvisionedThroughput'];
}) => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: asked?.ReadCapacityUnits ?? 0,
  WriteCapacityUnits: asked?.WriteCapacityUnits ?? 0,
});
