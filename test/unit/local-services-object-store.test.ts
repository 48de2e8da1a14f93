import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createObjectStore } from '../../cdk/local/s3/object-store.ts';

const bucket = { logicalId: 'B', name: 'b', arn: '', versioned: true, objectLock: false, retention: undefined };
const now = () => 1;
const secret = Buffer.alloc(32, 1);
const put = (store: ReturnType<typeof createObjectStore>, key: string, text: string) =>
  store.put(bucket, key, { body: Buffer.from(text), type: 'text/plain' }, undefined).id;

test('a copy of the file alone shows nothing of what objects hold', () => {
  const database = new DatabaseSync(':memory:');
  const id = put(createObjectStore(database, now, secret), 'one', 'somebody’s name');
  const rows = database.prepare('SELECT * FROM objects').all();
  expect(
    JSON.stringify(rows, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value)),
  ).not.toContain('somebody');
  expect(createObjectStore(database, now, secret).content('b', 'one', id).toString()).toBe('somebody’s name');
  expect(() => createObjectStore(database, now, Buffer.alloc(32, 2)).content('b', 'one', id)).toThrow();
  expect(createObjectStore(database, now, secret).find('b', 'one')?.size).toBe(Buffer.byteLength('somebody’s name'));
  database.close();
});

test('objects from before they were sealed are read, and new ones lie beside them', () => {
  const database = new DatabaseSync(':memory:');
  createObjectStore(database, now, secret);
  database.exec('ALTER TABLE objects DROP COLUMN seal');
  database.exec("INSERT INTO objects VALUES ('b', 'old', 1, 'v1', 1, 0, 'text/plain', x'6f6c64', 'e', 1, NULL, NULL)");
  const store = createObjectStore(database, now, secret);
  const id = put(store, 'old', 'new');
  expect([store.content('b', 'old', 'v1').toString(), store.content('b', 'old', id).toString()]).toEqual([
    'old',
    'new',
  ]);
  database.close();
});
