import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openedEngine, Refused } from '../engine/opened-engine.ts';

const tables = openedEngine();
beforeAll(() => {
  tables.call('CreateTable', {
    TableName: 'words',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  });
});
afterAll(() => tables.stop());

const TableName = 'words';
const Key = { pk: { S: 'a' } };
const empty = { pk: {} };
const refusal = (operation: string, input: object): string => {
  try {
    tables.call(operation, input);
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
  return 'no refusal';
};

describe('of many faults the one is told that AWS tells first', () => {
  const value = 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
  const syntax = { ConditionExpression: '=' };
  const returned = { ReturnValues: 'ALL_NEW' };

  it.each([
    ['PutItem', { TableName: 'none', Item: empty, ...syntax, ...returned }, 'ReturnValues can only be ALL_OLD or NONE'],
    ['PutItem', { TableName: 'none', Item: empty, ...syntax }, value],
    ['PutItem', { TableName: 'none', Item: Key, ...syntax }, 'Invalid ConditionExpression: Syntax error'],
    ['PutItem', { TableName: 'none', Item: {} }, 'ResourceNotFoundException: Requested resource not found'],
    ['PutItem', { TableName, Item: {} }, 'One or more parameter values were invalid: Missing the key pk in the item'],
    ['DeleteItem', { TableName: 'none', Key: empty, ...syntax }, value],
    ['UpdateItem', { TableName: 'none', Key: empty, UpdateExpression: '=' }, value],
    [
      'UpdateItem',
      { TableName: 'none', Key, UpdateExpression: '=', ...syntax },
      'Invalid UpdateExpression: Syntax error',
    ],
    ['GetItem', { TableName: 'none', Key: empty, ProjectionExpression: '=' }, value],
    ['GetItem', { TableName, Key: {}, ProjectionExpression: '=' }, 'Invalid ProjectionExpression: Syntax error'],
    ['GetItem', { TableName, Key: {} }, 'The provided key element does not match the schema'],
    [
      'Scan',
      { TableName, Select: 'COUNT', ProjectionExpression: 'pk' },
      'Cannot specify the ProjectionExpression when choosing to get only the Count',
    ],
  ])('%s %j', (operation, input, words) => {
    expect(refusal(operation, input)).toContain(words);
  });
});
