import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenedEngine, openedEngine, Refused } from '../engine/opened-engine.ts';

let tables: OpenedEngine;
beforeEach(() => {
  tables = openedEngine();
  tables.call('CreateTable', {
    TableName: 'goods',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'place', 'sort']
      .map((AttributeName) => ({ AttributeName, AttributeType: 'S' }))
      .concat([{ AttributeName: 'sk', AttributeType: 'N' }]),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byPlace',
        KeySchema: [{ AttributeName: 'place', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'bySort',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sort', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
});
afterEach(() => tables.stop());

const key = (pk: string, sk: number) => ({ pk: { S: pk }, sk: { N: String(sk) } });
const put = (pk: string, sk: number, more: object = {}) =>
  tables.call('PutItem', { TableName: 'goods', Item: { ...key(pk, sk), ...more } });
const get = (pk: string, sk: number) => tables.call('GetItem', { TableName: 'goods', Key: key(pk, sk) }).Item;
const query = (more: object) => tables.call('Query', { TableName: 'goods', ...more });
const ofPartition = (pk: string) => ({
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': { S: pk } },
});
const atPlace = (place: string) => ({
  IndexName: 'byPlace',
  KeyConditionExpression: 'place = :place',
  ExpressionAttributeValues: { ':place': { S: place } },
});
const numbersOf = ({ Items = [] }: ReturnType<typeof query>) => Items.map(({ sk }) => Number(sk?.N));

/** All pages of a search, each begun where the one before it ended. */
function pages(operation: 'Query' | 'Scan', input: object): ReturnType<typeof query>[] {
  const all: ReturnType<typeof query>[] = [];
  let ExclusiveStartKey: object | undefined;
  do {
    const page = tables.call(operation, {
      TableName: 'goods',
      ...input,
      ...(ExclusiveStartKey && { ExclusiveStartKey }),
    });
    all.push(page);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return all;
}

describe('Reading', () => {
  it('gives the items of a partition in the order of numbers, both ways, and no other partition', () => {
    for (const number of [10, -5, 2, 0, -50, 0.5]) put('a', number);
    put('b', 1);
    expect(numbersOf(query(ofPartition('a')))).toEqual([-50, -5, 0, 0.5, 2, 10]);
    expect(numbersOf(query({ ...ofPartition('a'), ScanIndexForward: false }))).toEqual([10, 2, 0.5, 0, -5, -50]);
  });

  it('ends a page at a megabyte, and goes on after it without loss or repeat, in indexes too', () => {
    const big = { S: 'x'.repeat(300_000) };
    for (let number = 0; number < 10; number += 1) put('a', number, { place: { S: 'here' }, big });
    for (const asked of [ofPartition('a'), atPlace('here'), { ...ofPartition('a'), ScanIndexForward: false }]) {
      const all = pages('Query', asked);
      expect(all.map(({ Count }) => Count)).toEqual([3, 3, 3, 1]);
      expect(all.flatMap(numbersOf).sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  });

  it('goes on in an index whose keys are all the same, one item at a time', () => {
    for (let number = 0; number < 7; number += 1) put(`p${number % 3}`, number, { place: { S: 'here' } });
    const seen = pages('Query', { ...atPlace('here'), Limit: 1 }).flatMap(numbersOf);
    expect(seen.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('scans in parts that together have every item once', () => {
    for (let number = 0; number < 200; number += 1) put(`p${number}`, number);
    const parts = [0, 1, 2, 3].map((Segment) =>
      pages('Scan', { Segment, TotalSegments: 4, Limit: 7 }).flatMap(numbersOf),
    );
    for (const part of parts) expect(part.length).toBeGreaterThan(20);
    expect(parts.flat().sort((one, other) => one - other)).toEqual(Array.from({ length: 200 }, (_, at) => at));
  });

  it('fetches what a local index has not, and says of a global one that it has not', () => {
    put('a', 1, { sort: { S: 'x' }, name: { S: 'mask' } });
    const asked = { ...ofPartition('a'), IndexName: 'bySort' };
    expect(query(asked).Items).toEqual([{ ...key('a', 1), sort: { S: 'x' } }]);
    expect(query({ ...asked, Select: 'ALL_ATTRIBUTES' }).Items?.[0]?.name).toEqual({ S: 'mask' });
  });
});

describe('Writing', () => {
  it('keeps indexes as their items are: moved, taken out, removed', () => {
    put('a', 1, { place: { S: 'here' } });
    put('a', 1, { place: { S: 'there' } });
    expect([query(atPlace('here')).Count, query(atPlace('there')).Count]).toEqual([0, 1]);
    put('a', 1);
    expect(query(atPlace('there')).Count).toBe(0);
    put('a', 1, { place: { S: 'here' } });
    tables.call('DeleteItem', { TableName: 'goods', Key: key('a', 1) });
    expect([
      query(atPlace('here')).Count,
      tables.call('DescribeTable', { TableName: 'goods' }).Table?.ItemCount,
    ]).toEqual([0, 0]);
  });

  it('does all of a transaction or nothing, says of each part why, and gives the item that stood in the way', () => {
    put('a', 1, { count: { N: '5' } });
    const failing = () =>
      tables.call('TransactWriteItems', {
        TransactItems: [
          { Put: { TableName: 'goods', Item: key('b', 1) } },
          {
            Update: {
              TableName: 'goods',
              Key: key('a', 1),
              UpdateExpression: 'SET #c = #c - :n',
              ConditionExpression: '#c >= :n',
              ExpressionAttributeNames: { '#c': 'count' },
              ExpressionAttributeValues: { ':n': { N: '6' } },
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
        ],
      });
    let refusal: unknown;
    try {
      failing();
    } catch (error) {
      refusal = error;
    }
    expect(refusal instanceof Refused && refusal.answer.CancellationReasons).toMatchObject([
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: { count: { N: '5' } } },
    ]);
    expect(get('b', 1)).toBeUndefined();
  });

  it('does a transaction with the same token once, after a restart too, and refuses the token for another', () => {
    const transact = (amount: string) =>
      tables.call('TransactWriteItems', {
        ClientRequestToken: 'token-1',
        TransactItems: [
          {
            Update: {
              TableName: 'goods',
              Key: key('a', 1),
              UpdateExpression: 'ADD amount :n',
              ExpressionAttributeValues: { ':n': { N: amount } },
            },
          },
        ],
      });
    transact('1');
    transact('1');
    tables.reopen();
    transact('1');
    expect(get('a', 1)?.amount).toEqual({ N: '1' });
    expect(() => transact('2')).toThrow('IdempotentParameterMismatchException');
  });

  it('says what a write consumed, of the table and of each index, twice as much in a transaction', () => {
    const asked = { ReturnConsumedCapacity: 'INDEXES' };
    const Item = { ...key('a', 1), place: { S: 'here' }, text: { S: 'x'.repeat(1_500) } };
    expect(tables.call('PutItem', { TableName: 'goods', Item, ...asked }).ConsumedCapacity).toMatchObject({
      CapacityUnits: 4,
      Table: { CapacityUnits: 2 },
      GlobalSecondaryIndexes: { byPlace: { CapacityUnits: 2 } },
    });
    const twice = tables.call('TransactWriteItems', {
      TransactItems: [{ Put: { TableName: 'goods', Item } }],
      ...asked,
    });
    expect(twice.ConsumedCapacity).toMatchObject([{ CapacityUnits: 4 }]);
  });

  it('lets writes meet another transaction when a test asks for that, with a reason for each part', () => {
    tables.call('Local.BeginConflicts', { Times: 2, Partition: 'a' });
    expect(() => put('a', 1)).toThrow('TransactionConflictException');
    put('b', 1);
    const both = [key('b', 2), key('a', 2)].map((Item) => ({ Put: { TableName: 'goods', Item } }));
    const transact = () => tables.call('TransactWriteItems', { TransactItems: both });
    expect(transact).toThrow('[None, TransactionConflict]');
    expect(get('b', 2)).toBeUndefined();
    transact();
    expect(get('b', 2)).toBeDefined();
  });

  it('of a group of calls, one that is refused or cannot be read leaves the others as they are', () => {
    const call = (target: string, body: object | string) => ({
      target: `DynamoDB_20120810.${target}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const answers = tables.engine.answer([
      call('PutItem', { TableName: 'goods', Item: key('a', 1) }),
      call('PutItem', { TableName: 'goods', Item: {} }),
      call('GetItem', '{'),
      call('GetItem', { TableName: 'goods', Key: key('a', 1) }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 400, 200]);
    tables.reopen();
    expect(get('a', 1)).toBeDefined();
  });
});

describe('A table that is restored', () => {
  const recovery = (PointInTimeRecoveryEnabled: boolean) =>
    tables.call('UpdateContinuousBackups', {
      TableName: 'goods',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
    });
  const restore = (more: object) =>
    tables.call('RestoreTableToPointInTime', { SourceTableName: 'goods', TargetTableName: 'again', ...more });
  const latest = { UseLatestRestorableTime: true };
  const code = (work: () => unknown): string | undefined => {
    try {
      work();
      return undefined;
    } catch (error) {
      return error instanceof Refused ? error.message.split(':')[0] : String(error);
    }
  };

  it('has the items and indexes as they were, and no stream, expiry, protection or recovery of its own', () => {
    for (let number = 0; number < 700; number += 1) put('a', number, { place: { S: 'here' } });
    recovery(true);
    tables.call('UpdateTable', { TableName: 'goods', DeletionProtectionEnabled: true });
    restore(latest);
    put('a', 701, { place: { S: 'here' } });
    const again = { TableName: 'again', Select: 'COUNT' };
    expect(tables.call('Query', { ...again, ...ofPartition('a') }).Count).toBe(700);
    expect(tables.call('Query', { ...again, ...atPlace('here') }).Count).toBe(700);
    expect(tables.call('DescribeTable', { TableName: 'again' }).Table).toMatchObject({
      ...{ ItemCount: 700, DeletionProtectionEnabled: false },
      RestoreSummary: { SourceTableArn: expect.stringContaining('table/goods'), RestoreInProgress: false },
    });
    expect(tables.call('DescribeTable', { TableName: 'again' }).Table).not.toHaveProperty('LatestStreamArn');
    expect(tables.call('DescribeContinuousBackups', { TableName: 'again' })).toMatchObject({
      ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' } },
    });
    // it is another table: what is written there is not in the first
    tables.call('DeleteItem', { TableName: 'again', Key: key('a', 1) });
    expect(get('a', 1)).toBeDefined();
  });

  it('is refused in AWS’s words where there is nothing to restore, or no history of that time', () => {
    expect(code(() => restore(latest))).toBe('PointInTimeRecoveryUnavailableException');
    recovery(true);
    expect(code(() => restore({}))).toBe('ValidationException');
    expect(code(() => restore({ RestoreDateTime: 1_000 }))).toBe('InvalidRestoreTimeException');
    expect(code(() => restore({ ...latest, SourceTableName: 'nothing' }))).toBe('TableNotFoundException');
    expect(code(() => restore({ ...latest, TargetTableName: 'goods' }))).toBe('TableAlreadyExistsException');
    recovery(false);
    expect(code(() => restore(latest))).toBe('PointInTimeRecoveryUnavailableException');
  });
});

describe('The stream', () => {
  it('has a record for each change and none where nothing changed, and goes on counting after a restart', () => {
    const arn = tables.call('DescribeTable', { TableName: 'goods' }).Table?.LatestStreamArn;
    const streams = 'DynamoDBStreams_20120810.';
    const records = () => {
      const [shard] = tables.call(`${streams}DescribeStream`, { StreamArn: arn }).StreamDescription?.Shards ?? [];
      const { ShardIterator } = tables.call(`${streams}GetShardIterator`, {
        StreamArn: arn,
        ShardId: shard?.ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      });
      return tables.call(`${streams}GetRecords`, { ShardIterator }).Records;
    };
    put('a', 1, { n: { N: '1.0' } });
    put('a', 1, { n: { N: '1' } });
    tables.reopen();
    put('a', 1, { n: { N: '2' } });
    tables.call('DeleteItem', { TableName: 'goods', Key: key('a', 1) });
    const numbered = (number: number) => `10000000000000000000${number}`;
    expect(records()).toMatchObject([
      { eventName: 'INSERT', dynamodb: { SequenceNumber: numbered(1), NewImage: { n: { N: '1' } } } },
      { eventName: 'MODIFY', dynamodb: { SequenceNumber: numbered(2), OldImage: { n: { N: '1' } } } },
      { eventName: 'REMOVE', dynamodb: { SequenceNumber: numbered(3), Keys: key('a', 1) } },
    ]);
    expect(tables.call('Local.Trim', { Before: Date.now() + 1_000 })).toBeDefined();
    // the newest stays, so that the next is numbered after it
    expect(records()).toHaveLength(1);
  });
});
