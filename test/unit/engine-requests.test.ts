import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../cdk/local/dynamodb/engine/engine-error.ts';
import { checkRequest } from '../../cdk/local/dynamodb/engine/requests/index.ts';

const refusal = (operation: string, input: Readonly<Record<string, unknown>>): string => {
  try {
    checkRequest(operation, input);
  } catch (error) {
    if (error instanceof EngineError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no refusal';
};
const TableName = 'table';
const Key = { pk: { S: 'a' } };
const one = '1 validation error detected: ';

describe('a request is refused in the words of AWS', () => {
  it.each([
    ['PutItem', { Item: Key }, `${one}Value null at 'tableName' failed to satisfy constraint: Member must not be null`],
    [
      'GetItem',
      { TableName: '', Key },
      "Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    ['GetItem', { TableName: 'a'.repeat(256), Key }, 'Member must have length less than or equal to 255'],
    [
      'GetItem',
      { TableName: 'bad table!', Key },
      "Value 'bad table!' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    ],
    ['GetItem', { TableName }, "Value null at 'key' failed to satisfy constraint: Member must not be null"],
    ['GetItem', { TableName, Key: 'x' }, 'SerializationException: Unexpected field type'],
    ['GetItem', { TableName: 5, Key }, 'SerializationException: NUMBER_VALUE cannot be converted to String'],
    [
      'GetItem',
      { TableName, Key, ConsistentRead: 'yes' },
      'SerializationException: STRING_VALUE cannot be converted to Boolean',
    ],
    [
      'PutItem',
      { TableName, Item: Key, ReturnValues: 'X', ReturnConsumedCapacity: 'Y' },
      "2 validation errors detected: Value 'Y' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value 'X' at 'returnValues'",
    ],
    ['PutItem', { TableName, Item: Key, ReturnValues: 'ALL_NEW' }, 'ReturnValues can only be ALL_OLD or NONE'],
    [
      'PutItem',
      { TableName, Item: Key, Expected: { a: { Exists: false } }, ConditionExpression: 'a = b' },
      'Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}',
    ],
    [
      'PutItem',
      { TableName, Item: Key, ExpressionAttributeValues: {} },
      'ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null',
    ],
    [
      'UpdateItem',
      { TableName, Key, ExpressionAttributeValues: {} },
      'UpdateExpression and ConditionExpression are null',
    ],
    [
      'DeleteItem',
      { TableName, Key, ExpressionAttributeNames: {} },
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      'Query',
      { TableName },
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    ],
    [
      'Query',
      { TableName, KeyConditionExpression: 'a = :a', Limit: 0 },
      `${one}Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    ],
    [
      'Scan',
      { TableName, Limit: 0 },
      `${one}Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    ],
    [
      'Scan',
      { TableName, Segment: 0 },
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    ],
    [
      'Scan',
      { TableName, TotalSegments: 2 },
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    ],
    ['Scan', { TableName, Segment: 2, TotalSegments: 2 }, 'Segment: 2 is not less than TotalSegments: 2'],
    ['BatchGetItem', { RequestItems: {} }, 'The requestItems parameter is required for BatchGetItem'],
    [
      'BatchGetItem',
      { RequestItems: { t: { Keys: Array(101).fill(Key) } } },
      `${one}Value at 'RequestItems.t.member.Keys' failed`,
    ],
    [
      'BatchGetItem',
      { RequestItems: { t: { Keys: Array(60).fill(Key) }, u: { Keys: Array(60).fill(Key) } } },
      'Too many items requested for the BatchGetItem call',
    ],
    [
      'BatchWriteItem',
      { RequestItems: { t: [] } },
      "Value '{t=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]",
    ],
    ['BatchWriteItem', { RequestItems: { t: [{}] } }, 'Supplied AttributeValue has more than one datatypes set'],
    [
      'TransactWriteItems',
      { TransactItems: [] },
      `${one}Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    ],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName, Item: Key }, Delete: { TableName, Key } }] },
      'TransactItems can only contain one of Check, Put, Update or Delete',
    ],
    [
      'TransactWriteItems',
      { TransactItems: [{ Update: { TableName, Key } }] },
      "Value null at 'transactItems.1.member.update.updateExpression' failed to satisfy constraint: Member must not be null",
    ],
    ['CreateTable', {}, "The parameter 'TableName' is required but was not present in the request"],
    [
      'GetRecords',
      { ShardIterator: 'x', Limit: 2000 },
      "Value '2000' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ],
    [
      'UpdateTimeToLive',
      { TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: '' } },
      "at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    ['UpdateTable', { TableName }, 'At least one of ProvisionedThroughput, BillingMode,'],
  ])('%s %j', (operation, input, words) => {
    expect(refusal(operation, input)).toContain(words);
  });

  const table = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  };
  const index = {
    IndexName: 'one',
    KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
  };
  const key = (name: string, type = 'HASH') => ({ AttributeName: name, KeyType: type });

  it.each([
    [
      { TableName: 'ab' },
      "Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
    ],
    [
      { KeySchema: [key('pk'), key('sk', 'RANGE'), key('pk')] },
      "Value '[KeySchemaElement(attributeName=pk, keyType=HASH), KeySchemaElement(attributeName=sk, keyType=RANGE), KeySchemaElement(attributeName=pk, keyType=HASH)]' at 'keySchema'",
    ],
    [
      { KeySchema: [key('pk', 'X')] },
      "Value 'X' at 'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]",
    ],
    [{ KeySchema: [key('no')] }, 'Keys: [no], AttributeDefinitions: [pk, sk]'],
    [{ KeySchema: [key('pk'), key('pk', 'RANGE')] }, 'have the same name'],
    [{ KeySchema: [key('pk', 'RANGE')] }, 'The first KeySchemaElement is not a HASH key type'],
    [{ KeySchema: [key('pk')] }, 'Number of attributes in KeySchema does not exactly match'],
    [{ BillingMode: 'PROVISIONED' }, 'must both be specified when BillingMode is PROVISIONED'],
    [{ GlobalSecondaryIndexes: [] }, 'List of GlobalSecondaryIndexes is empty'],
    [{ GlobalSecondaryIndexes: [index, index] }, 'Duplicate index name: one'],
    [
      { GlobalSecondaryIndexes: [{ ...index, Projection: { ProjectionType: 'ALL', NonKeyAttributes: ['a'] } }] },
      'ProjectionType is ALL, but NonKeyAttributes is specified',
    ],
    [{ LocalSecondaryIndexes: [index] }, 'Index KeySchema does not have a range key for index: one'],
    [
      { LocalSecondaryIndexes: [{ ...index, KeySchema: [key('sk'), key('pk', 'RANGE')] }] },
      'index hash key: sk, table hash key: pk',
    ],
  ])('CreateTable with %j', (change, words) => {
    expect(refusal('CreateTable', table)).toBe('no refusal');
    expect(refusal('CreateTable', { ...table, ...change })).toContain(words);
  });
});

describe('a request', () => {
  it('may name a table by its ARN', () => {
    const arn = 'arn:aws:dynamodb:local:000000000000:table/table';
    expect(refusal('GetItem', { TableName: arn, Key })).toBe('no refusal');
  });

  it('without older parameters stays as it is', () => {
    const input = { TableName, Key, ProjectionExpression: 'a' };
    expect(checkRequest('GetItem', input)).toBe(input);
  });

  it('with older parameters is given in expressions', () => {
    const put = checkRequest('PutItem', {
      TableName,
      Item: Key,
      ConditionalOperator: 'OR',
      Expected: { a: { Exists: false }, b: { ComparisonOperator: 'IN', AttributeValueList: [{ N: '1' }, { N: '2' }] } },
    });
    expect(put).toEqual({
      TableName,
      Item: Key,
      ConditionExpression: 'attribute_not_exists(#l0) OR #l1 IN (:l2, :l3)',
      ExpressionAttributeNames: { '#l0': 'a', '#l1': 'b' },
      ExpressionAttributeValues: { ':l2': { N: '1' }, ':l3': { N: '2' } },
    });
    const updated = checkRequest('UpdateItem', {
      TableName,
      Key,
      AttributeUpdates: { a: { Value: { S: 'x' } }, b: { Action: 'DELETE' }, c: { Action: 'ADD', Value: { N: '1' } } },
    });
    expect(updated.UpdateExpression).toBe('SET #l0 = :l1 REMOVE #l2 ADD #l3 :l4');
    const asked = checkRequest('Query', {
      TableName,
      KeyConditions: { pk: { ComparisonOperator: 'EQ', AttributeValueList: [{ S: 'a' }] } },
      FilterExpression: '#x = :x',
      ExpressionAttributeNames: { '#x': 'x' },
      ExpressionAttributeValues: { ':x': { S: 'y' } },
    });
    expect(asked).toMatchObject({
      KeyConditionExpression: '#l0 = :l1',
      ExpressionAttributeNames: { '#x': 'x', '#l0': 'pk' },
      ExpressionAttributeValues: { ':x': { S: 'y' }, ':l1': { S: 'a' } },
    });
    expect(asked).not.toHaveProperty('KeyConditions');
    const batch = checkRequest('BatchGetItem', { RequestItems: { t: { Keys: [Key], AttributesToGet: ['name'] } } });
    expect(batch.RequestItems).toEqual({
      t: { Keys: [Key], ProjectionExpression: '#l0', ExpressionAttributeNames: { '#l0': 'name' } },
    });
  });

  it.each([
    [
      'PutItem',
      { Expected: { a: { Value: { S: 'x' }, Exists: false } } },
      'Value cannot be used when Exists is false for Attribute: a',
    ],
    ['PutItem', { Expected: { a: {} } }, 'Value must be provided when Exists is null for Attribute: a'],
    [
      'PutItem',
      { Expected: { a: { ComparisonOperator: 'EQ' } } },
      'Value or AttributeValueList must be used with ComparisonOperator: EQ',
    ],
    [
      'PutItem',
      { Expected: { a: { ComparisonOperator: 'BETWEEN', Value: { N: '1' } } } },
      'Invalid number of argument(s) for the BETWEEN ComparisonOperator',
    ],
    [
      'Scan',
      { ScanFilter: { a: { ComparisonOperator: 'LT', AttributeValueList: [{ BOOL: true }] } } },
      'ComparisonOperator LT is not valid for BOOL AttributeValue type',
    ],
    ['Scan', { ConditionalOperator: 'OR' }, 'ConditionalOperator cannot be used without Filter or Expected'],
    [
      'UpdateItem',
      { AttributeUpdates: { a: { Action: 'ADD', Value: { S: 'x' } } } },
      'ADD action is not supported for the type S',
    ],
    ['GetItem', { AttributesToGet: ['a', 'a'] }, 'Duplicate value in attribute name: a'],
  ])('%s with the older parameters %j is refused in the words of AWS', (operation, input, words) => {
    expect(refusal(operation, { TableName, Item: Key, Key, ...input })).toContain(words);
  });
});

describe('any request', () => {
  const operations = [
    'PutItem',
    'UpdateItem',
    'Query',
    'Scan',
    'BatchGetItem',
    'BatchWriteItem',
    'TransactWriteItems',
    'CreateTable',
    'UpdateTable',
  ];
  const fields =
    'TableName Key Item Expected AttributeUpdates KeyConditions QueryFilter AttributesToGet RequestItems TransactItems KeySchema AttributeDefinitions GlobalSecondaryIndexes GlobalSecondaryIndexUpdates ProvisionedThroughput Limit Segment ReturnValues ConditionalOperator ComparisonOperator AttributeValueList Value Put Update PutRequest Keys IndexName S N'.split(
      ' ',
    );
  const { json } = fc.letrec<{ json: unknown; object: Readonly<Record<string, unknown>> }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, 0, 1, 1.5, 'a', 'HASH', 'EQ', 'table', ''),
      tie('object'),
      fc.array(tie('json'), { maxLength: 3 }),
    ),
    object: fc.dictionary(fc.constantFrom(...fields), tie('json'), { maxKeys: 4, noNullPrototype: true }),
  }));

  it('is taken or refused in words, and nothing else happens', () => {
    const inputs = fc.dictionary(fc.constantFrom(...fields), json, { maxKeys: 6, noNullPrototype: true });
    fc.assert(
      fc.property(fc.constantFrom(...operations), inputs, (operation, input) => {
        refusal(operation, { TableName, Key, Item: Key, KeyConditionExpression: 'a', ...input });
      }),
      { numRuns: 2_000 },
    );
  });
});
