import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { CfnFileSystem } from 'aws-cdk-lib/aws-efs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud, TemplateError } from '../../cdk/local/index.ts';
import { queueCall, queueMessages } from './local-services-queue.ts';
import { type Change, type StackFolders, synthesizeStack } from './local-services-stack.ts';

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
});

async function synthesize(change?: Change): Promise<StackFolders> {
  const folders = await synthesizeStack(change);
  ends.push(folders.remove);
  return folders;
}

async function start(
  { assembly, dataDir }: StackFolders,
  options: Partial<LocalCloudOptions> = {},
): Promise<LocalCloud> {
  const cloud = await startLocalCloud({ assembly, dataDir, port: 0, say: () => undefined, ...options });
  ends.push(cloud.stop);
  return cloud;
}

function tableOf(cloud: LocalCloud): DynamoDBClient {
  const client = new DynamoDBClient({
    endpoint: cloud.endpointUrl,
    region: cloud.region,
    credentials: cloud.credentialsFor('administrator'),
  });
  ends.push(() => client.destroy());
  return client;
}

test('a resource that is not supported stops the start with its logical id and type, and nothing stays behind', async () => {
  const folders = await synthesize((stack) => void new CfnFileSystem(stack, 'Files'));
  await expect(start(folders)).rejects.toThrow(/Files\w*: AWS::EFS::FileSystem/);
  await expect(start(folders)).rejects.toThrow(TemplateError);
});

test('a function whose role may not write to its destination, or a machine whose definition is none, stops the start', async () => {
  const lost = await synthesize((stack, { front }) => {
    const queue = new CfnQueue(stack, 'Lost');
    new CfnEventInvokeConfig(stack, 'Async', {
      functionName: front.functionName,
      qualifier: '$LATEST',
      destinationConfig: { onFailure: { destination: queue.attrArn } },
    });
  });
  await expect(start(lost)).rejects.toThrow(/^Front\w+: User: \S+ is not authorized to perform: sqs:sendmessage on/);
  const odd = await synthesize((stack) => {
    const role = new Role(stack, 'OddRole', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    new CfnStateMachine(stack, 'Odd', { roleArn: role.roleArn, definitionString: '{"StartAt":"Gone","States":{}}' });
  });
  await expect(start(odd)).rejects.toThrow(/^Odd: Invalid State Machine Definition: .*Gone/);
  await expect(start(odd)).rejects.toThrow(TemplateError);
});

test('a schedule that is none stops the start', async () => {
  const folders = await synthesize((stack, { front }) => {
    new CfnSchedule(stack, 'Odd', {
      flexibleTimeWindow: { mode: 'OFF' },
      scheduleExpression: 'every day',
      target: { arn: front.functionArn, roleArn: front.role?.roleArn ?? '' },
    });
  });
  await expect(start(folders)).rejects.toThrow('Not a schedule: every day');
});

test('a table follows the template: an index that comes and one that goes', async () => {
  const before = await synthesize();
  const cloud = await start(before);
  await cloud.stop();
  const { assembly } = await synthesize((_, { table }) =>
    table.addGlobalSecondaryIndex({
      indexName: 'byOwner',
      partitionKey: { name: 'owner', type: AttributeType.STRING },
    }),
  );
  const after = await start({ ...before, assembly });
  const described = await tableOf(after).send(new DescribeTableCommand({ TableName: after.outputs.TableName }));
  expect(described.Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName).sort()).toEqual([
    'byKind',
    'byOwner',
  ]);
  expect(described.Table?.TableArn).toBe(`arn:aws:dynamodb:us-east-1:123456789012:table/${after.outputs.TableName}`);
  await after.stop();
  const again = await start(before);
  const last = await tableOf(again).send(new DescribeTableCommand({ TableName: again.outputs.TableName }));
  expect(last.Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toEqual(['byKind']);
});

test('indexes can lag, with what is new and with what is gone; tables never', async () => {
  const cloud = await start(await synthesize());
  const client = tableOf(cloud);
  const { TableName } = cloud.outputs;
  const put = (pk: string, kind: string) =>
    client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: '1' }, kind: { S: kind } } }));
  const onIndex = async (kind: string): Promise<readonly (string | undefined)[]> => {
    const query = {
      TableName,
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: kind } },
    };
    const { Items = [] } = await client.send(new QueryCommand(query));
    return Items.map(({ pk }) => pk?.S);
  };
  await put('before', 'early');
  await cloud.lagIndexes(10_000);
  expect(await onIndex('early')).toEqual(['before']);
  await put('x', 'late');
  expect(await onIndex('late')).toEqual([]);
  await cloud.clock.advance(10_000);
  expect(await onIndex('late')).toEqual(['x']);
  // what was changed or removed is still there as it was
  await put('x', 'other');
  await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'before' }, sk: { S: '1' } } }));
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'x' }, sk: { S: '1' } } }));
  expect(Item?.kind).toEqual({ S: 'other' });
  expect([await onIndex('late'), await onIndex('other'), await onIndex('early')]).toEqual([['x'], [], ['before']]);
  await cloud.clock.advance(10_000);
  expect([await onIndex('late'), await onIndex('other'), await onIndex('early')]).toEqual([[], ['x'], []]);
  await put('x', 'late');
  await cloud.lagIndexes(0);
  expect(await onIndex('late')).toEqual(['x']);
});

