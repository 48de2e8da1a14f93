import { request } from 'node:http';
import {
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { GenerateRandomCommand, KMSClient } from '@aws-sdk/client-kms';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import {
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../cdk/local/index.ts';
import { queueMessages } from './local-services-queue.ts';
import { type StackFolders, synthesizeStack } from './local-services-stack.ts';

const HOUR = 3_600_000;
let folders: StackFolders;
let cloud: LocalCloud;
let table: DynamoDBClient;
const said: string[] = [];

function administrator() {
  return {
    endpoint: cloud.endpointUrl,
    region: cloud.region,
    credentials: cloud.credentialsFor('administrator'),
    maxAttempts: 1,
  };
}

async function start(): Promise<void> {
  cloud = await startLocalCloud({
    assembly: folders.assembly,
    dataDir: folders.dataDir,
    port: 0,
    say: (line) => void said.push(line),
  });
  table = new DynamoDBClient(administrator());
}

async function stop(): Promise<void> {
  table.destroy();
  await cloud.stop();
}

beforeAll(async () => {
  folders = await synthesizeStack();
  await start();
});
afterAll(async () => {
  await stop();
  folders.remove();
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function act(name: string, input: object = {}): Promise<Answer> {
  const response = await fetch(`${cloud.url}/act`, { method: 'POST', body: JSON.stringify({ act: name, ...input }) });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

async function item(pk: string, sk = '1') {
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const { Item } = await table.send(new GetItemCommand({ TableName: cloud.outputs.TableName, Key }));
  return Item;
}

test('a state machine is described with the logging and the tracing that its template gives it', async () => {
  const states = new SFNClient(administrator());
  const [machine] = (await states.send(new ListStateMachinesCommand())).stateMachines ?? [];
  const described = await states.send(new DescribeStateMachineCommand({ stateMachineArn: machine?.stateMachineArn }));
  states.destroy();
  expect(described.loggingConfiguration).toEqual({
    level: 'ERROR',
    includeExecutionData: false,
    destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: expect.stringMatching(/:log-group:.*MachineLog.*:\*$/) } }],
  });
  expect(described.tracingConfiguration).toEqual({ enabled: true });
});

test('a request goes through API, function, table and stream to another function and a workflow', async () => {
  expect(await act('put', { pk: 'run-1' })).toMatchObject({ status: 200 });
  await cloud.clock.settled();
  expect(await item('SEEN#run-1')).toBeDefined();
  expect(await item('TICKS', 'run-1')).toBeUndefined();
  await cloud.clock.advance(HOUR);
  expect((await item('TICKS', 'run-1'))?.ticks?.N).toBe('1');
});

test('a function sees the time of the clock', async () => {
  const { body } = await act('now');
  expect(Math.abs(Number(body.now) - cloud.clock.now())).toBeLessThan(5_000);
});

test('a schedule runs as often as its rate says while time is moved', async () => {
  const before = Number((await item('TICKS', 'schedule'))?.ticks?.N ?? 0);
  await cloud.clock.advance(5 * HOUR);
  expect(Number((await item('TICKS', 'schedule'))?.ticks?.N)).toBe(before + 5);
});

test('what a policy denies by leading key is denied, alone and in a transaction, in the words of AWS', async () => {
  const denied = { name: 'AccessDeniedException', status: 400 };
  const words =
    /^User: arn:aws:sts::123456789012:assumed-role\/\S+\/\S+ is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table\/\S+ with an explicit deny in an identity-based policy$/;
  for (const [name, input] of [
    ['put', { pk: 'TOKEN#1' }],
    ['transact', { keys: ['fine', 'TOKEN#1'] }],
  ] as const) {
    expect((await act(name, input)).body).toMatchObject({ ...denied, message: expect.stringMatching(words) });
  }
  expect(await item('fine', 'T')).toBeUndefined();
  expect((await act('transact', { keys: ['fine', 'fine-too'] })).status).toBe(200);
});

test('what no policy allows is denied: another action, another state machine, another key use', async () => {
  expect((await act('encrypt')).body.message).toMatch(
    /kms:Encrypt on resource: arn:aws:kms:\S+ because no identity-based policy allows the kms:Encrypt action$/,
  );
  expect((await act('start')).body).toMatchObject({ name: 'AccessDeniedException' });
});

test("message authentication codes are made and verified by the stack's key", async () => {
  expect((await act('mac')).body).toEqual({ MacValid: true, length: 32 });
});

test('mail from a verified domain lies in the mailbox, safe to look at; another sender is refused', async () => {
  expect((await act('mail', { to: 'someone@relief.example' })).status).toBe(200);
  const list: { items: { subject: string; text: string; id: number }[] } = JSON.parse(
    await (await fetch(`${cloud.url}/mail/api?to=someone@relief.example`)).text(),
  );
  expect(list.items).toMatchObject([{ subject: '您好 <you>', text: expect.stringContaining('https://example.org/x') }]);
  const page = await fetch(`${cloud.url}/mail/${list.items[0]?.id}`);
  expect(await page.text()).toContain('您好 &#60;you&#62;');
  const frame = await fetch(`${cloud.url}/mail/${list.items[0]?.id}/html`);
  expect(frame.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await act('mail', { to: 'a@b.example', from: 'x@elsewhere.example' })).body).toMatchObject({
    name: 'AccessDeniedException',
    status: 403,
  });
  const mail = new SESv2Client(administrator());
  const send = (from: string, more: object = {}) =>
    mail.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: ['a@b.example'] },
        Content: { Simple: { Subject: { Data: 'x' }, Body: { Text: { Data: 'x' } } } },
        ...more,
      }),
    );
  await expect(send('x@elsewhere.example')).rejects.toMatchObject({
    name: 'MessageRejected',
    message:
      'Email address is not verified. The following identities failed the check in region US-EAST-1: x@elsewhere.example',
  });
  // what the mail would go without is refused by name
  await expect(send('x@hub.example', { ListManagementOptions: { ContactListName: 'all' } })).rejects.toMatchObject({
    name: 'BadRequestException',
    message: expect.stringContaining('ListManagementOptions'),
  });
});

