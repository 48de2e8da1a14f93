import { z } from 'zod';
import { EngineError, invalid } from '../engine-error.ts';
import { type Definition, definitionParts } from '../storage/definition.ts';
import type { Table } from '../storage/table.ts';
import { tableAsked } from './asked-table.ts';
import { beginStream, shaped, streamSpecification } from './create-table.ts';
import { tableDescription } from './describe-table.ts';
import { fillIndex } from './fill-index.ts';
import type { Context, Input } from './operation.ts';

const { attributes, index, throughput } = definitionParts;
const request = z.object({
  AttributeDefinitions: attributes.nullish(),
  BillingMode: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']).nullish(),
  ProvisionedThroughput: throughput.nullish(),
  GlobalSecondaryIndexUpdates: z
    .array(
      z.object({
        Create: index.nullish(),
        Update: z.object({ IndexName: z.string(), ProvisionedThroughput: throughput }).nullish(),
        Delete: z.object({ IndexName: z.string() }).nullish(),
      }),
    )
    .nullish(),
  StreamSpecification: streamSpecification.nullish(),
  DeletionProtectionEnabled: z.boolean().nullish(),
  TableClass: z.string().nullish(),
});
type Request = z.output<typeof request>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
export function updateTable(context: Context, input: Input): string {
  const asked = shaped(request, input);
  const before = tableAsked(context, input.TableName, true);
  const definition = withIndexes(withBilling(before.definition, asked), asked);
  checkStream(before, asked);
  let table = context.store.catalogue.change(before, {
    ...definition,
    isProtected: asked.DeletionProtectionEnabled ?? definition.isProtected,
    tableClass: asked.TableClass ?? definition.tableClass,
  });
  for (const gone of before.indexes.filter(({ id }) => table.indexes.every((each) => each.id !== id))) {
    while (context.store.indexRows.removeSome(gone.id) > 0);
  }
  const made = table.indexes.filter(({ id }) => before.indexes.every((each) => each.id !== id));
  for (const each of made) fillIndex(context.store, table, each);
  table = changeStream(context, table, asked);
  return JSON.stringify({
    TableDescription: tableDescription(context.names, table, 'UPDATING', made.length > 0 ? 'CREATING' : 'ACTIVE'),
  });
}

function withBilling(definition: Definition, { BillingMode, ProvisionedThroughput: wanted }: Request): Definition {
  const billing = BillingMode ?? definition.billing;
  if (billing === 'PAY_PER_REQUEST') {
    if (wanted) {
      throw invalid(
        'One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    }
    return { ...definition, billing, throughput: undefined };
  }
  const now = definition.throughput;
  if (!wanted) {
    if (now === undefined) throw invalid('ProvisionedThroughput must be specified when BillingMode is PROVISIONED');
    return { ...definition, billing };
  }
  const { ReadCapacityUnits: reads, WriteCapacityUnits: writes } = wanted;
  if (now?.ReadCapacityUnits === reads && now.WriteCapacityUnits === writes) {
    throw invalid(
      `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${reads}. Requested ReadCapacityUnits: ${reads}. Current WriteCapacityUnits provisioned for the table: ${writes}. Requested WriteCapacityUnits: ${writes}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
    );
  }
  return { ...definition, billing, throughput: wanted };
}

function withIndexes(
  definition: Definition,
  { AttributeDefinitions, GlobalSecondaryIndexUpdates }: Request,
): Definition {
  const changes = GlobalSecondaryIndexUpdates ?? [];
  if (changes.filter(({ Create, Delete }) => Create ?? Delete).length > 1) {
    const words = 'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table';
    throw new EngineError('LimitExceededException', words);
  }
  let indexes = definition.globalIndexes;
  const required = (name: string): void => {
    if (indexes.some(({ IndexName }) => IndexName === name)) return;
    throw new EngineError('ResourceNotFoundException', `Requested resource not found: Index: ${name} not found`);
  };
  for (const { Create, Update, Delete } of changes) {
    if (Create) {
      const names = [...indexes, ...definition.localIndexes].map(({ IndexName }) => IndexName);
      if (names.includes(Create.IndexName)) {
        throw invalid(`Attempting to create an index which already exists: ${Create.IndexName}`);
      }
      indexes = [...indexes, Create];
    }
    if (Update) {
      required(Update.IndexName);
      indexes = indexes.map((each) => (each.IndexName === Update.IndexName ? { ...each, ...Update } : each));
    }
    if (Delete) {
      required(Delete.IndexName);
      indexes = indexes.filter(({ IndexName }) => IndexName !== Delete.IndexName);
    }
  }
  const used = new Set(
    [definition.keySchema, ...[...indexes, ...definition.localIndexes].map(({ KeySchema }) => KeySchema)]
      .flat()
      .map(({ AttributeName }) => AttributeName),
  );
  const known = new Map(
    [...definition.attributes, ...(AttributeDefinitions ?? [])].map((each) => [each.AttributeName, each]),
  );
  const missing = [...used].find((name) => !known.has(name));
  if (missing !== undefined) {
    throw invalid(
      `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${missing}], AttributeDefinitions: [${[...known.keys()].join(', ')}]`,
    );
  }
  return {
    ...definition,
    globalIndexes: indexes,
    attributes: [...known.values()].filter((each) => used.has(each.AttributeName)),
  };
}

function checkStream({ name, stream }: Table, { StreamSpecification: wanted }: Request): void {
  if (!wanted) return;
  if (wanted.StreamEnabled && stream) throw invalid(`Table already has an enabled stream: TableName: ${name}`);
  if (!wanted.StreamEnabled && !stream)
    throw invalid(`Table is already in a disabled-stream state: TableName: ${name}`);
}

function changeStream(context: Context, table: Table, { StreamSpecification: wanted }: Request): Table {
  if (!wanted) return table;
  if (wanted.StreamEnabled) return beginStream(context, table, wanted.StreamViewType);
  if (table.stream) context.store.streams.end(table.stream.id, context.store.now());
  return context.store.catalogue.refresh(table);
}
