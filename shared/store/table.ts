import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { classified } from '../aws/classified.ts';
import { Permanent, Rejected, Retryable, Throttled } from '../domain/errors.ts';
import type { KeyService } from '../secrets/key-service.ts';
import type { Key } from './keys.ts';
import { schemaVersion, type Upgrades, upgraded, VERSION_ATTRIBUTE } from './schema-version.ts';
import { intoShard, outOfShard } from './shards.ts';
import { openVault, type Vault } from './vault.ts';

export type Item = Record<string, unknown>;

/**
 * The table and the client that reaches it; everything in `shared/store` takes one. An item's attribute `personal` is
 * sealed here on its way in and opened on its way out: see `personal-item.ts`.
 */
export interface Table {
  readonly client: DynamoDBClient;
  readonly name: string;
  /** over how many keys of an index that is `sharded` items are spread; may grow, and never shrink */
  readonly shards: number;
  /** left out for who has no business with personal data: items come without it, and none that has it can be written */
  readonly vault?: Vault | undefined;
  /** a write is refused with `not-sent`, see {@link readOnly} */
  readonly readOnly?: boolean;
  /** what brings older items on; left out, the steps of this version */
  readonly upgrades?: Upgrades;
}

/** The same table, which refuses every write: a page that checks a form and shows it again uses it. */
export function readOnly(table: Table): Table {
  return { ...table, readOnly: true };
}

/** @throws {@link Rejected} `not-sent` */
function assertWritable(table: Table): void {
  if (table.readOnly) throw new Rejected('not-sent');
}

/** A condition in a transaction did not hold. `index` says which write, `item` what was there. */
export class ConditionFailed extends Error {
  readonly index: number;
  readonly item: Item | undefined;
  constructor(index: number, item: Item | undefined) {
    super(`condition of write ${index} failed`);
    this.name = 'ConditionFailed';
    this.index = index;
    this.item = item;
  }
}

/** What a process has to know of the table. */
export type TableNamed = Pick<Table, 'name' | 'shards'>;

/**
 * A client for the table; one a process. Keep-alive and retries are the SDK's.
 * @param service unwraps the keys to what is personal
 */
export function openTable({ name, shards }: TableNamed, service?: KeyService): Table {
  const client = new DynamoDBClient({ maxAttempts: 4 });
  return { name, shards, client, ...(service && { vault: openVault(client, name, service) }) };
}

export function toItem(value: Item): Record<string, AttributeValue> {
  return marshall(value, { removeUndefinedValues: true });
}

function keyOf({ pk, sk }: Item): Key {
  return { pk: String(pk), sk: String(sk) };
}

/**
 * An item that a stream or a failed condition gave, as this version has it, with what is personal in it opened.
 * @throws {@link Permanent} when that was changed, cut, or sealed for another item or with another key
 */
export async function openItem(
  { vault, shards, upgrades }: Table,
  item: Record<string, AttributeValue>,
): Promise<Item> {
  const { sealed, [VERSION_ATTRIBUTE]: version, ...open } = outOfShard(unmarshall(item), shards);
  if (sealed === undefined || !vault) return upgraded(open, version, upgrades);
  return upgraded({ ...open, personal: await vault.open(keyOf(open), sealed) }, version, upgrades);
}

/** The item as it is written: in which version, under the index keys of its shard, and what is personal sealed for its place. */
async function sealedItem(
  { vault, shards, upgrades }: Table,
  item: Record<string, AttributeValue>,
): Promise<Record<string, AttributeValue>> {
  const versioned: typeof item = {
    ...intoShard(item, shards),
    [VERSION_ATTRIBUTE]: { N: String(schemaVersion(upgrades)) },
  };
  const { personal, ...rest } = versioned;
  if (personal?.S === undefined) return versioned;
  if (!vault) throw new Permanent('personal data cannot be written without its key');
  const { key, box } = await vault.seal(keyOf(unmarshall(rest)), personal.S);
  return { ...rest, sealed: { M: { key: { S: key }, box: { B: box } } } };
}

async function send<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw classified(error);
  }
}

/** One item, read consistently. Cost: one read of its size. */
export async function get(table: Table, key: Key): Promise<Item | undefined> {
  const { Item } = await send(() =>
    table.client.send(new GetItemCommand({ TableName: table.name, Key: toItem({ ...key }), ConsistentRead: true })),
  );
  return Item && openItem(table, Item);
}

/** How often a write that met another one is readOnly again here, before the caller hears of it. */
const CONFLICT_TRIES = 5;
/** How often what a batch left undone is asked for again. */
const BATCH_TRIES = 8;

function pause(tries: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tries));
}

/** Waits before a batch's rest is sent again, longer each time. @throws {@link Throttled} when that was readOnly enough */
async function pauseInBatch(tries: number): Promise<void> {
  if (tries >= BATCH_TRIES) throw new Throttled('batch not finished');
  if (tries > 0) await pause(tries);
}

