import { reservedWords } from '../../cdk/local/dynamodb/engine/expressions/reserved-words.ts';
import { comparable } from './alike.ts';
import type { Asked } from './engines.ts';
import type { Random } from './random.ts';
import type { Call } from './random-calls.ts';
import type { Table } from './tables.ts';

/** Every reserved word as a name in a projection, and near misses. */
export function reserved(): readonly Call[] {
  const names = [...reservedWords].flatMap((word) => [word, word.toLowerCase(), `${word}X`]);
  return names.map((name) => ({
    operation: 'GetItem',
    input: { TableName: 'plain', Key: { pk: { S: 'p' } }, ProjectionExpression: name },
  }));
}

/** Items of 100 KB, of which ten make a page, and searches over them. */
export function bulk(): readonly Call[] {
  const puts = Array.from({ length: 25 }, (_, at) => ({
    operation: 'PutItem',
    input: {
      TableName: 'indexed',
      ReturnConsumedCapacity: 'INDEXES',
      Item: {
        pk: { S: 'bulk' },
        sk: { N: String(at) },
        gs: { S: `g${at % 2}` },
        gn: { N: String(at) },
        a: { S: 'x'.repeat(100_000 + at) },
      },
    },
  }));
  const searches = ['local-all', 'global-all', 'global-some', undefined].flatMap((IndexName) =>
    [true, false].map((ScanIndexForward) => ({
      operation: 'Query',
      input: {
        TableName: 'indexed',
        KeyConditionExpression: IndexName?.startsWith('global') ? 'gs = :pk' : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: IndexName?.startsWith('global') ? 'g1' : 'bulk' } },
        ScanIndexForward,
        Select: 'COUNT',
        ReturnConsumedCapacity: 'TOTAL',
        ...(IndexName !== undefined && { IndexName }),
      },
    })),
  );
  return [...puts, ...searches];
}

/** A table whose stream is compared: nothing is written there that one of the two might refuse. */
export const streamed: Table = {
  name: 'streamed',
  pk: { name: 'pk', type: 'S' },
  sk: { name: 'sk', type: 'N' },
  indexes: [],
};

/** Writes that both do: new items, changed ones, some that change nothing, removed ones. */
export function streamedWrites(random: Random): readonly Call[] {
  const key = (): object => ({ pk: { S: random.pick(['p', 'q']) }, sk: { N: String(random.below(5)) } });
  const simple = (): object => ({ a: { N: String(random.below(3)) }, b: { S: random.pick(['x', '中']) } });
  return random.some(400, 400, () => {
    const kind = random.below(3);
    if (kind === 0) return { operation: 'PutItem', input: { TableName: 'streamed', Item: { ...key(), ...simple() } } };
    if (kind === 1) return { operation: 'DeleteItem', input: { TableName: 'streamed', Key: key() } };
    const changes = { UpdateExpression: 'SET a = :a REMOVE b', ExpressionAttributeValues: { ':a': { N: '1' } } };
    return { operation: 'UpdateItem', input: { TableName: 'streamed', Key: key(), ...changes } };
  });
}

/** Reads the stream of both to its end, and tells the first record that differs in what it says of its item. */
export async function streams(
  mine: Asked,
  other: Asked,
  target: (operation: string) => string,
  differ: (example: string) => void,
): Promise<void> {
  const [one, two] = [await recordsOf(mine, target, 'streamed'), await recordsOf(other, target, 'streamed')];
  console.log(`stream: ${one.length} records here, ${two.length} there`);
  const at = one.findIndex((record, index) => record !== two[index]);
  if (at < 0 && one.length === two.length) return;
  differ(`record ${at}\n    ours:   ${one[at]}\n    theirs: ${two[at]}`.slice(0, 3_000));
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null;
const field = (json: unknown, name: string): unknown => (isObject(json) ? json[name] : undefined);
const listIn = (json: unknown, name: string): readonly unknown[] => {
  const found = field(json, name);
  return Array.isArray(found) ? found : [];
};

async function recordsOf(
  engine: Asked,
  target: (operation: string) => string,
  table: string,
): Promise<readonly string[]> {
  const ask = async (operation: string, input: object): Promise<unknown> =>
    (await engine.call(target(operation), input)).body;
  const described = field(await engine.call('DynamoDB_20120810.DescribeTable', { TableName: table }), 'body');
  const StreamArn = field(field(described, 'Table'), 'LatestStreamArn');
  const stream = field(await ask('DescribeStream', { StreamArn }), 'StreamDescription');
  const found: string[] = [];
  for (const shard of listIn(stream, 'Shards')) {
    const asked = { StreamArn, ShardId: field(shard, 'ShardId'), ShardIteratorType: 'TRIM_HORIZON' };
    let ShardIterator = field(await ask('GetShardIterator', asked), 'ShardIterator');
    for (;;) {
      const page = await ask('GetRecords', { ShardIterator });
      const records = listIn(page, 'Records');
      for (const record of records) {
        const { Keys, NewImage, OldImage }: Readonly<Record<string, unknown>> = {
          ...Object(field(record, 'dynamodb')),
        };
        // AWS writes no record of a write that changed nothing; dynoxide does
        if (
          NewImage !== undefined &&
          comparable({ status: 200, body: NewImage }) === comparable({ status: 200, body: OldImage })
        )
          continue;
        const body = { event: field(record, 'eventName'), Keys, NewImage, OldImage };
        found.push(comparable({ status: 200, body }));
      }
      ShardIterator = field(page, 'NextShardIterator');
      if (records.length === 0 || ShardIterator === undefined) break;
    }
  }
  return found;
}
