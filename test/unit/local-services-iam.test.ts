import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessesOf, type TableCatalogue } from '../../cdk/local/dynamodb/table-accesses.ts';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/cases';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:jobs';
const ROLE = 'arn:aws:iam::123456789012:role/Api';
const caller = { roleArn: ROLE, principalArn: 'arn:aws:sts::123456789012:assumed-role/Api/api' };
const at = { accountId: '123456789012', region: 'us-east-1' };

const document = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:Query'], Resource: TABLE },
    {
      Effect: 'Deny',
      Action: 'dynamodb:*',
      Resource: TABLE,
      Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['TOKEN#*', '*#secret?'] } },
    },
    { Effect: 'Allow', Action: 'sqs:*', Resource: QUEUE },
  ],
};
const authorizer = () =>
  createAuthorizer(
    { roles: new Map([[ROLE, [{ name: 'own', document }]]]), resources: new Map([[QUEUE, queuePolicy]]) },
    at,
  );
const queuePolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:DeleteMessage', Resource: QUEUE }],
};
const put = (...keys: string[]) => ({
  action: 'dynamodb:PutItem',
  resource: TABLE,
  context: { 'dynamodb:LeadingKeys': keys },
});

/** What is thrown, if anything is. */
function refusalOf(ask: () => void): unknown {
  try {
    ask();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('the policies decide', () => {
  test('leading keys, one by one', () => {
    const { require } = authorizer();
    require(caller, put('CASE#1'));
    expect(() => require(caller, put('TOKEN#1'))).toThrow(/with an explicit deny in an identity-based policy$/);
    expect(refusalOf(() => require(caller, put('CASE#1', 'x#secret1')))).toMatchObject({
      code: 'AccessDeniedException',
    });
  });

  test('an index is another resource than its table', () => {
    const query = { action: 'dynamodb:Query', resource: `${TABLE}/index/byKind` };
    expect(() => authorizer().require(caller, query)).toThrow(
      `User: ${caller.principalArn} is not authorized to perform: dynamodb:Query on resource: ${TABLE}/index/byKind because no identity-based policy allows the dynamodb:Query action`,
    );
  });

  test.each([
    [
      'ses:SendEmail',
      'arn:aws:ses:us-east-1:123456789012:identity/hub.example',
      403,
      `User \`${caller.principalArn}' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:us-east-1:123456789012:identity/hub.example'`,
    ],
    [
      'sqs:SendMessage',
      `${QUEUE}-other`,
      400,
      `User: ${caller.principalArn} is not authorized to perform: sqs:sendmessage on resource: ${QUEUE}-other because no identity-based policy allows the sqs:sendmessage action`,
    ],
    [
      's3:PutObject',
      'arn:aws:s3:::anchors/a',
      403,
      `User: ${caller.principalArn} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::anchors/a" because no identity-based policy allows the s3:PutObject action`,
    ],
    [
      'lambda:InvokeFunction',
      'arn:aws:lambda:us-east-1:123456789012:function:f',
      403,
      `User: ${caller.principalArn} is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:123456789012:function:f because no identity-based policy allows the lambda:InvokeFunction action`,
    ],
    [
      'states:StartExecution',
      'arn:aws:states:us-east-1:123456789012:stateMachine:m',
      400,
      `User: ${caller.principalArn} is not authorized to perform: states:StartExecution on resource: arn:aws:states:us-east-1:123456789012:stateMachine:m because no identity-based policy allows the states:StartExecution action`,
    ],
  ])('a denied %s is told as its service tells it', (action, resource, status, message) => {
    const refusal = { code: 'AccessDeniedException', status, message };
    expect(refusalOf(() => authorizer().require(caller, { action, resource }))).toMatchObject(refusal);
  });

  test("a queue's own policy counts beside the role's", () => {
    const { require } = authorizer();
    require(caller, { action: 'sqs:SendMessage', resource: QUEUE });
    expect(() => require(caller, { action: 'sqs:DeleteMessage', resource: QUEUE })).toThrow();
  });

  test('remembered decisions are those that would be made anew, whatever keys came before', () => {
    const key = fc.constantFrom(
      'CASE#1',
      'TOKEN#',
      'TOKEN#a',
      'token#a',
      'x#secret',
      'x#secret1',
      'x#secret12',
      '*',
      '',
    );
    const old = authorizer();
    const verdict = (by: ReturnType<typeof authorizer>, keys: string[]) =>
      refusalOf(() => by.require(caller, put(...keys))) === undefined;
    fc.assert(
      fc.property(fc.array(key, { maxLength: 4 }), (keys) => {
        expect(verdict(old, keys)).toBe(verdict(authorizer(), keys));
      }),
    );
  });

  test('calls are recorded with how often; executions under their state machine', () => {
    const { require, calls } = authorizer();
    require(caller, put('CASE#1'));
    require(caller, put('CASE#2'));
    const execution = 'arn:aws:states:us-east-1:123456789012:execution:need:case-1';
    refusalOf(() => require(caller, { action: 'states:StopExecution', resource: execution }));
    const put1 = put('CASE#1');
    expect(calls()).toEqual([
      { roleArn: ROLE, action: put1.action, resource: TABLE, allowed: true, count: 2, asked: put1 },
      {
        roleArn: ROLE,
        action: 'states:StopExecution',
        resource: execution.replace('case-1', '*'),
        allowed: false,
        count: 1,
        asked: { action: 'states:StopExecution', resource: execution },
      },
    ]);
  });
});

describe('what a call of the table needs leave for', () => {
  const keySchema = [{ AttributeName: 'pk', KeyType: 'HASH' as const }];
  const tables: TableCatalogue = {
    arn: (name) => `table/${name}`,
    find: () => ({
      logicalId: 'T',
      name: 'cases',
      arn: 'table/cases',
      streamArn: '',
      keySchema,
      attributes: [],
      globalIndexes: [
        {
          IndexName: 'inbox',
          KeySchema: [{ AttributeName: 'party', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      localIndexes: [],
    }),
  };
  const of = (operation: string, input: Parameters<typeof accessesOf>[1]) =>
    accessesOf(operation, input, tables).map(({ action, resource, context }) => [
      action,
      resource,
      context?.['dynamodb:LeadingKeys'] ?? [],
    ]);
  const Key = (pk: string) => ({ pk: { S: pk } });

  test('a transaction is judged as its parts', () => {
    const TransactItems = [
      { Put: { TableName: 'cases', Item: Key('a') } },
      { Update: { TableName: 'cases', Key: Key('b') } },
      { Delete: { TableName: 'cases', Key: Key('c') } },
      { ConditionCheck: { TableName: 'cases', Key: Key('d') } },
    ];
    expect(of('TransactWriteItems', { TransactItems })).toEqual([
      ['dynamodb:PutItem', 'table/cases', ['a']],
      ['dynamodb:UpdateItem', 'table/cases', ['b']],
      ['dynamodb:DeleteItem', 'table/cases', ['c']],
      ['dynamodb:ConditionCheckItem', 'table/cases', ['d']],
    ]);
  });

  test('a batch is judged once a table, with all its keys', () => {
    const RequestItems = { cases: [{ PutRequest: { Item: Key('a') } }, { DeleteRequest: { Key: Key('b') } }] };
    expect(of('BatchWriteItem', { RequestItems })).toEqual([['dynamodb:BatchWriteItem', 'table/cases', ['a', 'b']]]);
    expect(of('BatchGetItem', { RequestItems: { cases: { Keys: [Key('a')] } } })).toEqual([
      ['dynamodb:BatchGetItem', 'table/cases', ['a']],
    ]);
  });

  test('what no policy could see the keys of is not done at all', () => {
    for (const operation of ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction']) {
      expect(() => of(operation, { Statement: "SELECT * FROM cases WHERE pk = 'TOKEN#1'" })).toThrow(
        `The local cloud does not have dynamodb:${operation}.`,
      );
    }
  });

  test('a query is judged by the key of what it asks: the table or an index', () => {
    const query = {
      TableName: 'cases',
      KeyConditionExpression: 'sk > :x AND #p = :p',
      ExpressionAttributeNames: { '#p': 'pk' },
      ExpressionAttributeValues: { ':p': { S: 'TOKEN#1' }, ':x': { S: 'x' } },
    };
    expect(of('Query', query)).toEqual([['dynamodb:Query', 'table/cases', ['TOKEN#1']]]);
    const onIndex = { ...query, IndexName: 'inbox', KeyConditionExpression: 'party = :p' };
    expect(of('Query', onIndex)).toEqual([['dynamodb:Query', 'table/cases/index/inbox', ['TOKEN#1']]]);
    expect(of('Scan', { TableName: 'cases' })).toEqual([['dynamodb:Scan', 'table/cases', []]]);
  });
});