/** Many items by key, in no order, each once, missing ones left out. Cost: one read an item. */
export async function batchGet(table: Table, wanted: readonly Key[]): Promise<Item[]> {
  const each = [...new Map(wanted.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
  const found: Item[] = [];
  for (let start = 0; start < each.length; start += 100) {
    let Keys = each.slice(start, start + 100).map((key) => toItem({ ...key }));
    for (let tries = 0; Keys.length > 0; tries++) {
      await pauseInBatch(tries);
      const request = { RequestItems: { [table.name]: { Keys, ConsistentRead: true } } };
      const answer = await send(() => table.client.send(new BatchGetItemCommand(request)));
      found.push(...(await Promise.all((answer.Responses?.[table.name] ?? []).map((item) => openItem(table, item)))));
      Keys = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
    }
  }
  return found;
}

async function batchWrite(table: Table, all: readonly WriteRequest[]): Promise<void> {
  assertWritable(table);
  for (let start = 0; start < all.length; start += 25) {
    let writes = all.slice(start, start + 25);
    for (let tries = 0; writes.length > 0; tries++) {
      await pauseInBatch(tries);
      const request = { RequestItems: { [table.name]: writes } };
      const answer = await send(() => table.client.send(new BatchWriteItemCommand(request)));
      writes = answer.UnprocessedItems?.[table.name] ?? [];
    }
  }
}

/** Puts items without conditions, 25 a call; what the service left undone is sent again. Cost: one write an item. */
export async function batchPut(table: Table, items: readonly Item[]): Promise<void> {
  await batchWrite(
    table,
    await Promise.all(items.map(async (item) => ({ PutRequest: { Item: await sealedItem(table, toItem(item)) } }))),
  );
}

/** Removes items, 25 a call. Cost: one write an item. */
export async function batchDelete(table: Table, gone: readonly Key[]): Promise<void> {
  await batchWrite(
    table,
    gone.map((key) => ({ DeleteRequest: { Key: toItem({ ...key }) } })),
  );
}

export interface Page {
  readonly items: Item[];
  readonly last: Item | undefined;
}

/** One page of a Query. */
export async function query(table: Table, input: Omit<QueryCommandInput, 'TableName'>): Promise<Page> {
  const answer = await send(() => table.client.send(new QueryCommand({ TableName: table.name, ...input })));
  return {
    items: await Promise.all((answer.Items ?? []).map((item) => openItem(table, item))),
    last: answer.LastEvaluatedKey && unmarshall(answer.LastEvaluatedKey),
  };
}

/** All items of one partition, or those whose sort key begins with `prefix`, read consistently, in order. */
export async function queryAll(table: Table, pk: string, prefix?: string): Promise<Item[]> {
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await query(table, {
      KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':prefix': prefix }),
      ConsistentRead: true,
      ...(ExclusiveStartKey && { ExclusiveStartKey }),
    });
    items.push(...page.items);
    ExclusiveStartKey = page.last && toItem(page.last);
  } while (ExclusiveStartKey);
  return items;
}

/**
 * Writes all or nothing. A conflict with another transaction is readOnly again with jitter. Cost: two writes an item.
 * @throws {@link ConditionFailed} with the item that was there, {@link Retryable}, {@link Throttled}; `not-sent` where it is only readOnly
 */
export async function transact(table: Table, writes: readonly TransactWriteItem[]): Promise<void> {
  assertWritable(table);
  const TransactItems = await Promise.all(
    writes.map(async ({ Put, ...others }) =>
      Put ? { Put: { ...Put, Item: Put.Item && (await sealedItem(table, Put.Item)) } } : others,
    ),
  );
  for (let tries = 0; ; tries++) {
    try {
      await table.client.send(new TransactWriteItemsCommand({ TransactItems }));
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw classified(error);
      const reasons = error.CancellationReasons ?? [];
      const failed = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed');
      if (failed >= 0) {
        const item = reasons[failed]?.Item;
        throw new ConditionFailed(failed, item && (await openItem(table, item)));
      }
      if (reasons.some((reason) => /Throttl|ProvisionedThroughput/.test(reason.Code ?? ''))) {
        throw new Throttled('transaction throttled', { cause: error });
      }
      if (!reasons.some((reason) => reason.Code === 'TransactionConflict')) throw error;
      if (tries >= CONFLICT_TRIES) throw new Retryable('transaction conflict', { cause: error });
      await pause(tries);
    }
  }
}

/**
 * Writes one item over whatever is there: only for what may be written again, since an answer that got lost is asked for
 * once more. Cost: one write of its size, where a transaction takes two.
 * @throws {@link Retryable}, {@link Throttled}; `not-sent` where it is only readOnly
 */
export async function save(table: Table, item: Item): Promise<void> {
  assertWritable(table);
  const Item = await sealedItem(table, toItem(item));
  await send(() => table.client.send(new PutItemCommand({ TableName: table.name, Item })));
}

/** A removal for {@link transact}. */
export function remove(table: Table, key: Key): TransactWriteItem {
  return { Delete: { TableName: table.name, Key: toItem({ ...key }) } };
}

/**
 * A put for {@link transact} over an item that is still in the version that was read.
 * @param and what must hold of it besides, with its values
 */
export function putOver(table: Table, item: Item, read: number, and?: readonly [condition: string, values?: Item]) {
  return {
    Put: {
      TableName: table.name,
      Item: toItem(item),
      ConditionExpression: ['version = :read', ...(and ? [and[0]] : [])].join(' AND '),
      ExpressionAttributeValues: toItem({ ':read': read, ...and?.[1] }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    },
  };
}

/** A put for {@link transact}; with `isNew` it fails where the item already is. */
export function put(table: Table, item: Item, isNew = false): TransactWriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: toItem(item),
      ...(isNew && {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      }),
    },
  };
}
