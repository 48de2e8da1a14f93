import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { apiClient } from '../../cdk/cli/api-client.ts';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import { readCases } from '../../shared/store/cases.ts';
import { schemaVersion } from '../../shared/store/schema-version.ts';
import { contentsOf } from '../engine/contents.ts';
import {
  backUpAs010,
  firstKinds,
  folderOf010,
  folderOfOwnEngine,
  type OlderFolder,
  unpackOlderFolder,
} from '../fixture/older-folder.ts';
import { command } from './command.ts';
import { freePort } from './free-port.ts';

/** How the first person who is asked about a case of a kind answers, and to where that takes the case. */
const firstAnswers = {
  need: { person: 'hub-coordinator', answer: { outcome: 'verified' }, to: 'matching' },
  grant: { person: 'funder-reviewer', answer: { outcome: 'recommended', score: 80, reason: '可以' }, to: 'approving' },
  insurance: { person: 'hub-coordinator', answer: { outcome: 'approved', reason: '同意' }, to: 'binding' },
};

const versionsOf = async ({ client, name }: RunningStack['table']): Promise<Set<string | undefined>> => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
  return new Set(Items.filter(({ sk }) => sk?.S === 'CASE').map(({ schema }) => schema?.N));
};

/**
 * What an upgrade is: nothing that anybody runs. Tables of another engine are taken over at the first start. An item stays as the version
 * that wrote it left it, says which that was (`schema`; 0.1.0 says nothing), and is brought on by the steps of `shared/store/schema-version.ts`
 * whenever it is read; what is written says today's. A change that makes these folders unreadable lacks its step.
 */
describe('What an earlier version left opens', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-older-'));
  let stack: RunningStack | undefined;
  afterEach(() => stack?.cloud.stop());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** How far each reader of a stream had come, by its lane: with the stream's name and shard, and a number in it. */
  const positionsIn = (dataDir: string): Map<string, number> => {
    const database = new DatabaseSync(join(dataDir, 'cloud.db'), { readOnly: true });
    const rows = database.prepare('SELECT lane, sequence FROM positions').all();
    database.close();
    return new Map(rows.map(({ lane, sequence }) => [String(lane), Number(String(sequence).slice(-20))]));
  };

  const start = async (dataDir: string): Promise<{ running: RunningStack; said: string[] }> => {
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    stack = await startStack({ port: await freePort(), dataDir, demo: false, say });
    await stack.cloud.clock.advance(0);
    return { running: stack, said };
  };

  /** Every case is there and is read; what was not yet carried on is carried on; a case of each kind goes on. */
  const goesOn = async ({ cloud, table }: RunningStack, older: OlderFolder): Promise<void> => {
    const ids = (await contentsOf(table)).flatMap(({ pk, sk }) => (sk === 'CASE' ? [String(pk).slice(5)] : []));
    const cases = await readCases(
      table,
      ids.map((id) => CaseId.parse(id)),
    );
    expect(cases).toHaveLength(older.cases);
    expect(cases.filter(({ stage }) => stage === 'submitted' || stage === 'screening')).toEqual([]);
    const stages = older.notCarriedOn.map((id) => cases.find((each) => each.id === id)?.stage);
    expect(stages).toEqual(older.notCarriedOn.map(() => 'verifying'));
    for (const kind of firstKinds) {
      const { person, answer, to } = firstAnswers[kind];
      const id = older.waiting[kind];
      const as = apiClient(cloud.url, await cloud.token(person));
      const { openTask } = await as.get(`/cases/${id}`, z.object({ openTask: z.object({ id: z.string() }) }));
      await as.post(`/tasks/${openTask.id}/decision`, answer, z.unknown());
      await cloud.clock.advance(0);
      const [after] = await readCases(table, [CaseId.parse(id)]);
      expect(after?.stage).toBe(to);
    }
  };

  test.each([
    ['folder', (to: string) => Promise.resolve(unpackOlderFolder(folderOf010, to))],
    [
      'backup',
      async (to: string) => {
        const file = join(folder, 'of-0.1.0.tar.gz');
        backUpAs010(file);
        await command({ PORT: '1', JIELI_DATA: to }, 'restore', file);
      },
    ],
  ])('a %s of 0.1.0 that was killed: its tables are taken over once, and its cases go on', async (what, bring) => {
    const dataDir = join(folder, what);
    await bring(dataDir);
    const read = positionsIn(dataDir);
    expect(read.size).toBeGreaterThan(0);
    const first = await start(dataDir);
    expect(first.said).toContainEqual(
      expect.stringMatching(/^The tables of version 0\.1\.0 were taken over: \d+ items\.$/),
    );
    expect(existsSync(join(dataDir, 'dynamodb/tables.db'))).toBe(false);
    await goesOn(first.running, folderOf010);
    // the same readers of the same stream went on from where they were
    const later = positionsIn(dataDir);
    expect([...later.keys()].toSorted()).toEqual([...read.keys()].toSorted());
    for (const [lane, number] of read) expect(later.get(lane)).toBeGreaterThanOrEqual(number);
    // what is written now says its version; what was not written again is read as it was
    expect(await versionsOf(first.running.table)).toEqual(new Set([undefined, String(schemaVersion())]));
    const before = await contentsOf(first.running.table);
    await first.running.cloud.stop();

    const again = await start(dataDir);
    expect(again.said.filter((line) => line.includes('taken over'))).toEqual([]);
    expect((await contentsOf(again.running.table)).length).toBeGreaterThanOrEqual(before.length);
  });

  test('a folder of the first days of its own engine that was killed: its cases go on', async () => {
    const dataDir = join(folder, 'own-engine');
    unpackOlderFolder(folderOfOwnEngine, dataDir);
    const { running } = await start(dataDir);
    await goesOn(running, folderOfOwnEngine);
    expect(await versionsOf(running.table)).toEqual(new Set(['1', String(schemaVersion())]));
  });
});
