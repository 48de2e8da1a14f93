import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogStore, type LogQuery } from '../../cdk/local/lambda/log-store.ts';

describe('the log store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'logs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const entry = (message: unknown, requestId = 'r') => ({
    time: '2020-02-01T00:00:00.000Z',
    requestId,
    level: 'INFO',
    message,
  });

  it('takes no more than twice its limit a function, and keeps the newest', async () => {
    const store = createLogStore({ folder, maxBytes: 2_000 });
    for (let index = 0; index < 200; index += 1) {
      store.append('api', entry(index));
      store.flush();
    }
    const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    expect(bytes).toBeLessThanOrEqual(4_000);
    const kept = await store.read('api', { limit: 1_000 });
    expect(kept.at(-1)?.message).toBe(199);
    expect(kept.length).toBeGreaterThan(15);
    expect((await store.read('api', { limit: 3 })).map(({ message }) => message)).toEqual([197, 198, 199]);
  });

  it('goes on after a restart, past a line that was cut off by a kill', async () => {
    createLogStore({ folder }).flush();
    const first = createLogStore({ folder });
    first.append('api', entry('before', 'a'));
    first.flush();
    appendFileSync(join(folder, 'api.jsonl'), '{"time":"2020-02-01T00:');
    const second = createLogStore({ folder });
    second.append('api', entry('after', 'b'));
    expect((await second.read('api')).map(({ message }) => message)).toEqual(['before', 'after']);
    expect((await second.read('api', { requestId: 'b' })).map(({ message }) => message)).toEqual(['after']);
    expect(await second.read('nobody')).toEqual([]);
  });

  it('keeps the newest while the disk does not take them, and writes them when it does again', async () => {
    const store = createLogStore({ folder });
    mkdirSync(join(folder, 'api.jsonl'));
    for (let index = 0; index < 1_500; index += 1) store.append('api', entry(index));
    store.append('site', entry('elsewhere'));
    store.flush();
    expect((await store.read('site')).map(({ message }) => message)).toEqual(['elsewhere']);
    rmdirSync(join(folder, 'api.jsonl'));
    store.append('api', entry('again'));
    const kept = (await store.read('api', { limit: 5_000 })).map(({ message }) => message);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([1_001, 500, 'again']);
  });

  it('finds what was logged from one moment to another, and what has a text in it', async () => {
    const store = createLogStore({ folder: mkdtempSync(join(folder, 'find-')) });
    const at = Date.parse('2026-02-03T04:05:00Z');
    for (const [index, message] of ['one', { code: 'opened', case: 'n-1' }, 'three'].entries()) {
      store.append('fn', { time: new Date(at + index * 1_000).toISOString(), level: 'INFO', message });
    }
    const found = async (query: LogQuery) => (await store.read('fn', query)).map(({ message }) => message);
    expect(await found({ from: at + 1_000, to: at + 1_500 })).toEqual([{ code: 'opened', case: 'n-1' }]);
    expect(await found({ to: at })).toEqual(['one']);
    expect(await found({ text: 'n-1' })).toEqual([{ code: 'opened', case: 'n-1' }]);
    expect(await found({ text: 'n-1', from: at + 2_000 })).toEqual([]);
  });
});
