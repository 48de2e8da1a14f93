import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import { apiClient } from '../../cdk/cli/api-client.ts';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import { readCases } from '../../shared/store/cases.ts';
import { SCHEMA_VERSION } from '../../shared/store/schema-version.ts';
import { contentsOf } from '../engine/contents.ts';
import { CASES, notCarriedOn, unpackFolderOf010 } from '../fixture/older-folder.ts';
import { freePort } from './free-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'jieli-older-'));
let stack: RunningStack | undefined;
afterAll(async () => {
  await stack?.cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a folder of 0.1.0 that was killed opens: every case is there, and what was not yet carried on is carried on', async () => {
  unpackFolderOf010(folder);
  stack = await startStack({ port: await freePort(), dataDir: folder, demo: false, say: () => undefined });
  const { cloud, table } = stack;
  await cloud.clock.advance(0);

  const ids = (await contentsOf(table)).flatMap(({ pk, sk }) => (sk === 'CASE' ? [String(pk).slice(5)] : []));
  const cases = await readCases(
    table,
    ids.map((id) => CaseId.parse(id)),
  );
  expect(cases).toHaveLength(CASES);
  expect(cases.filter(({ stage }) => stage === 'submitted' || stage === 'screening')).toEqual([]);
  expect(notCarriedOn.map((id) => cases.find((each) => each.id === id)?.stage)).toEqual(
    notCarriedOn.map(() => 'verifying'),
  );

  // a case of each kind goes on from where 0.1.0 left it
  const goOn = async (id: string, person: string, answer: object): Promise<string | undefined> => {
    const as = apiClient(cloud.url, await cloud.token(person));
    const { openTask } = await as.get(`/cases/${id}`, z.object({ openTask: z.object({ id: z.string() }) }));
    await as.post(`/tasks/${openTask.id}/decision`, answer, z.unknown());
    await cloud.clock.advance(0);
    return (await readCases(table, [CaseId.parse(id)]))[0]?.stage;
  };
  expect(await goOn('NFVRPTVEBT', 'hub-coordinator', { outcome: 'verified' })).toBe('matching');
  const recommended = { outcome: 'recommended', score: 80, reason: '可以' };
  expect(await goOn('GQTQF00MRK', 'funder-reviewer', recommended)).toBe('approving');
  expect(await goOn('I6HMYJMBD9', 'hub-coordinator', { outcome: 'approved', reason: '同意' })).toBe('binding');
  // what is written now says its version; what was not written again is read as it was
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name, ConsistentRead: true }));
  const versions = new Set(Items.filter(({ sk }) => sk?.S === 'CASE').map(({ schema }) => schema?.N));
  expect(versions).toEqual(new Set([undefined, String(SCHEMA_VERSION)]));
});
