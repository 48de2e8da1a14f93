import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../../cdk/cli/assembly.ts';
import { keepNewest } from '../run/keep-newest.ts';

const kept = join(import.meta.dirname, '../../node_modules/.cache/jieli/deployed');
const child = join(import.meta.dirname, 'deployed-child.ts');

/**
 * Works out what the functions of the stack may do, for tests of the doors alone (`test/engine/policed-table.ts`). That takes
 * seconds, so it is kept until a source changes.
 * @throws what the synthesis said, which ends the run
 */
export function setup(): void {
  const sources = ['test/infra/template.ts', 'test/permissions/deployed-child.ts'];
  const file = join(kept, `${fingerprint({}, sources)}.json`);
  if (!existsSync(file)) {
    mkdirSync(kept, { recursive: true });
    keepNewest(kept, 4);
    const { status, stderr } = spawnSync(process.execPath, [child, file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The stack cannot be synthesized, and tests need its permissions.\n${stderr}`);
  }
  process.env.JIELI_DEPLOYED = file;
}
