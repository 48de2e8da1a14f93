import { batchWriteItem } from './batch-write.ts';
import { localOperations } from './local.ts';
import { type Operation, writing } from './operation.ts';
import { readOperations } from './read-items.ts';
import { searchOperations } from './search.ts';
import { streamOperations } from './streams.ts';
import { tableOperations } from './tables.ts';
import { transactWriteItems } from './transact-write.ts';
import { writeOperations } from './write-item.ts';

const under = (prefix: string, some: Readonly<Record<string, Operation>>): [string, Operation][] =>
  Object.entries(some).map(([name, operation]) => [`${prefix}.${name}`, operation]);

const tables: Readonly<Record<string, Operation>> = {
  ...tableOperations,
  ...readOperations,
  ...writeOperations,
  ...searchOperations,
  BatchWriteItem: writing(batchWriteItem),
  TransactWriteItems: writing(transactWriteItems),
};

/** Every operation by its target. What begins with `Local` is for this process alone. */
export const operations: Readonly<Record<string, Operation>> = Object.fromEntries([
  ...under('DynamoDB_20120810', tables),
  ...under('DynamoDBStreams_20120810', streamOperations),
  ...under('Local', localOperations),
]);