test('items whose time is over on the moved clock go, marked as the service in the stream, and records stay there for a day', async () => {
  const folders = await synthesize();
  const cloud = await start(folders);
  const client = tableOf(cloud);
  const { TableName } = cloud.outputs;
  const DAY = 86_400_000;
  const inDays = (days: number) => ({ N: String(Math.floor((cloud.clock.now() + days * DAY) / 1_000)) });
  const times = { soon: inDays(1.5), later: inDays(30), ancient: inDays(-2_000), text: { S: 'soon' } };
  for (const [pk, expires] of Object.entries(times)) {
    await client.send(
      new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: '1' }, kind: { S: 'other' }, expires } }),
    );
  }
  const left = async () => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    return Items.map(({ pk }) => pk?.S ?? '').filter((pk) => pk in times);
  };
  await cloud.clock.advance(2 * DAY + 60_000);
  expect((await left()).sort()).toEqual(['ancient', 'later', 'text']);

  const file = join(folders.dataDir, 'dynamodb', 'engine.db');
  const reading = new DatabaseSync(file, { readOnly: true });
  const numberIn = (query: string) => Number(reading.prepare(query).get()?.n);
  // whoever reads the stream can tell what expired from what somebody removed
  const removal = reading.prepare("SELECT keys, identity FROM records WHERE event = 'REMOVE'");
  const soon = removal.all().find(({ keys }) => String(keys).includes('"soon"'));
  expect(JSON.parse(String(soon?.identity))).toEqual({ Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' });
  const newest = numberIn('SELECT max(id) AS n FROM records');
  await cloud.clock.advance(3 * DAY);
  expect(numberIn(`SELECT count(*) AS n FROM records WHERE id <= ${newest}`)).toBe(0);
  expect(numberIn('SELECT count(*) AS n FROM records')).toBeGreaterThan(20);
  reading.close();
});

