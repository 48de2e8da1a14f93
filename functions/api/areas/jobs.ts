import * as z from 'zod';
import { Slug } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { cancelJob, jobOf, retryJob } from '../../../shared/jobs/start.ts';
import { jobsOf } from '../../../shared/store/jobs.ts';
import { type Asking, type At, actingMember, type Call } from '../call.ts';
import { once, remember } from '../idempotency.ts';
import { operation } from '../operation.ts';
import { JobOutlineView, JobView, outlineJob, viewJob } from '../views/job.ts';
import { listOf } from '../views/list.ts';
import { EmptyBody, emptyBody } from './empty-body.ts';

type AtJob = At<{ id: typeof Slug }>;

/** Rows of a job that were not done, after one by its number. */
const JobQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .optional(),
});

async function list(call: Call) {
  const jobs = await jobsOf(call.hub.table, actingMember(call).member.party);
  return { body: { items: jobs.map(outlineJob), nextCursor: null } };
}

async function get(call: AtJob & Asking<typeof JobQuery>) {
  const { table } = call.hub;
  const { cursor } = call.asked();
  const job = await jobOf(table, actingMember(call).member, call.place('id'));
  return { body: await viewJob(table, job, call.language, cursor) };
}

async function change(call: AtJob, does: typeof cancelJob | typeof retryJob) {
  const { table } = call.hub;
  const { member } = actingMember(call);
  const id = call.place('id');
  parseInput(EmptyBody, await call.json());
  const job = await once(
    call,
    { id },
    async (key) => {
      const changed = await does(table, id, { member, door: 'api' });
      await remember(call, key, id);
      return changed;
    },
    () => jobOf(table, member, id),
  );
  return { body: await viewJob(table, job, call.language) };
}

export const jobs = {
  listJobs: operation({
    method: 'get',
    path: '/jobs',
    access: 'token',
    action: 'see-jobs',
    summary: 'Work on many of the caller’s party',
    answer: { description: 'The latest fifty', schema: { JobList: listOf(JobOutlineView) } },
    handle: list,
  }),
  getJob: operation({
    method: 'get',
    path: '/jobs/{id}',
    access: 'token',
    action: 'see-jobs',
    places: { id: Slug },
    query: JobQuery,
    summary: 'How far a job has come, and which rows were not done',
    description:
      '`open` until every row has a result of its own. Rows that were refused or failed come a page at a time, by `cursor`. A job is kept for some days after it began.',
    answer: { description: 'The job', schema: { Job: JobView } },
    handle: get,
  }),
  cancelJob: operation({
    method: 'post',
    path: '/jobs/{id}/cancellation',
    access: 'token',
    action: 'cancel-job',
    places: { id: Slug },
    summary: 'Stop a job',
    description: 'What was done stays done; one that is over stays as it ended.',
    request: emptyBody,
    answer: { description: 'The job', schema: { Job: JobView } },
    handle: (call) => change(call, cancelJob),
  }),
  retryJob: operation({
    method: 'post',
    path: '/jobs/{id}/retry',
    access: 'token',
    action: 'retry-job',
    places: { id: Slug },
    summary: 'Try the rows of a job again that failed',
    description:
      'Those that came to nothing by a fault of the system, once the job is done; all others stay as they are.',
    request: emptyBody,
    answer: { description: 'The job', schema: { Job: JobView } },
    handle: (call) => change(call, retryJob),
  }),
};
