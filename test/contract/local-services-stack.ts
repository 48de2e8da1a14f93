import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import {
  Code,
  FilterCriteria,
  FilterRule,
  Function as LambdaFunction,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CustomState, DefinitionBody, LogLevel, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { build } from 'esbuild';

/** The front: writes an item for each request and says what became of it; mails, asks keys and reads tokens on demand. */
const front = `
import { DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient, GenerateMacCommand, VerifyMacCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
const table = new DynamoDBClient({ maxAttempts: 1 }), kms = new KMSClient({ maxAttempts: 1 });
const mail = new SESv2Client({ maxAttempts: 1 }), states = new SFNClient({ maxAttempts: 1 });
const { TABLE: TableName, KEY: KeyId, SENDER } = process.env;
const acts = {
  put: ({ pk, n = '1', kind = 'event' }) => table.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: n }, kind: { S: kind } } })),
  get: ({ pk, sk = '1' }) => table.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } } })),
  transact: ({ keys }) => table.send(new TransactWriteItemsCommand({ TransactItems: keys.map((pk) => ({ Put: { TableName, Item: { pk: { S: pk }, sk: { S: 'T' }, kind: { S: 'event' } } } })) })),
  mac: async () => { const MacAlgorithm = 'HMAC_SHA_256', Message = Buffer.from('hello'); const { Mac } = await kms.send(new GenerateMacCommand({ KeyId, MacAlgorithm, Message })); const { MacValid } = await kms.send(new VerifyMacCommand({ KeyId, MacAlgorithm, Message, Mac })); return { MacValid, length: Mac.length }; },
  encrypt: () => kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') })),
  mail: ({ to, from = SENDER }) => mail.send(new SendEmailCommand({ FromEmailAddress: from, Destination: { ToAddresses: [to] }, Content: { Simple: { Subject: { Data: '您好 <you>' }, Body: { Text: { Data: 'see https://example.org/x' }, Html: { Data: '<b>bold</b><script>1</script>' } } } } })),
  start: () => states.send(new StartExecutionCommand({ stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:other' })),
  now: async () => ({ now: Date.now() }),
};
export const handler = async (event) => {
  if (event.Records) throw new Error('not for me');
  const { act, ...input } = JSON.parse(event.body ?? '{}');
  try { const { $metadata, ...result } = await acts[act](input); return { statusCode: 200, body: JSON.stringify(result) }; }
  catch (error) { return { statusCode: 400, body: JSON.stringify({ name: error.name, message: error.message, status: error.$metadata?.httpStatusCode, reasons: error.CancellationReasons }) }; }
};`;

/** Follows the stream: notes what it saw in the table, starts an execution; fails on what is called bad. */
const follower = `
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
const table = new DynamoDBClient({}), states = new SFNClient({});
export const handler = async (event) => {
  for (const { dynamodb, eventID } of event.Records) {
    const { pk, sk } = dynamodb.NewImage;
    if (pk.S.startsWith('bad')) throw new Error('a bad record');
    await table.send(new PutItemCommand({ TableName: process.env.TABLE, Item: { pk: { S: 'SEEN#' + pk.S }, sk, kind: { S: 'seen' }, record: { S: JSON.stringify(event.Records.length) }, at: { N: String(Date.now()) } } }));
    if (pk.S.startsWith('run')) await states.send(new StartExecutionCommand({ stateMachineArn: process.env.MACHINE, name: pk.S, input: JSON.stringify({ pk: pk.S }) }));
  }
};`;

/** What the schedule calls and the state machine asks: counts in the table. */
const ticker = `
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
const table = new DynamoDBClient({});
export const handler = async (event) => {
  await table.send(new UpdateItemCommand({ TableName: process.env.TABLE, Key: { pk: { S: 'TICKS' }, sk: { S: event.pk ?? 'schedule' } }, UpdateExpression: 'ADD ticks :one', ExpressionAttributeValues: { ':one': { N: '1' } } }));
  return { ok: true };
};`;

const bundles = new Map<string, Promise<string>>();

/** A function's source with its SDKs in one file, made once for all stacks. */
function bundle(source: string): Promise<string> {
  const made =
    bundles.get(source) ??
    build({
      stdin: { contents: source, resolveDir: import.meta.dirname, loader: 'js' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      write: false,
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  bundles.set(source, made);
  return made;
}

export interface StackFolders {
  readonly assembly: string;
  readonly dataDir: string;
  remove(): void;
}

/** Changes the stack before it is synthesized. */
export type Change = (stack: Stack, parts: { readonly table: Table; readonly front: LambdaFunction }) => void;

/** Synthesizes a small stack with one of everything, into a folder of its own. */
export async function synthesizeStack(change: Change = () => undefined): Promise<StackFolders> {
  const root = mkdtempSync(join(tmpdir(), 'local-services-'));
  const code = async (name: string, source: string): Promise<Code> => {
    const folder = join(root, 'code', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.mjs'), await bundle(source));
    return Code.fromAsset(folder);
  };

  const app = new App({ outdir: join(root, 'assembly'), analyticsReporting: false });
  const stack = new Stack(app, 'Probe');
  const table = new Table(stack, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    stream: StreamViewType.NEW_IMAGE,
    timeToLiveAttribute: 'expires',
    removalPolicy: RemovalPolicy.DESTROY,
  });
  table.addGlobalSecondaryIndex({ indexName: 'byKind', partitionKey: { name: 'kind', type: AttributeType.STRING } });
  const key = new Key(stack, 'Key', { keySpec: KeySpec.HMAC_256, keyUsage: KeyUsage.GENERATE_VERIFY_MAC });
  new CfnEmailIdentity(stack, 'Sender', { emailIdentity: 'hub.example' });
  const fn = async (id: string, source: string, environment: Record<string, string>): Promise<LambdaFunction> =>
    new LambdaFunction(stack, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: await code(id, source),
      memorySize: 256,
      timeout: Duration.seconds(20),
      environment: { TABLE: table.tableName, ...environment },
    });

  const frontFn = await fn('Front', front, { KEY: key.keyArn, SENDER: 'Hub <no-reply@hub.example>' });
  const allow = (target: LambdaFunction, actions: string[], resources: string[]): void =>
    target.addToRolePolicy(new PolicyStatement({ actions, resources }));
  allow(frontFn, ['dynamodb:PutItem', 'dynamodb:GetItem'], [table.tableArn]);
  frontFn.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ['dynamodb:*'],
      resources: [table.tableArn],
      conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['TOKEN#*'] } },
    }),
  );
  allow(frontFn, ['kms:GenerateMac', 'kms:VerifyMac'], [key.keyArn]);
  allow(
    frontFn,
    ['ses:SendEmail'],
    [stack.formatArn({ service: 'ses', resource: 'identity', resourceName: 'hub.example' })],
  );

  const tickerFn = await fn('Ticker', ticker, {});
  allow(tickerFn, ['dynamodb:UpdateItem'], [table.tableArn]);
  const machine = new StateMachine(stack, 'Machine', {
    queryLanguage: QueryLanguage.JSONATA,
    logs: { destination: new LogGroup(stack, 'MachineLog'), level: LogLevel.ERROR, includeExecutionData: false },
    tracingEnabled: true,
    definitionBody: DefinitionBody.fromChainable(
      new CustomState(stack, 'Wait', { stateJson: { Type: 'Wait', Seconds: 3_600 } }).next(
        new CustomState(stack, 'Ask', {
          stateJson: { Type: 'Task', Resource: tickerFn.functionArn, Arguments: '{% $states.input %}', End: true },
        }),
      ),
    ),
  });
  tickerFn.grantInvoke(machine);

  const followerFn = await fn('Follower', follower, { MACHINE: machine.stateMachineArn });
  allow(followerFn, ['dynamodb:PutItem'], [table.tableArn]);
  machine.grantStartExecution(followerFn);
  const failures = new Queue(stack, 'Failures', { retentionPeriod: Duration.days(14) });
  table.grantStreamRead(followerFn);
  followerFn.addEventSourceMapping('Events', {
    ...(table.tableStreamArn !== undefined && { eventSourceArn: table.tableStreamArn }),
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    bisectBatchOnError: true,
    retryAttempts: 2,
    onFailure: new SqsDlq(failures),
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual('INSERT'),
        dynamodb: { NewImage: { kind: { S: FilterRule.isEqual('event') } } },
      }),
    ],
  });
  new Schedule(stack, 'Hourly', {
    schedule: ScheduleExpression.rate(Duration.hours(1)),
    target: new LambdaInvoke(tickerFn),
  });
  const api = new HttpApi(stack, 'Api');
  api.addRoutes({ path: '/act', methods: [HttpMethod.POST], integration: new HttpLambdaIntegration('Front', frontFn) });
  new CfnOutput(stack, 'Url', { value: api.apiEndpoint });
  new CfnOutput(stack, 'TableName', { value: table.tableName });
  new CfnOutput(stack, 'QueueUrl', { value: failures.queueUrl });
  new CfnOutput(stack, 'MachineArn', { value: machine.stateMachineArn });
  change(stack, { table, front: frontFn });
  app.synth();
  return {
    assembly: join(root, 'assembly'),
    dataDir: join(root, 'data'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
