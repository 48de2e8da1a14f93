import { S3Client } from '@aws-sdk/client-s3';
import { worksOf } from '../../functions/jobs/works.ts';
import { Slug } from '../../shared/domain/ids.ts';
import type { Job } from '../../shared/domain/jobs/job.ts';
import { reasonDays } from '../../shared/domain/privacy/retention.ts';
import { type Works, workOn } from '../../shared/jobs/work.ts';
import { keptDays } from '../../shared/kinds/retention.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { readJob } from '../../shared/store/jobs.ts';
import { policedTable } from './policed-table.ts';

/** What jobs do, with no more leave than the template gives their function; nothing is anchored. */
export async function worksOn(hub: Hub): Promise<Works> {
  const table = await policedTable(hub.table, 'jobs');
  const anchorage = { s3: new S3Client({}), bucket: 'none' };
  return worksOf({ hub: { ...hub, table }, anchorage, keptDays: { ...keptDays, ...reasonDays } });
}

/** Has a job done to its end, as its state machine does. */
export async function workedOn(hub: Hub, id: string): Promise<Job> {
  const [works, job] = [await worksOn(hub), Slug.parse(id)];
  while (await workOn(works, job));
  const done = await readJob(hub.table, job);
  if (!done) throw new Error(`there is no job ${id}`);
  return done;
}
