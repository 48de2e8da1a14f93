import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { openEngine } from '../../cdk/local/dynamodb/engine/engine.ts';
import { startEngineThread } from '../../cdk/local/dynamodb/engine/thread/engine-thread.ts';
import { tablesServer } from '../../cdk/local/dynamodb/standalone/http-server.ts';
import { ensureDataKey } from '../../shared/store/data-keys.ts';
import { indexes } from '../../shared/store/keys.ts';
import { SHARDS } from '../../shared/store/shards.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { openKeys } from '../fake/key-service.ts';
import { answerLater, type Calls, callDirectly } from './in-process.ts';

/** The real engine with an empty table of ours, for one test file. */
export interface Engine {
  readonly table: Table;
  readonly url: string;
  stop(): Promise<void>;
}

/** Id and secret of the key that opens it. */
const KEY = 'test';

/** The SDKs take credentials and region from the environment; these are nobody's. */
export function pretendCredentials(): void {
  process.env.AWS_REGION = 'eu-central-1';
  process.env.AWS_ACCESS_KEY_ID = KEY;
  process.env.AWS_SECRET_ACCESS_KEY = KEY;
}

async function createTable(table: Table): Promise<void> {
  const all = Object.values(indexes);
  const attributes = new Set(['pk', 'sk', ...all.flatMap(({ pk, sk }) => [pk, sk])]);
  const keySchema = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ];
  await table.client.send(
    new CreateTableCommand({
      TableName: table.name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema('pk', 'sk'),
      GlobalSecondaryIndexes: all.map(({ name, pk, sk }) => ({
        IndexName: name,
        KeySchema: keySchema(pk, sk),
        // an inbox shows tasks as they are; of cases the keys are enough
        Projection: { ProjectionType: name === indexes.inbox.name ? 'ALL' : 'KEYS_ONLY' },
      })),
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  await table.client.send(
    new UpdateTimeToLiveCommand({
      TableName: table.name,
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    }),
  );
}

/** Where an engine keeps its tables, and how it names them. */
function engineOptions() {
  const folder = mkdtempSync(join(process.env.JIELI_ENGINES ?? tmpdir(), 'jieli-engine-'));
  const prefix = 'arn:aws:dynamodb:eu-central-1:000000000000:table/';
  return { folder, file: join(folder, 'engine.db'), prefix, older: undefined };
}

/** A door to an engine for the SDK. */
async function openDoor(engine: Calls): Promise<{ readonly url: string; close(): void }> {
  const server = tablesServer(engine, { accessKeyId: KEY, secretAccessKey: KEY });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An empty table as the stack has it, under a name that no other has. */
async function openEmptyTable(url: string, direct?: Calls): Promise<Table> {
  pretendCredentials();
  process.env.AWS_ENDPOINT_URL_DYNAMODB = url;
  const table = openTable({ name: `jieli-test-${randomUUID()}`, shards: SHARDS }, openKeys);
  if (direct) callDirectly(table.client, direct);
  await createTable(table);
  await ensureDataKey(table, openKeys);
  return table;
}

/** The engine in this worker's own thread: the files that run in it have a table each. It ends with the worker. */
let shared: Promise<{ readonly calls: Calls; readonly url: string }> | undefined;

async function openShared() {
  const calls = answerLater(openEngine(engineOptions()));
  return { calls, url: (await openDoor(calls)).url };
}

/** Makes a table in the engine of this worker; the door is for clients that a test makes itself. */
export async function startEngine(): Promise<Engine> {
  shared ??= openShared();
  const { calls, url } = await shared;
  const table = await openEmptyTable(url, calls);
  return {
    table,
    url,
    async stop() {
      await table.client.send(new DeleteTableCommand({ TableName: table.name }));
      table.client.destroy();
    },
  };
}

/** Starts an engine in a thread of its own, reached over HTTP, with a table that nobody else works with: for who measures it. */
export async function startOwnEngine(): Promise<Engine> {
  const { folder, ...options } = engineOptions();
  const engine = await startEngineThread({ ...options, clock: undefined }, console.error);
  const door = await openDoor(engine);
  const table = await openEmptyTable(door.url);
  return {
    table,
    url: door.url,
    async stop() {
      table.client.destroy();
      door.close();
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
