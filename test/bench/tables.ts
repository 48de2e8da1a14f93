import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngineThread } from '../../cdk/local/dynamodb/engine/thread/engine-thread.ts';
import { freePort } from '../e2e/free-port.ts';
import type { Figure, Section } from './report.ts';
import { manyAtOnce } from './statistics.ts';

type Call = (operation: string, input: object) => Promise<void>;

const AT_ONCE = [1, 8, 32];
const TRANSACTIONS = 1_600;
const READS = 6_000;

const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const keys = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: 'HASH' },
  { AttributeName: sk, KeyType: 'RANGE' },
];
const table = {
  TableName: 'bench',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: keys('pk', 'sk'),
  AttributeDefinitions: ['pk', 'sk', 'one', 'two'].map(attribute),
  GlobalSecondaryIndexes: ['one', 'two'].map((name) => ({
    IndexName: name,
    KeySchema: keys(name, 'sk'),
    Projection: { ProjectionType: 'KEYS_ONLY' },
  })),
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
};
const text = 'x'.repeat(600);

/** What Jieli's writes look like: three new items, two index rows and a stream record each, and a token. */
function transaction(): object {
  const id = randomUUID();
  const items = ['CASE', 'EVENT', 'TASK'].map((sk) => ({
    ...{ pk: { S: `CASE#${id}` }, sk: { S: sk }, one: { S: `A#${id.slice(0, 2)}` }, two: { S: `B#${id.slice(0, 3)}` } },
    data: { M: { text: { S: text }, amount: { N: '3000000' }, tags: { L: [{ S: 'one' }, { S: 'two' }] } } },
  }));
  const ConditionExpression = 'attribute_not_exists(pk)';
  const TransactItems = items.map((Item) => ({ Put: { TableName: table.TableName, Item, ConditionExpression } }));
  return { ClientRequestToken: randomUUID(), TransactItems };
}

async function perSecond(count: number, atOnce: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await manyAtOnce(count, atOnce, work);
  return (count * 1_000) / (performance.now() - began);
}

/** Transactions a second by how many are at once, then reads of one item a second. */
async function measured(call: Call): Promise<number[]> {
  await call('CreateTable', table);
  await perSecond(TRANSACTIONS / 4, 8, () => call('TransactWriteItems', transaction()));
  const figures: number[] = [];
  for (const atOnce of AT_ONCE) {
    const count = TRANSACTIONS / (atOnce === 1 ? 4 : 1);
    figures.push(await perSecond(count, atOnce, () => call('TransactWriteItems', transaction())));
  }
  const Item = { pk: { S: 'read' }, sk: { S: 'me' }, text: { S: text } };
  await call('PutItem', { TableName: table.TableName, Item });
  const Key = { pk: { S: 'read' }, sk: { S: 'me' } };
  figures.push(await perSecond(READS, 32, () => call('GetItem', { TableName: table.TableName, Key })));
  return figures;
}

async function ofOurs(folder: string): Promise<number[]> {
  const prefix = 'arn:aws:dynamodb:us-east-1:000000000000:table/';
  const file = join(folder, 'engine.db');
  const engine = await startEngineThread({ file, prefix, clock: undefined, older: undefined }, console.error);
  try {
    return await measured(async (operation, input) => {
      const { status, body } = await engine.call(`DynamoDB_20120810.${operation}`, JSON.stringify(input));
      if (status !== 200) throw new Error(body);
    });
  } finally {
    await engine.stop();
  }
}

/** The indexes that 0.1.0 made in that program's file; without them each write reads all records of its stream. */
function indexRecords(file: string): void {
  const database = new DatabaseSync(file);
  const number = 'CAST(sequence_number AS INTEGER)';
  database.exec(`
    PRAGMA busy_timeout = 5000;
    CREATE INDEX local_records_of_shard ON _stream_records (table_name, shard_id, ${number});
    CREATE INDEX local_records_of_table ON _stream_records (table_name, ${number});
  `);
  database.close();
}

/** The program of 0.1.0, as that version called it; undefined when nobody says where it is. */
async function ofOlder(folder: string): Promise<number[] | undefined> {
  const program = process.env.DYNOXIDE;
  if (!program) return undefined;
  const port = await freePort();
  const file = join(folder, 'older.db');
  const child = spawn(program, ['--port', String(port), '--db-path', file], { stdio: 'ignore' });
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const signature =
    'AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0';
  const call: Call = (operation, input) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(input);
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(body),
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20200101T000000Z',
        authorization: signature,
      };
      const sent = request({ host: '127.0.0.1', port, method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  try {
    for (let tries = 0; ; tries += 1) {
      const answers = await call('ListTables', {}).then(
        () => true,
        () => false,
      );
      if (answers) break;
      if (tries > 200) throw new Error(`${program} does not answer.`);
      await sleep(50);
    }
    indexRecords(file);
    return await measured(call);
  } finally {
    child.kill();
    agent.destroy();
  }
}

/** The table engine alone. `DYNOXIDE` names the program that 0.1.0 had in its place, to be measured beside it. */
export async function tables(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-bench-tables-'));
  try {
    const ours = await ofOurs(folder);
    const older = await ofOlder(folder);
    const beside = (at: number) => older && { beside: { what: 'the engine of 0.1.0, by HTTP', value: older[at] ?? 0 } };
    const figures: Figure[] = AT_ONCE.map((atOnce, at) => ({
      what: `transactions of three items a second, ${atOnce} at once`,
      value: ours[at] ?? 0,
      ...beside(at),
      ...(older && atOnce > 1 && { target: { least: 3, ratio: true } }),
    }));
    const reads = AT_ONCE.length;
    figures.push({ what: 'reads of one item a second, 32 at once', value: ours[reads] ?? 0, ...beside(reads) });
    return {
      title: 'The table engine',
      figures,
      notes: [
        'Three new items, two index rows and a stream record each, with a token; on disk before each answer. The engine of 0.1.0',
        'synced nothing on the way and kept no tokens.',
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
