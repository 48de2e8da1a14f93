import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, ListTablesCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { ensureDataKey } from '../../shared/store/data-keys.ts';
import { indexes } from '../../shared/store/keys.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { freePort } from '../e2e/free-port.ts';
import { openKeys } from '../fake/key-service.ts';
import { eachItemOnce } from './each-item-once.ts';

/** The real engine with an empty table of ours, for as long as one test file runs. */
export interface Engine {
  readonly table: Table;
  readonly url: string;
  stop(): Promise<void>;
}

const TABLE = 'jieli-test';
/** Milliseconds until the engine must answer: a bound for one that hangs, not for a machine that is busy. */
const PATIENCE = 60_000;

/** The SDKs take credentials and region from the environment; these are nobody's. */
export function pretendCredentials(): void {
  process.env.AWS_REGION = 'eu-central-1';
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
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

/** Starts the engine on a free port with a folder of its own, and makes the table as the stack has it. */
export async function startEngine(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-engine-'));
  const program = createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  const port = await freePort();
  const child = spawn(program, ['--port', String(port), '--db-path', join(folder, 'table.db')], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  pretendCredentials();
  process.env.AWS_ENDPOINT_URL_DYNAMODB = url;
  const table = eachItemOnce(openTable(TABLE, openKeys));
  const stop = async () => {
    table.client.destroy();
    if (child.exitCode === null) {
      child.kill();
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      await table.client.send(new ListTablesCommand({}));
      break;
    } catch (error) {
      if (Date.now() > until || child.exitCode !== null) {
        await stop();
        throw error;
      }
      await sleep(25);
    }
  }
  await createTable(table);
  await ensureDataKey(table, openKeys);
  return { table, url, stop };
}
