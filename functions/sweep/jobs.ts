import { assertByWorkflow } from '../../shared/answering/write-by-workflow.ts';
import { instant } from '../../shared/domain/time.ts';
import { openJobs, readJob, rerunJob } from '../../shared/store/jobs.ts';
import { logFailure, logLine } from '../log/log-line.ts';
import { isRunning, type Sweep } from './sweep.ts';

/** A job whose run was asked for so long ago, in milliseconds, and that does not run, lags. */
const LAG = 15 * 60_000;

/**
 * Asks for another run of each job that is not done and does not run: news that the stream lost, an execution that ended too
 * early. One that fails stops no other. Cost: a Query, and for each open job a call of Step Functions; two reads and a transaction of
 * two items for one that lags.
 * @returns how many were asked for
 */
export async function sweepJobs(sweep: Sweep): Promise<number> {
  assertByWorkflow('nudge-case');
  let asked = 0;
  for (const open of await openJobs(sweep.table)) {
    if (open.at > instant(Date.now() - LAG)) continue;
    try {
      if (await isRunning(sweep, sweep.jobsMachine, `${open.id}-${open.run}`)) continue;
      const job = await readJob(sweep.table, open.id);
      if (job?.state !== 'open') continue;
      await rerunJob(sweep.table, open, job);
      asked += 1;
      logLine('job-asked-again', { job: open.id });
    } catch (error) {
      logFailure('sweep-failed', error, { job: open.id });
    }
  }
  return asked;
}
