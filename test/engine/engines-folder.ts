import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that the engines of a run need at most, with room to spare. */
const NEEDED = 512 * 1024 * 1024;
const MEMORY = '/dev/shm';

/** A disk in memory where there is one with room: whether what is written survives is tested elsewhere, on a disk. */
function quickest(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > NEEDED ? MEMORY : tmpdir();
}

/** Makes the folder for the engines of a run (`test/engine/engine.ts`), and removes it in the end. */
export function setup(): () => void {
  const folder = mkdtempSync(join(quickest(), 'jieli-engines-'));
  process.env.JIELI_ENGINES = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
