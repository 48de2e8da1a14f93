import type { Asked } from './engines.ts';

/** How many calls are under way at a time: as many as a busy stack has. */
const AT_ONCE = 32;
const TRANSACTIONS = 2_000;
const READS = 10_000;

const attribute = (AttributeName: string): object => ({ AttributeName, AttributeType: 'S' });
const index = (IndexName: string, projection: string, ...names: readonly string[]): object => ({
  IndexName,
  KeySchema: names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' })),
  Projection: { ProjectionType: projection },
});
const TableName = 'speed';
const table = {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: ['pk', 'sk', 'hub', 'organization'].map(attribute),
  GlobalSecondaryIndexes: [index('by-hub', 'ALL', 'hub', 'sk'), index('by-organization', 'KEYS_ONLY', 'organization')],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

/** A case, its event and a counter, as Jieli writes them: two new items and one that is changed. */
function transaction(number: number): object {
  const id = String((number * 7_919) % 1_000_003).padStart(9, '0');
  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
  const Case = {
    pk: { S: `CASE#${id}` },
    sk: { S: 'CASE' },
    hub: { S: `hub-${number % 50}` },
    organization: { S: `organization-${number % 500}` },
    version: { N: '1' },
    about: { M: { text: { S: 'some words about what is needed '.repeat(15) } } },
  };
  const event = { pk: Case.pk, sk: { S: 'EVENT#1' }, what: { S: 'submitted' }, at: { S: '2026-01-01T00:00:00Z' } };
  const counter = {
    TableName,
    Key: { pk: { S: `COUNT#${number % 1_000}` }, sk: { S: 'COUNT' } },
    UpdateExpression: 'SET #n = if_not_exists(#n, :none) + :one',
    ConditionExpression: 'attribute_not_exists(closed) OR closed = :no',
    ExpressionAttributeNames: { '#n': 'n' },
    ExpressionAttributeValues: { ':none': { N: '0' }, ':one': { N: '1' }, ':no': { BOOL: false } },
  };
  return {
    TransactItems: [
      { Put: { TableName, Item: Case, ...isNew } },
      { Put: { TableName, Item: event, ...isNew } },
      { Update: counter },
    ],
  };
}

/** Measures an engine: transactions of three items and reads, many at once; prints how many a second. */
export async function speed(name: string, engine: Asked): Promise<void> {
  const call = async (operation: string, input: object): Promise<void> => {
    const { status, body } = await engine.call(`DynamoDB_20120810.${operation}`, input);
    if (status !== 200) throw new Error(JSON.stringify(body));
  };
  let number = 0;
  const many = async (count: number, one: () => Promise<void>): Promise<number> => {
    const begun = performance.now();
    let left = count;
    const lane = async (): Promise<void> => {
      for (; left > 0; ) {
        left -= 1;
        await one();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return (count / (performance.now() - begun)) * 1_000;
  };
  const write = (): Promise<void> => {
    number += 1;
    return call('TransactWriteItems', transaction(number));
  };
  const read = (): Promise<void> =>
    call('GetItem', { TableName, Key: { pk: { S: 'CASE#000007919' }, sk: { S: 'CASE' } } });
  await call('CreateTable', table);
  await many(TRANSACTIONS / 4, write);
  const writes = await many(TRANSACTIONS, write);
  const reads = await many(READS, read);
  console.log(`${name}: ${writes.toFixed(0)} transactions of three items a second, ${reads.toFixed(0)} reads a second`);
}