test('a record that always fails is set aside alone and named by its position, and its neighbours are done', async () => {
  await Promise.all(['ok-1', 'bad-1', 'ok-2'].map((pk) => act('put', { pk })));
  await cloud.clock.advance(HOUR);
  expect(await item('SEEN#ok-1')).toBeDefined();
  expect(await item('SEEN#ok-2')).toBeDefined();
  const [message, ...others] = await queueMessages(administrator(), cloud.outputs.QueueUrl ?? '');
  expect(others).toEqual([]);
  expect(message).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: expect.any(Number) },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    DDBStreamBatchInfo: { batchSize: 1, streamArn: expect.stringContaining(':dynamodb:') },
  });
  expect(JSON.stringify(message)).not.toContain('bad-1');
});

test('the stack goes on after a stop where it was, with the same keys', async () => {
  const keys = cloud.credentialsFor('administrator');
  const now = cloud.clock.now();
  const seen = await table.send(new ScanCommand({ TableName: cloud.outputs.TableName, Select: 'COUNT' }));
  await act('put', { pk: 'run-2' });
  await cloud.clock.settled();
  await stop();
  await start();
  expect(cloud.credentialsFor('administrator')).toEqual(keys);
  expect(cloud.clock.now()).toBeGreaterThanOrEqual(now);
  await cloud.clock.settled();
  const after = await table.send(new ScanCommand({ TableName: cloud.outputs.TableName, Select: 'COUNT' }));
  expect(Number(after.Count)).toBe(Number(seen.Count) + 2);
  await cloud.clock.advance(HOUR);
  expect((await item('TICKS', 'run-2'))?.ticks?.N).toBe('1');
});

test('the table engine is started again when it dies, and calls wait for it', async () => {
  await cloud.crashTables();
  expect(await item('SEEN#run-1')).toBeDefined();
  expect(said.at(-1)).toMatch(/^The table engine ended and is started again/);
  expect((await act('put', { pk: 'after-death' })).status).toBe(200);
  await cloud.clock.settled();
  expect(await item('SEEN#after-death')).toBeDefined();
});

test('faults of AWS can be put in the way of any service, before a call or after its effect', async () => {
  const conflict = {
    service: 'dynamodb',
    operation: 'TransactWriteItems',
    error: {
      code: 'TransactionCanceledException',
      message: 'Transaction cancelled',
      fields: {
        CancellationReasons: [{ Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }],
      },
    },
  };
  const end = cloud.inject(conflict);
  expect((await act('transact', { keys: ['c-1', 'c-2'] })).body).toMatchObject({
    name: 'TransactionCanceledException',
    reasons: [{ Code: 'TransactionConflict' }],
  });
  expect(end()).toBe(1);
  cloud.inject({
    service: 'dynamodb',
    operation: 'PutItem',
    error: { code: 'InternalServerError', status: 500 },
    afterEffect: true,
  });
  expect((await act('put', { pk: 'lost-answer' })).body).toMatchObject({ name: 'InternalServerError', status: 500 });
  expect(await item('lost-answer')).toBeDefined();
  const endThrottle = cloud.inject({ service: 'lambda', error: { code: 'TooManyRequestsException', status: 429 } });
  expect((await fetch(`${cloud.url}/act`, { method: 'POST', body: '{"act":"now"}' })).status).toBe(503);
  expect(endThrottle()).toBe(1);
});

