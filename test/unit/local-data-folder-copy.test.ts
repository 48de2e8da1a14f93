import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyDataFolder } from '../../cdk/local/data-folder/snapshot.ts';

/** Writes an item to the table and then, as who reads its stream does, how far was read; again and again. */
const WRITER = `
  const { DatabaseSync } = require('node:sqlite');
  const { parentPort, workerData } = require('node:worker_threads');
  const open = (path, table) => {
    const database = new DatabaseSync(path);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE done (n INTEGER, pad TEXT)');
    return database.prepare('INSERT INTO done VALUES (?, ?)');
  };
  const table = open(workerData.tables);
  const position = open(workerData.cloud);
  const pad = 'x'.repeat(3000);
  const end = new Int32Array(workerData.end);
  for (let n = 1; Atomics.load(end, 0) === 0; n += 1) {
    table.run(n, pad);
    position.run(n, '');
    if (n === 200) parentPort.postMessage('written');
  }
`;

describe('a copy of a data folder at work', () => {
  let folder: string;
  let dataDir: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jieli-copy-'));
    dataDir = join(folder, 'data');
    mkdirSync(join(dataDir, 'dynamodb'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const latest = (copy: string, file: string): number => {
    const database = new DatabaseSync(join(copy, file), { readOnly: true });
    const n = Number(database.prepare('SELECT max(n) AS n FROM done').get()?.n);
    database.close();
    return n;
  };

  it('has no reader ahead of the table, so that nothing is left uncarried, and is of one moment', async () => {
    const end = new SharedArrayBuffer(4);
    const files = { tables: join(dataDir, 'dynamodb', 'tables.db'), cloud: join(dataDir, 'cloud.db') };
    const writer = new Worker(WRITER, { eval: true, workerData: { ...files, end } });
    const ended = new Promise((resolve) => writer.once('exit', resolve));
    await new Promise((resolve) => writer.once('message', resolve));
    const behind: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      const copy = join(folder, `copy-${turn}`);
      await copyDataFolder(dataDir, copy);
      behind.push(latest(copy, 'dynamodb/tables.db') - latest(copy, 'cloud.db'));
    }
    Atomics.store(new Int32Array(end), 0, 1);
    await ended;
    expect(Math.min(...behind)).toBeGreaterThanOrEqual(0);
    // a file after the other, each as it was when its turn came, would be hundreds apart
    expect(behind.toSorted((a, b) => a - b)[4]).toBeLessThan(50);
  });

  it('leaves out what belongs to the running process, and what SQLite keeps beside its files', async () => {
    const database = new DatabaseSync(join(dataDir, 'cloud.db'));
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE done (n INTEGER); INSERT INTO done VALUES (7)');
    mkdirSync(join(dataDir, 'assembly'));
    mkdirSync(join(dataDir, 'snapshot-1-x'));
    for (const name of ['lock', 'lock.17', 'credentials-secret', 'assembly/x', 'snapshot-1-x/x']) {
      writeFileSync(join(dataDir, name), 'x');
    }
    const copy = join(folder, 'copy');
    await copyDataFolder(dataDir, copy);
    database.close();
    expect(readdirSync(copy, { recursive: true }).toSorted()).toEqual(['cloud.db', 'credentials-secret']);
    expect(latest(copy, 'cloud.db')).toBe(7);
  });

  it('is not there when it cannot be made whole', async () => {
    writeFileSync(join(dataDir, 'cloud.db'), `SQLite format 3\0${'rubbish'.repeat(1_000)}`);
    const copy = join(folder, 'copy');
    await expect(copyDataFolder(dataDir, copy)).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['data']);
  });
});
