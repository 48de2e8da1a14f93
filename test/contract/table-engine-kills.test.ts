import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { folderOf010, unpackOlderFolder } from '../fixture/older-folder.ts';

const local = join(import.meta.dirname, '../../cdk/local/dynamodb');
let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieli-table-kills-'));
});
afterEach(async () => {
  for (let child = children.pop(); child; child = children.pop()) await kill(child);
  rmSync(folder, { recursive: true, force: true });
});

async function kill(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await ended;
}

const lineOf = ({ stdout }: ChildProcess): Promise<string> =>
  new Promise((resolve) => stdout && createInterface(stdout).once('line', resolve));

/** The tables alone; `blocks` is the largest file that they may write, in 512 bytes: a disk that is full sooner. */
async function alone(blocks?: number): Promise<{ child: ChildProcess; endpoint: string }> {
  const program = [process.execPath, join(local, 'standalone/main.ts'), '--port', '0', '--data', folder];
  const limit = blocks === undefined ? '' : `ulimit -f ${blocks}; `;
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = process.env;
  const child = spawn('/bin/sh', ['-c', `${limit}exec "$@"`, 'sh', ...program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  children.push(child);
  const [endpoint = ''] = /http:\S+/.exec(await lineOf(child)) ?? [];
  return { child, endpoint };
}

function clientOf(endpoint: string, secret?: string): DynamoDBClient {
  const key = z
    .object({ accessKeyId: z.string(), secretAccessKey: z.string() })
    .parse(JSON.parse(readFileSync(join(folder, 'access-key.json'), 'utf8')));
  const credentials = { ...key, ...(secret && { secretAccessKey: secret }) };
  return new DynamoDBClient({ endpoint, region: 'us-east-1', maxAttempts: 1, credentials });
}

it('alone, lets in the key of its folder and neither another one, nor a page, nor another name in Host', async () => {
  const { endpoint } = await alone();
  expect((await clientOf(endpoint).send(new ListTablesCommand({}))).TableNames).toEqual([]);
  await expect(clientOf(endpoint, 'another').send(new ListTablesCommand({}))).rejects.toThrow('signature');
  const headers = { 'x-amz-target': 'DynamoDB_20120810.ListTables', origin: 'https://elsewhere.example' };
  for (const method of ['POST', 'OPTIONS']) {
    const response = await fetch(endpoint, { method, headers, ...(method === 'POST' && { body: '{}' }) });
    expect([response.ok, response.headers.get('access-control-allow-origin')]).toEqual([false, null]);
  }
});

it('on a full disk refuses what it cannot keep, goes on reading, and has all that it accepted when there is room again', async () => {
  const full = await alone(8_000);
  const client = clientOf(full.endpoint);
  const TableName = 'goods';
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  const put = (by: DynamoDBClient, pk: string) =>
    by.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, data: { S: 'x'.repeat(100_000) } } }));
  const has = async (by: DynamoDBClient, pk: string) =>
    (await by.send(new GetItemCommand({ TableName, Key: { pk: { S: pk } } }))).Item !== undefined;
  const accepted: string[] = [];
  let refusal: unknown;
  for (let number = 0; number < 200 && refusal === undefined; number += 1) {
    await put(client, `item-${number}`).then(
      () => accepted.push(`item-${number}`),
      (error: unknown) => {
        refusal = error;
      },
    );
  }
  expect(String(refusal)).toMatch(/^InternalServerError: .*disk/);
  expect(accepted.length).toBeGreaterThan(5);
  expect(await has(client, 'item-0')).toBe(true);
  expect(await has(client, `item-${accepted.length}`)).toBe(false);
  await kill(full.child);

  const roomy = clientOf((await alone()).endpoint);
  for (const pk of accepted) expect(await has(roomy, pk)).toBe(true);
  await put(roomy, 'later');
  expect(await has(roomy, 'later')).toBe(true);
});

it('killed while it takes over a folder of 0.1.0 it begins again, and loses neither items nor records nor their numbers', async () => {
  unpackOlderFolder(folderOf010, folder);
  const older = join(folder, 'dynamodb/tables.db');
  const file = join(folder, 'dynamodb/engine.db');
  const before = new DatabaseSync(older);
  const count = (database: DatabaseSync, query: string) => Number(database.prepare(`SELECT ${query} AS n`).get()?.n);
  const [{ name = '' } = {}] = before.prepare('SELECT table_name AS name FROM _tables').all();
  const [{ shard_id: shard = '' } = {}] = before.prepare('SELECT shard_id FROM _stream_records LIMIT 1').all();
  const items = count(before, `count(*) FROM "${name}"`.replace(/^(.*) FROM (.*)$/, '(SELECT $1 FROM $2)'));
  const records = count(before, '(SELECT count(*) FROM _stream_records)');
  const newest = count(before, '(SELECT max(CAST(sequence_number AS INTEGER)) FROM _stream_records)');
  before.close();
  const program = `const { openEngine } = await import(${JSON.stringify(join(local, 'engine/engine.ts'))});
    console.log('begun');
    openEngine(${JSON.stringify({ file, older, prefix: 'arn:aws:dynamodb:us-east-1:000000000000:table/' })}).close();`;
  let kills = 0;
  for (let delay = 0; existsSync(older); delay += 20) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await lineOf(child);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const timer = setTimeout(() => child.kill('SIGKILL'), delay);
    await ended;
    clearTimeout(timer);
    if (child.signalCode === 'SIGKILL') kills += 1;
  }
  expect(kills).toBeGreaterThan(0);
  const after = new DatabaseSync(file);
  expect(count(after, '(SELECT count(*) FROM items)')).toBe(items);
  expect(count(after, '(SELECT count(*) FROM records)')).toBe(records);
  expect(after.prepare('SELECT shard, short_until FROM streams').all()).toMatchObject([{ shard, short_until: newest }]);
  after.close();
});