test('functions that are throttled or stumble when AWS calls them for the stack are called again', async () => {
  const codes = [
    { code: 'TooManyRequestsException', status: 429 },
    { code: 'ServiceException', status: 500 },
  ];
  const item1 = { pk: { S: 'called-again' }, sk: { S: '1' }, kind: { S: 'event' } };
  const ends = codes.flatMap((error) => [
    cloud.inject({ service: 'lambda', error }),
    cloud.inject({ service: 'lambda', error, afterEffect: true }),
  ]);
  await table.send(new PutItemCommand({ TableName: cloud.outputs.TableName, Item: item1 }));
  await cloud.clock.advance(60_000);
  expect(await item('SEEN#called-again')).toBeDefined();
  expect(ends.map((end) => end())).toEqual([1, 1, 1, 1]);
});

test('what is given up reaches its queue although the queue does not take it at once', async () => {
  const before = await queueMessages(administrator(), cloud.outputs.QueueUrl ?? '');
  const end = cloud.inject({
    service: 'sqs',
    operation: 'SendMessage',
    times: 2,
    error: { code: 'InternalError', status: 500 },
  });
  const bad = { pk: { S: 'bad-and-put-off' }, sk: { S: '1' }, kind: { S: 'event' } };
  await table.send(new PutItemCommand({ TableName: cloud.outputs.TableName, Item: bad }));
  await cloud.clock.advance(HOUR);
  expect(end()).toBe(2);
  const lying = await queueMessages(administrator(), cloud.outputs.QueueUrl ?? '');
  expect(lying).toHaveLength(before.length + 1);
});

test('unknown keys, a wrong secret and unknown services are refused as AWS does', async () => {
  const credentials = cloud.credentialsFor('administrator');
  const attempt = (wrong: object) =>
    new DynamoDBClient({ ...administrator(), credentials: { ...credentials, ...wrong } }).send(new ListTablesCommand());
  await expect(attempt({ accessKeyId: 'AKIAUNKNOWN' })).rejects.toThrow(
    'The security token included in the request is invalid.',
  );
  const refusal = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } });
  await expect(attempt({ secretAccessKey: 'wrong' })).rejects.toMatchObject(refusal('InvalidSignatureException', 400));
  await expect(attempt({ sessionToken: 'wrong' })).rejects.toMatchObject(refusal('UnrecognizedClientException', 400));
  // unlike those with a target in a header, services that speak REST have a status for it
  const mail = new SESv2Client({ ...administrator(), credentials: { ...credentials, secretAccessKey: 'wrong' } });
  await expect(mail.send(new SendEmailCommand({ Content: { Raw: { Data: Buffer.from('x') } } }))).rejects.toMatchObject(
    refusal('InvalidSignatureException', 403),
  );
});

test('the administrator uses every service with the SDKs as they are', async () => {
  const states = new SFNClient(administrator());
  const kms = new KMSClient(administrator());
  expect((await kms.send(new GenerateRandomCommand({ NumberOfBytes: 16 }))).Plaintext).toHaveLength(16);
  const stateMachineArn = cloud.outputs.MachineArn;
  const { executions } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
  expect(executions?.map((each) => each.name)).toContain('run-1');
});

test('only who has the key of the data folder moves the clock', async () => {
  const ask = (authorization: string) =>
    fetch(`${cloud.url}/_aws/clock`, { method: 'POST', headers: { authorization }, body: '{"by":1000}' });
  expect((await ask('Bearer guess')).status).toBe(401);
  expect((await ask(`Bearer ${cloud.controlKey}`)).status).toBe(200);
});

test('the console shows each part, and gives set-aside records to their function again', async () => {
  const pageOf = async (path: string): Promise<string> => {
    const response = await fetch(`${cloud.url}/_aws${path}`);
    expect(response.status, path).toBe(200);
    return response.text();
  };
  const links = [...(await pageOf('')).matchAll(/href="\/_aws(\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) await pageOf(link);
  const machine = links.find((link) => link.startsWith('/machines/')) ?? '';
  const executions = [...(await pageOf(machine)).matchAll(/href="\/_aws(\/executions[^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  const execution = await pageOf(executions[0] ?? '');
  expect(execution).toContain('<svg');
  expect(execution).toContain('ExecutionSucceeded');

  const queue = links.find((link) => link.startsWith('/queues/')) ?? '';
  const [, id = ''] = /name="id" value="([^"]+)"/.exec(await pageOf(queue)) ?? [];
  const redrive = (origin: string) =>
    fetch(`${cloud.url}/_aws/queues/redrive`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin },
      body: new URLSearchParams({ queue: queue.replace('/queues/', ''), id }),
    });
  expect((await redrive('https://evil.example')).status).toBe(403);
  // The record is as bad as before: the message stays.
  expect((await redrive(cloud.url)).status).toBe(400);
  expect(await pageOf(queue)).toContain(id);
});

