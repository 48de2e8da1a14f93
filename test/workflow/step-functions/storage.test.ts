import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../../../cdk/local/step-functions/storage/database.ts';
import { INVOKE, openRuntime } from './runtime.ts';

let folder: string;
let database: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'step-functions-storage-'));
  database = openDatabase(folder);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const insert = (id: number) => database.prepare('INSERT INTO events VALUES (1, ?, ?)').run(id, '{}');
const onDisk = (): unknown => {
  const other = new DatabaseSync(join(folder, 'step-functions.db'), { readOnly: true });
  const rows = other.prepare('SELECT id FROM events').all();
  other.close();
  return rows.map(({ id }) => id);
};

it('writes of one moment reach the disk together, and not before durable() says so', async () => {
  database.write(() => insert(1));
  database.write(() => insert(2));
  expect(onDisk()).toEqual([]);
  await database.durable();
  expect(onDisk()).toEqual([1, 2]);
});

it('one write that fails undoes all that was gathered with it, and those after it are not touched', async () => {
  database.write(() => insert(1));
  const gathered = database.durable();
  expect(() => database.write(() => [insert(2), insert(2)])).toThrow(/UNIQUE/);
  await expect(gathered).rejects.toThrow(/UNIQUE/);
  database.write(() => insert(3));
  await database.durable();
  expect(onDisk()).toEqual([3]);
});

it('an execution whose step could not be written is taken up again and comes to its end', async () => {
  let other: DatabaseSync | undefined;
  const runtime = await openRuntime((payload) => {
    if (other !== undefined) return payload;
    // Another writer puts an event where the next step's would go, and takes it away once that has failed.
    other = new DatabaseSync(join(runtime.folder, 'step-functions.db'));
    other.exec("INSERT INTO events SELECT execution, max(id) + 1, '{}' FROM events");
    return payload;
  });
  const told = vi
    .spyOn(console, 'error')
    .mockImplementation(() => other?.exec("DELETE FROM events WHERE event = '{}'"));
  const task = { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'f', Payload: 1 }, End: true };
  const arn = await runtime.start(runtime.deploy({ T: task }));
  await expect.poll(async () => (await runtime.describe(arn)).status, { timeout: 5_000 }).toBe('SUCCEEDED');
  expect(told).toHaveBeenCalledOnce();
  expect(runtime.calls).toEqual([1, 1]);
  told.mockRestore();
  other?.close();
  await runtime.close();
});
