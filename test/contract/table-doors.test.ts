import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { openToOthers } from '../e2e/file-modes.ts';
import { type StackFolders, synthesizeStack } from './local-services-stack.ts';

const Ready = z.object({
  endpointUrl: z.string(),
  keys: z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string() }),
});
const AccessKey = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });
interface Running {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly ready: Promise<z.output<typeof Ready>>;
}

let folders: StackFolders;
const running: Pick<Running, 'process'>[] = [];
beforeAll(async () => {
  folders = await synthesizeStack();
});
afterEach(async () => {
  for (let each = running.pop(); each; each = running.pop()) await end(each);
});
afterAll(() => folders.remove());

function run(...args: string[]): Omit<Running, 'ready'> & { readonly line: Promise<string> } {
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...env } = process.env;
  // with the umask that most systems begin with
  const wide = ['-c', 'umask 022; exec "$0" "$@"', process.execPath, ...args];
  const child = spawn('/bin/sh', wide, { stdio: ['ignore', 'pipe', 'inherit'], env });
  const line = new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  const started = { process: child, pid: child.pid ?? 0, line };
  running.push(started);
  return started;
}

function start(...publicUrl: string[]): Running {
  const child = join(import.meta.dirname, 'local-services-child.ts');
  const started = run(child, folders.assembly, folders.dataDir, ...publicUrl);
  return { ...started, ready: started.line.then((text) => Ready.parse(JSON.parse(text))) };
}

async function end({ process: child }: Pick<Running, 'process'>): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await ended;
}

/** The process and whatever it has started. */
function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(familyOf)];
}

/** Every port that these processes listen on. */
function portsOf(pids: readonly number[]): number[] {
  const sockets = new Set(
    pids.flatMap((pid) =>
      readdirSync(`/proc/${pid}/fd`).map((descriptor) => {
        try {
          return readlinkSync(`/proc/${pid}/fd/${descriptor}`);
        } catch {
          return '';
        }
      }),
    ),
  );
  const LISTENS = '0A';
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTENS && sockets.has(`socket:[${inode}]`))
      .map(([, local = '']) => Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16)),
  );
}

const forged =
  'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00';
const calls = [
  { target: 'DynamoDB_20120810.ListTables', body: '{}' },
  { target: 'DynamoDB_20120810.Scan', body: '{"TableName":"Probe"}' },
  { target: 'DynamoDBStreams_20120810.ListStreams', body: '{}' },
  { target: 'Local.Consumed', body: '{}' },
];

/** What a port answers, at either address of loopback, to calls of tables that nobody signed, that are signed wrongly, or with another's key. */
async function asked(port: number, known: Known = {}): Promise<string[]> {
  return (await Promise.all(['127.0.0.1', '[::1]'].map((host) => askedAt(`http://${host}:${port}`, known)))).flat();
}

/** What somebody may have seen of a key that is right: all but its secret. */
interface Known {
  readonly accessKeyId?: string;
  readonly sessionToken?: string;
}

async function askedAt(address: string, known: Known): Promise<string[]> {
  const faults: string[] = [];
  const named = forged.replace('Credential=x/', `Credential=${known.accessKeyId ?? 'x'}/`);
  const signatures = [undefined, forged, `${named.slice(0, -2)}${'0'.repeat(64)}`];
  for (const { target, body } of calls) {
    for (const authorization of signatures) {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': target,
        'x-amz-date': '20260101T000000Z',
        origin: 'https://elsewhere.example',
        ...(authorization && { authorization }),
      };
      const init = { method: 'POST', headers, body, signal: AbortSignal.timeout(20_000) };
      // a port that speaks no HTTP, or none any more, gives no table either
      const response = await fetch(address, init).catch(() => undefined);
      const text = (await response?.text().catch(() => '')) ?? '';
      const leaks = /TableNames|"Items"|"Streams"|"writes"/.test(text);
      const open = response?.headers.get('access-control-allow-origin');
      if (response?.ok || leaks || open) faults.push(`${address} ${target}: ${response?.status} ${text.slice(0, 100)}`);
    }
  }
  const client = new DynamoDBClient({
    endpoint: address,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', ...known, secretAccessKey: 'test' },
  });
  await client.send(new ListTablesCommand({})).then(
    () => faults.push(`${address}: took another's key`),
    () => undefined,
  );
  client.destroy();
  return faults;
}

for (const [mode, ...publicUrl] of [['the demo'], ['service', 'https://hub.example.org']]) {
  test(`in ${mode} no port of the stack answers table calls that are not signed with a key of the folder, whatever ends meanwhile`, async () => {
    const stack = start(...publicUrl);
    const { endpointUrl: endpoint, keys: credentials } = await stack.ready;
    const ports = portsOf(familyOf(stack.pid));
    expect(ports.length).toBeGreaterThan(1);
    expect(ports).toContain(Number(new URL(endpoint).port));
    const { secretAccessKey: _, ...known } = credentials;
    const askedAll = async ({ pid }: Running) => {
      const each = portsOf(familyOf(pid)).flatMap((port) => [asked(port), asked(port, known)]);
      return (await Promise.all(each)).flat();
    };
    expect(await askedAll(stack)).toEqual([]);
    // the same door opens to the right key, so that what is refused above is refused for want of it
    const client = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
    expect((await client.send(new ListTablesCommand({}))).TableNames).toHaveLength(1);
    client.destroy();

    // while the table engine is started again, and while all of the stack is
    process.kill(stack.pid, 'SIGUSR2');
    expect(await askedAll(stack)).toEqual([]);
    await end(stack);
    const again = start(...publicUrl);
    let isReady = false;
    const ready = again.ready.then(({ keys }) => {
      isReady = true;
      return keys;
    });
    while (!isReady) expect(await askedAll(again)).toEqual([]);
    // the keys that were asked with are those of the folder still
    expect(await ready).toMatchObject(known);
  });
}

test('tables that are served alone answer to nobody else either than who has the key of their folder', async () => {
  const data = join(folders.dataDir, 'alone');
  mkdirSync(data);
  chmodSync(data, 0o755);
  const main = join(import.meta.dirname, '../../cdk/local/dynamodb/standalone/main.ts');
  const alone = run(main, '--port', '0', '--data', data);
  const endpoint = /http:\/\/\S+:\d+/.exec(await alone.line)?.[0] ?? expect.fail('no address');
  const ports = portsOf(familyOf(alone.pid));
  expect(ports).toEqual([Number(new URL(endpoint).port)]);
  const credentials = AccessKey.parse(JSON.parse(readFileSync(join(data, 'access-key.json'), 'utf8')));
  const { accessKeyId } = credentials;
  for (const port of ports) expect([...(await asked(port)), ...(await asked(port, { accessKeyId }))]).toEqual([]);
  const client = new DynamoDBClient({ endpoint, credentials, region: 'us-east-1' });
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  client.destroy();
  expect(openToOthers(data)).toEqual([data]);
});