test('a case that is stuck is found on the page with what stopped it, and goes on when it is redriven there', async () => {
  const page = async (path: string): Promise<string> => (await fetch(`${cloud.url}/_aws${path}`)).text();
  const press = (action: string, fields: Record<string, string>) =>
    fetch(`${cloud.url}/_aws/${action}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: cloud.url },
      body: new URLSearchParams(fields),
    });
  const error = { code: 'AccessDeniedException', message: 'no leave today' };
  const mend = cloud.inject({ service: 'dynamodb', operation: 'UpdateItem', times: 1_000, error });
  await act('put', { pk: 'run-stuck' });
  await cloud.clock.advance(HOUR);
  mend();
  const overview = await page('');
  expect(overview).toMatch(
    /run-stuck<\/a>\s+stopped <time[^>]+>[^<]+<\/time>: <b>AccessDeniedException<\/b> no leave today/,
  );
  expect(await page('/search?name=STUCK')).toContain('>run-stuck</a>');
  const [, encoded = ''] = /href="\/_aws\/executions\?arn=([^"]+)">run-stuck/.exec(overview) ?? [];
  const before = await page(`/executions?arn=${encoded}`);
  expect(before).toMatch(/Stopped in <b>Ask<\/b>: <b>AccessDeniedException<\/b>/);
  // from there to what its function has logged meanwhile, and to whatever else has to do with the case
  const [, log = ''] = /Stopped in[\s\S]*?Log of <a href="\/_aws(\/functions\/[^"]+)"/.exec(before) ?? [];
  expect(await page(log.replaceAll('&#38;', '&'))).toMatch(/<code>Invoke Error[\s\S]*no leave today/);
  expect(before).toContain('<a href="/_aws/search?name=run-stuck">run-stuck</a>');
  const everything = await page('/search?name=run-stuck');
  expect(everything).toContain('>run-stuck</a>');
  expect(everything).toMatch(/\/_aws\/tables\/[^"]+\?key=SEEN%23run-stuck">/);
  expect((await press('executions/redrive', { arn: decodeURIComponent(encoded) })).status).toBe(303);
  await cloud.clock.settled();
  expect(await page(`/executions?arn=${encoded}`)).toMatch(/SUCCEEDED[\s\S]*redriven 1 times/);
  expect(await page('')).not.toContain('run-stuck');
});

test('all records that were set aside are given again at once when what stopped them is over', async () => {
  const error = { code: 'AccessDeniedException' };
  const mend = cloud.inject({ service: 'dynamodb', operation: 'PutItem', times: 1_000, error });
  const direct = (pk: string) =>
    table.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: { TableName: cloud.outputs.TableName, Item: { pk: { S: pk }, sk: { S: '1' }, kind: { S: 'event' } } },
          },
        ],
      }),
    );
  for (const pk of ['later-1', 'later-2']) await direct(pk);
  await cloud.clock.advance(HOUR);
  mend();
  expect(await item('SEEN#later-1')).toBeUndefined();
  const overview = await (await fetch(`${cloud.url}/_aws`)).text();
  const [, queue = ''] = /name="queue" value="([^"]+)"/.exec(overview) ?? [];
  await fetch(`${cloud.url}/_aws/queues/redrive-all`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: cloud.url },
    body: new URLSearchParams({ queue }),
  });
  for (const pk of ['later-1', 'later-2']) expect(await item(`SEEN#${pk}`)).toBeDefined();
  // Those of the records that are bad in themselves.
  expect(await queueMessages(administrator(), cloud.outputs.QueueUrl ?? '')).toHaveLength(2);
  const queuePage = async () => (await fetch(`${cloud.url}/_aws/queues/${queue}`)).text();
  expect(await queuePage()).toContain('until then it can be given again');
  await cloud.clock.advance(25 * HOUR);
  const late = await queuePage();
  expect(late).toContain('may have nothing of it now');
  for (const [, id = ''] of late.matchAll(/queues\/remove[\s\S]*?name="id" value="([^"]+)"/g)) {
    await fetch(`${cloud.url}/_aws/queues/remove`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: cloud.url },
      body: new URLSearchParams({ queue, id }),
    });
  }
  expect(await queuePage()).toContain('Nothing lies here.');
});

test('a page of another site that points its name here gets nothing', async () => {
  const { port } = new URL(cloud.url);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/mail', headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});

test('the calls of roles are recorded as action and resource', () => {
  const calls = cloud.calls();
  expect(calls).toContainEqual(
    expect.objectContaining({
      action: 'dynamodb:PutItem',
      resource: expect.stringMatching(/table\/[^/]+$/),
      allowed: true,
    }),
  );
  expect(calls.some((call) => call.action === 'lambda:InvokeFunction' && call.roleArn.includes('Machine'))).toBe(true);
});
