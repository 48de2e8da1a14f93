import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type RunningStack, startStack } from '../../cdk/cli/stack.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import { readCases } from '../../shared/store/cases.ts';
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
});
