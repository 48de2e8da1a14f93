import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DataFolderInUse, startLocalCloud } from '../../cdk/local/index.ts';
import { type StackFolders, synthesizeStack } from './local-services-stack.ts';

interface Running {
  readonly process: ChildProcess;
  readonly url: string;
}

let folders: StackFolders;
beforeAll(async () => {
  folders = await synthesizeStack();
});
afterAll(() => folders.remove());

async function startChild(): Promise<Running> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'local-services-child.ts'), folders.assembly, folders.dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const line = await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  return { process: child, ...JSON.parse(line) };
}

async function kill(running: Running): Promise<void> {
  const ended = new Promise((resolve) => running.process.once('exit', resolve));
  running.process.kill('SIGKILL');
  await ended;
}

test('whatever was accepted before kill -9 is carried on by the next start, each item once in the table', async () => {
  const accepted: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const running = await startChild();
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let count = 0; ; count += 1) {
        const pk = `item-${round}-${writer}-${count}`;
        const response = await fetch(`${running.url}/act`, {
          method: 'POST',
          body: JSON.stringify({ act: 'put', pk }),
        });
        if (response.status === 200) accepted.push(pk);
      }
    }).map((writer) => writer.catch(() => undefined));
    const enough = accepted.length + 60;
    await expect.poll(() => accepted.length, { timeout: 20_000 }).toBeGreaterThan(enough);
    await kill(running);
    await Promise.all(writers);
  }
  const cloud = await startLocalCloud({ assembly: folders.assembly, dataDir: folders.dataDir, port: 0 });
  await cloud.clock.settled();
  const client = new DynamoDBClient({
    endpoint: cloud.endpointUrl,
    region: cloud.region,
    credentials: cloud.credentialsFor('administrator'),
  });
  const keys = new Set<string | undefined>();
  for await (const page of paginateScan({ client }, { TableName: cloud.outputs.TableName })) {
    for (const item of page.Items ?? []) keys.add(item.pk?.S);
  }
  expect(accepted.filter((pk) => !keys.has(pk))).toEqual([]);
  expect(accepted.filter((pk) => !keys.has(`SEEN#${pk}`))).toEqual([]);
  await expect(startLocalCloud({ assembly: folders.assembly, dataDir: folders.dataDir, port: 0 })).rejects.toThrow(
    DataFolderInUse,
  );
  await cloud.stop();
}, 90_000);
