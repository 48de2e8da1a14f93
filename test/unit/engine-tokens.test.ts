import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it, vi } from 'vitest';
import { openEngine } from '../../cdk/local/dynamodb/engine/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'engine-tokens-'));
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

it('a token means the same transaction for ten minutes, and then takes up no room', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const file = join(folder, 'engine.db');
  const engine = openEngine({ file, prefix: 'arn:aws:dynamodb:us-east-1:000000000000:table/', older: undefined });
  const ask = (operation: string, input: object): unknown => {
    const [answer] = engine.answer([{ target: `DynamoDB_20120810.${operation}`, body: JSON.stringify(input) }]);
    return JSON.parse(answer?.body ?? '');
  };
  const count = () => {
    const other = new DatabaseSync(file, { readOnly: true });
    const row = other.prepare('SELECT count(*) AS count FROM tokens').get();
    other.close();
    return row?.count;
  };
  const TableName = 'masks';
  ask('CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  });
  const given = (pk: string, ClientRequestToken: string, item: object = { pk: { S: pk }, lot: { S: '7' } }) =>
    ask('TransactWriteItems', {
      ClientRequestToken,
      TransactItems: [{ Put: { TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } }],
    });
  for (const each of ['1', '2', '3']) expect(given(each, each)).toEqual({});
  vi.advanceTimersByTime(9 * 60_000);
  expect(given('1', '1')).toEqual({});
  // the same, its keys in another order
  expect(given('1', '1', { lot: { S: '7' }, pk: { S: '1' } })).toEqual({});
  expect(given('1', '1', { pk: { S: '1' }, lot: { N: '7' } })).toMatchObject({
    __type: expect.stringContaining('IdempotentParameterMismatch'),
  });
  expect(given('2', '1')).toMatchObject({ __type: expect.stringContaining('IdempotentParameterMismatch') });
  expect(count()).toBe(3);

  vi.advanceTimersByTime(61_000);
  expect(given('1', '1')).toMatchObject({ CancellationReasons: [{ Code: 'ConditionalCheckFailed' }] });
  expect(given('4', '4')).toEqual({});
  expect(count()).toBe(1);
  engine.close();
});