test('with a public URL neither issuer nor mailbox nor console nor clock are served, and mail goes to the server', async () => {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      taken.push(...session.envelope.rcptTo.map((each) => each.address));
      stream.on('end', () => callback()).resume();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  ends.push(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.server.address();
  const smtpUrl = `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const folders = await synthesize();
  await expect(start(folders, { publicUrl: 'https://hub.example' })).rejects.toThrow('name a mail server');
  const cloud = await start(folders, { publicUrl: 'https://hub.example', smtpUrl });
  for (const path of ['/_aws', '/_aws/oidc/.well-known/openid-configuration', '/mail', '/mail/api', '/_aws/status']) {
    expect((await fetch(`${cloud.url}${path}`)).status, path).toBe(404);
  }
  const move = { method: 'POST', headers: { authorization: `Bearer ${cloud.controlKey}` }, body: '{"by":1}' };
  expect((await fetch(`${cloud.url}/_aws/clock`, move)).status).toBe(404);
  const body = JSON.stringify({ act: 'mail', to: 'someone@relief.example' });
  expect((await fetch(`${cloud.url}/act`, { method: 'POST', body })).status).toBe(200);
  expect(taken).toEqual(['someone@relief.example']);
  expect(cloud.outputs.Url).toBe('https://hub.example');
});

test('a stack that sends by SMTP finds its mail in the mailbox too', async () => {
  let smtpUrl = '';
  const cloud = await start(await synthesize(), {
    parameters(at) {
      smtpUrl = at.smtpUrl;
      return {};
    },
  });
  const transport = createTransport(smtpUrl);
  const send = (to: string) => transport.sendMail({ from: 'a@hub.example', to, subject: 'By SMTP', text: 'Hello' });
  // the mail server can be made to put off, and to lose its answer
  const error = { code: 'TryAgain', status: 451 };
  cloud.inject({ service: 'smtp', error });
  await expect(send('b@relief.example')).rejects.toMatchObject({ responseCode: 451 });
  cloud.inject({ service: 'smtp', error, afterEffect: true });
  await expect(send('b@relief.example')).rejects.toMatchObject({ responseCode: 451 });
  await send('c@relief.example');
  transport.close();
  const { items }: { items: unknown[] } = JSON.parse(
    await (await fetch(`${cloud.url}/mail/api?to=b@relief.example`)).text(),
  );
  expect(items).toMatchObject([{ subject: 'By SMTP', text: 'Hello\n', from: 'a@hub.example' }]);
  const shown = async (limit: string): Promise<number> => {
    const answer: { items: unknown[] } = JSON.parse(await (await fetch(`${cloud.url}/mail/api?limit=${limit}`)).text());
    return answer.items.length;
  };
  expect([await shown('1.5'), await shown('-1'), await shown('many')]).toEqual([1, 2, 2]);
});

test("a queue's messages come to its function; what it fails on goes to the dead letters after so many times", async () => {
  const urlOf = (name: string): string => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
  const folders = await synthesize((stack, { front }) => {
    const dead = new Queue(stack, 'Dead', { queueName: 'dead' });
    const jobs = new Queue(stack, 'Jobs', {
      queueName: 'jobs',
      enforceSSL: true,
      deadLetterQueue: { queue: dead, maxReceiveCount: 2 },
    });
    // The front throws when what it is called with has no body of its own.
    for (const queue of [jobs, dead]) queue.grantConsumeMessages(front);
    front.addEventSourceMapping('Jobs', {
      eventSourceArn: jobs.queueArn,
      filters: [FilterCriteria.filter({ body: { wanted: FilterRule.isEqual('yes') } })],
    });
  });
  const cloud = await start(folders);
  const access = {
    endpoint: cloud.endpointUrl,
    region: cloud.region,
    credentials: cloud.credentialsFor('administrator'),
  };
  const send = (MessageBody: string) => queueCall(access, 'SendMessage', { QueueUrl: urlOf('jobs'), MessageBody });
  expect((await send('{"wanted":"no"}')).status).toBe(200);
  expect((await send('{"wanted":"yes"}')).status).toBe(200);
  await cloud.clock.settled();
  expect(await queueMessages(access, urlOf('dead'))).toEqual([]);
  await cloud.clock.advance(300_000);
  expect(await queueMessages(access, urlOf('dead'))).toEqual([{ wanted: 'yes' }]);
  expect(await queueMessages(access, urlOf('jobs'))).toEqual([]);

  const marked = {
    QueueUrl: urlOf('dead'),
    MessageBody: '{}',
    MessageAttributes: { colour: { DataType: 'String', StringValue: 'green' } },
  };
  const sent: { MD5OfMessageAttributes: string } = JSON.parse((await queueCall(access, 'SendMessage', marked)).text);
  const receive = async (asked: object) => {
    const input = { QueueUrl: urlOf('dead'), MaxNumberOfMessages: 10, VisibilityTimeout: 0, ...asked };
    const answer: { Messages: object[] } = JSON.parse((await queueCall(access, 'ReceiveMessage', input)).text);
    return answer.Messages.at(-1);
  };
  expect(await receive({ MessageAttributeNames: ['col.*'], AttributeNames: ['SentTimestamp'] })).toMatchObject({
    Attributes: { SentTimestamp: expect.any(String) },
    MessageAttributes: marked.MessageAttributes,
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
  });
  expect(Object.keys((await receive({})) ?? {}).sort()).toEqual(['Body', 'MD5OfBody', 'MessageId', 'ReceiptHandle']);
  const { status, text } = await queueCall(access, 'SendMessage', { ...marked, MessageGroupId: 'one' });
  expect([status, text]).toEqual([400, expect.stringMatching(/InvalidParameterValue.*MessageGroupId/)]);
  // what every object has is no operation
  for (const operation of ['Subscribe', 'toString', '__proto__']) {
    const refused = await queueCall(access, operation, {});
    expect([refused.status, JSON.parse(refused.text)]).toEqual([
      400,
      expect.objectContaining({ __type: 'UnknownOperationException' }),
    ]);
  }
});
