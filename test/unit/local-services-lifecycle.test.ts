import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createClock } from '../../cdk/local/clock.ts';
import { startLifecycle } from '../../cdk/local/s3/lifecycle.ts';
import { createObjectStore } from '../../cdk/local/s3/object-store.ts';

const DAY = 86_400_000;

test('objects that a rule of their bucket calls old are gone, and no others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'local-lifecycle-'));
  const clock = createClock({ file: join(folder, 'clock') });
  const database = new DatabaseSync(':memory:');
  const store = createObjectStore(database, clock.now, Buffer.alloc(32));
  const bucket = { logicalId: 'B', arn: '', versioned: false, objectLock: false, retention: undefined };
  const ruled = { ...bucket, name: 'ruled', expires: [{ prefix: 'in/', millis: DAY }] };
  const other = { ...bucket, name: 'other' };
  const put = (where: typeof other, key: string) =>
    store.put(where, key, { body: Buffer.from('x'), type: '' }, undefined);
  const keysOf = (name: string) => store.list(name, { prefix: '', after: undefined, most: 10 }).map(({ key }) => key);
  for (const where of [ruled, other]) for (const key of ['in/old', 'inner', 'kept']) put(where, key);
  const end = startLifecycle([ruled, other], store, clock);
  await clock.advance(DAY / 2);
  put(ruled, 'in/young');
  await clock.advance(DAY / 2 + 1000);
  expect([keysOf('ruled'), keysOf('other')]).toEqual([
    ['in/young', 'inner', 'kept'],
    ['in/old', 'inner', 'kept'],
  ]);
  await clock.advance(DAY);
  expect(keysOf('ruled')).toEqual(['inner', 'kept']);
  end();
  clock.stop();
  database.close();
  rmSync(folder, { recursive: true });
});
