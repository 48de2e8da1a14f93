import type { WalkKind } from '../../shared/domain/jobs/job.ts';
import { startWalk } from '../../shared/store/jobs.ts';
import type { Table } from '../../shared/store/table.ts';
import { logFailure } from '../log/log-line.ts';

/** The jobs that are begun every day, unless yesterday's is still at it. */
const jobs: readonly WalkKind[] = ['anchor-rest', 'erase-reasons', 'erase-cases'];

/**
 * Begins what is due every day: the data key, and the jobs that go on until they are done. A part that fails keeps no other
 * from being begun.
 * @param renewKey makes a new data key where one is due
 * @returns how many jobs were begun
 * @throws the first of what failed, when the others are begun: so that the run counts as failed
 */
export async function beginDaily(table: Table, renewKey: () => Promise<void>): Promise<number> {
  const failed: unknown[] = [];
  let begun = 0;
  const begin = async (part: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      if ((await work()) === true) begun += 1;
    } catch (error) {
      failed.push(error);
      logFailure('daily-failed', error, { part });
    }
  };
  await begin('data-key', renewKey);
  for (const kind of jobs) await begin(kind, () => startWalk(table, kind));
  if (failed.length > 0) throw failed[0];
  return begun;
}
