import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { startEngineThread } from '../../cdk/local/dynamodb/engine/thread/engine-thread.ts';
import { tablesServer } from '../../cdk/local/dynamodb/standalone/http-server.ts';
import { ensureDataKey } from '../../shared/store/data-keys.ts';
import { indexes } from '../../shared/store/keys.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { openKeys } from '../fake/key-service.ts';

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

/** An engine behind a door for the SDK. */
interface Door {
  readonly url: string;
  stop(): Promise<void>;
}

async function openDoor(): Promise<Door> {
  const folder = mkdtempSync(join(process.env.JIELI_ENGINES ?? tmpdir(), 'jieli-engine-'));
  const prefix = 'arn:aws:dynamodb:eu-central-1:000000000000:table/';
  const file = join(folder, 'engine.db');
  const engine = await startEngineThread({ file, prefix, clock: undefined, older: undefined }, console.error);
  const server = tablesServer(engine, { accessKeyId: KEY, secretAccessKey: KEY });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An empty table as the stack has it, under a name that no other has. */
async function openEmptyTable(url: string): Promise<Table> {
  pretendCredentials();
  process.env.AWS_ENDPOINT_URL_DYNAMODB = url;
  const table = openTable(`jieli-test-${randomUUID()}`, openKeys);
  await createTable(table);
  await ensureDataKey(table, openKeys);
  return table;
}

/** The engine of this worker: the files that run in it have a table each. It ends with the worker. */
let shared: Promise<Door> | undefined;

/** Makes a table in the engine of this worker. */
export async function startEngine(): Promise<Engine> {
  shared ??= openDoor();
  const { url } = await shared;
  const table = await openEmptyTable(url);
  return {
    table,
    url,
    async stop() {
      await table.client.send(new DeleteTableCommand({ TableName: table.name }));
      table.client.destroy();
    },
  };
}

/** Starts an engine with a table that nobody else works with, for who measures it. */
export async function startOwnEngine(): Promise<Engine> {
  const door = await openDoor();
  const table = await openEmptyTable(door.url);
  return {
    table,
    url: door.url,
    async stop() {
      table.client.destroy();
      await door.stop();
    },
  };
}
