import { z } from 'zod';
import { EngineError, invalid } from '../engine-error.ts';
import { definitionParts } from '../storage/definition.ts';
import type { Table } from '../storage/table.ts';
import { tableAsked, tableNameIn } from './asked-table.ts';
import { createTable, shaped } from './create-table.ts';
import { tableDescription } from './describe-table.ts';
import { type Context, type Input, type Operation, reading, writing } from './operation.ts';
import { describeBackups, restoreTable, updateBackups } from './restore-table.ts';
import { updateTable } from './update-table.ts';

const MOST_TABLES = 100;
const listing = z.object({ Limit: z.number().nullish(), ExclusiveStartTableName: z.string().nullish() });
const lifetime = z.object({ TimeToLiveSpecification: z.object({ Enabled: z.boolean(), AttributeName: z.string() }) });

function describeTable(context: Context, { TableName }: Input): string {
  return JSON.stringify({ Table: tableDescription(context.names, tableAsked(context, TableName, true)) });
}

function deleteTable(context: Context, { TableName }: Input): string {
  const { store, names } = context;
  const table = tableAsked(context, TableName, true);
  if (table.definition.isProtected) {
    throw invalid(
      'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
  }
  const description = tableDescription(names, table, 'DELETING', 'DELETING');
  while (store.items.removeSome(table.id) > 0);
  for (const { id } of table.indexes) while (store.indexRows.removeSome(id) > 0);
  if (table.stream) store.streams.end(table.stream.id, store.now());
  store.catalogue.remove(table);
  return JSON.stringify({ TableDescription: description });
}

function listTables({ store }: Context, input: Input): string {
  const { Limit, ExclusiveStartTableName: after } = shaped(listing, input);
  const limit = Limit ?? MOST_TABLES;
  const names = store.catalogue.list().map(({ name }) => name);
  const rest = after ? names.filter((name) => name > after) : names;
  const TableNames = rest.slice(0, limit);
  return JSON.stringify({ TableNames, ...(rest.length > limit && { LastEvaluatedTableName: TableNames.at(-1) }) });
}

function describeTimeToLive(context: Context, { TableName }: Input): string {
  const { ttl } = tableAsked(context, TableName).definition;
  const TimeToLiveDescription =
    ttl === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName: ttl };
  return JSON.stringify({ TimeToLiveDescription });
}

function updateTimeToLive(context: Context, input: Input): string {
  const { TimeToLiveSpecification } = shaped(lifetime, input);
  const { Enabled, AttributeName } = TimeToLiveSpecification;
  const table = tableAsked(context, input.TableName);
  const { ttl, ...rest } = table.definition;
  if (Enabled && ttl !== undefined) throw invalid('TimeToLive is already enabled');
  if (!Enabled && ttl === undefined) throw invalid('TimeToLive is already disabled');
  if (!Enabled && ttl !== AttributeName) {
    throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${ttl}`);
  }
  context.store.catalogue.change(table, Enabled ? { ...rest, ttl: AttributeName } : rest);
  return JSON.stringify({ TimeToLiveSpecification });
}

function tagged(context: Context, { ResourceArn: arn }: Input): Table {
  const name = tableNameIn(arn);
  if (name === arn) throw invalid(`Invalid TableArn: Invalid ResourceArn provided as input ${name}`);
  return tableAsked(context, name, true);
}

function tagResource(context: Context, input: Input): string {
  const { Tags } = shaped(z.object({ Tags: definitionParts.tags }), input);
  const table = tagged(context, input);
  const tags = new Map([...table.definition.tags, ...Tags].map((tag) => [tag.Key, tag]));
  context.store.catalogue.change(table, { ...table.definition, tags: [...tags.values()] });
  return '';
}

function untagResource(context: Context, input: Input): string {
  const { TagKeys } = shaped(z.object({ TagKeys: z.array(z.string()) }), input);
  const table = tagged(context, input);
  const tags = table.definition.tags.filter(({ Key }) => !TagKeys.includes(Key));
  context.store.catalogue.change(table, { ...table.definition, tags });
  return '';
}

function listTags(context: Context, input: Input): string {
  const { ResourceArn: arn } = input;
  // what AWS says of a table that may be another account's
  if (tableNameIn(arn) !== arn && !context.store.catalogue.find(tableNameIn(arn))) {
    throw new EngineError('AccessDeniedException', 'Not authorized to perform: dynamodb:ListTagsOfResource');
  }
  return JSON.stringify({ Tags: tagged(context, input).definition.tags });
}

/** What is done with whole tables. */
export const tableOperations: Readonly<Record<string, Operation>> = {
  CreateTable: writing(createTable),
  UpdateTable: writing(updateTable),
  DeleteTable: writing(deleteTable),
  DescribeTable: reading(describeTable),
  ListTables: reading(listTables),
  DescribeTimeToLive: reading(describeTimeToLive),
  UpdateTimeToLive: writing(updateTimeToLive),
  DescribeContinuousBackups: reading(describeBackups),
  UpdateContinuousBackups: writing(updateBackups),
  RestoreTableToPointInTime: writing(restoreTable),
  TagResource: writing(tagResource),
  UntagResource: writing(untagResource),
  ListTagsOfResource: reading(listTags),
};
