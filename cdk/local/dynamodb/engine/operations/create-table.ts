import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EngineError, invalid } from '../engine-error.ts';
import { type Definition, definitionParts } from '../storage/definition.ts';
import type { Table } from '../storage/table.ts';
import { tableNameIn } from './asked-table.ts';
import { tableDescription } from './describe-table.ts';
import type { Context, Input } from './operation.ts';

const { attributes, index, keySchema, tags, throughput } = definitionParts;

export const streamSpecification = z.object({ StreamEnabled: z.boolean(), StreamViewType: z.string().optional() });
const request = z.object({
  TableName: z.string(),
  AttributeDefinitions: attributes,
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).nullish(),
  LocalSecondaryIndexes: z.array(index).nullish(),
  BillingMode: z.enum(['PROVISIONED', 'PAY_PER_REQUEST']).default('PROVISIONED'),
  ProvisionedThroughput: throughput.nullish(),
  StreamSpecification: streamSpecification.nullish(),
  DeletionProtectionEnabled: z.boolean().nullish(),
  TableClass: z.string().nullish(),
  Tags: tags.nullish(),
});

/** Reads a part of a request whose values were checked before. Throws ValidationException for what is left. */
export function shaped<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const read = schema.safeParse(input);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw invalid(`One or more parameter values were invalid: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export function createTable(context: Context, input: Input): string {
  const asked = shaped(request, input);
  const { store, names } = context;
  const name = tableNameIn(asked.TableName);
  if (store.catalogue.find(name)) {
    throw new EngineError('ResourceInUseException', `Table already exists: ${name}`);
  }
  const definition: Definition = {
    uuid: randomUUID(),
    created: store.now(),
    keySchema: asked.KeySchema,
    attributes: asked.AttributeDefinitions,
    globalIndexes: asked.GlobalSecondaryIndexes ?? [],
    localIndexes: asked.LocalSecondaryIndexes ?? [],
    billing: asked.BillingMode,
    throughput: asked.ProvisionedThroughput ?? undefined,
    tags: asked.Tags ?? [],
    isProtected: asked.DeletionProtectionEnabled ?? false,
    tableClass: asked.TableClass ?? undefined,
  };
  let table = store.catalogue.add(name, definition);
  const stream = asked.StreamSpecification;
  if (stream?.StreamEnabled) table = beginStream(context, table, stream.StreamViewType);
  return JSON.stringify({ TableDescription: tableDescription(names, table, 'CREATING', 'CREATING') });
}

/** Gives a table a stream. Throws when the kind of its records was not said. */
export function beginStream({ store }: Context, table: Table, view: string | undefined): Table {
  if (view === undefined) {
    throw invalid(
      'One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true',
    );
  }
  const { id: tableId, name: tableName, definition } = table;
  store.streams.open({ tableId, tableName, view, keySchema: definition.keySchema, at: store.now() });
  return store.catalogue.refresh(table);
}
