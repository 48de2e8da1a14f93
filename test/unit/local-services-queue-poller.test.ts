import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createClock } from '../../cdk/local/clock.ts';
import { createQueueStore } from '../../cdk/local/sqs/queue-store.ts';
import { createQueuePoller } from '../../cdk/local/streams/queue-poller.ts';

test('messages that a full disk does not let be taken are taken when there is room again, though no other comes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-queue-'));
  const clock = createClock({ file: join(folder, 'clock') });
  const database = new DatabaseSync(':memory:');
  const queue = {
    logicalId: 'Queue',
    name: 'parcels',
    arn: 'arn:aws:sqs:us-east-1:123456789012:parcels',
    url: 'http://localhost/parcels',
    retentionSeconds: 345_600,
    visibilitySeconds: 30,
    delaySeconds: 0,
    maxBytes: 1_048_576,
  };
  const store = createQueueStore(database, [queue], clock.now);
  const said: string[] = [];
  const given: string[] = [];
  const poller = createQueuePoller({
    source: {
      logicalId: 'Source',
      id: 'source',
      functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:unpack',
      sourceArn: queue.arn,
      enabled: true,
      batchSize: 10,
      windowSeconds: 0,
      startingPosition: 'LATEST',
      patterns: [],
      bisect: false,
      reportsItemFailures: false,
      parallelization: 1,
    },
    queue,
    store,
    clock,
    lambda: {
      invoke: async (_, payload) => {
        given.push(payload);
        return { payload: 'null' };
      },
      invokeAsync: async () => undefined,
    },
    region: 'us-east-1',
    say: (line) => void said.push(line),
  });
  store.send(queue, { body: 'masks' });
  database.exec('PRAGMA query_only = ON');
  poller.wake();
  await clock.settled();
  expect(said).toEqual([expect.stringContaining('Reading parcels failed')]);
  database.exec('PRAGMA query_only = OFF');
  await clock.advance(2_000);
  expect(given).toEqual([expect.stringContaining('masks')]);
  poller.stop();
  clock.stop();
  database.close();
  rmSync(folder, { recursive: true });
});
