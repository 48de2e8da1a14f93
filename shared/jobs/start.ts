import { assertMay } from '../answering/acting.ts';
import { assertByWorkflow } from '../answering/write-by-workflow.ts';
import { toldNow } from '../audit/record.ts';
import type { Actor } from '../domain/case-base.ts';
import { Rejected } from '../domain/errors.ts';
import type { Slug } from '../domain/ids.ts';
import type { Job, RowKind } from '../domain/jobs/job.ts';
import { rowKindOf } from '../domain/jobs/job.ts';
import { rowKinds } from '../domain/jobs/kinds.ts';
import type { Member } from '../domain/party.ts';
import { instant } from '../domain/time.ts';
import type { doors } from '../domain/trace.ts';
import { rowsBetween, saidBy } from '../store/job-rows.ts';
import { endingJob, jobsOf, readJob, reopeningJob, rowsHash, startingJob } from '../store/jobs.ts';
import { listParties } from '../store/parties.ts';
import { ConditionFailed, type Table, transact } from '../store/table.ts';
import { transactTraced } from '../store/traces.ts';
import { sumsOf } from './sums.ts';

/** What was staged, as whoever staged it says: it counts if the same lies there. */
export interface StagedRows<K extends RowKind> {
  readonly kind: K;
  readonly id: Slug;
  readonly rows: number;
  /** see `rowsHash` */
  readonly hash: string;
}

/** Who starts or cancels a job, and through which door. */
export interface Doing {
  readonly member: Member;
  readonly door: (typeof doors)[number];
}

/** What lies there under an upload's id. */
async function staged<K extends RowKind>(
  table: Table,
  { kind, id }: StagedRows<K>,
): Promise<{ rows: number; hash: string }> {
  const rows: unknown[] = [];
  for await (const page of rowsBetween(table, id, 1, MOST_ROWS))
    rows.push(...page.map(({ item }) => saidBy(kind, item)));
  return { rows: rows.length, hash: rowsHash(rows) };
}

/** More rows than a sheet of 4 MB has. */
const MOST_ROWS = 200_000;

function byMember({ member }: Doing): Actor {
  return { type: 'member', member: member.id, party: member.party };
}

/**
 * Makes what was staged count: from then on it is worked on until every row has a result. Again it changes nothing. Cost: a
 * Query for each megabyte of rows, and a transaction of six items.
 * @throws {@link Rejected} `forbidden`; `invalid` when not all that is named was staged
 */
export async function startJob<K extends RowKind>(table: Table, upload: StagedRows<K>, doing: Doing): Promise<Job> {
  const { kind, id, rows, hash } = upload;
  const { party: owner } = doing.member;
  assertMay({ type: 'member', member: doing.member }, rowKinds[kind].action, { ownedBy: owner });
  const there = await staged(table, upload);
  if (there.rows !== rows || there.hash !== hash || rows === 0) {
    throw new Rejected('invalid', { fields: [{ pointer: '', code: 'not-all-staged' }] });
  }
  const by = byMember(doing);
  const job: Job = { id, kind, state: 'open', startedAt: instant(Date.now()), rows, hash, by, owner };
  const told = toldNow({ type: 'job', on: 'started', job: id, kind, rows, by, door: doing.door });
  try {
    await transactTraced(table, startingJob(table, job), told);
  } catch (error) {
    const before = error instanceof ConditionFailed ? await readJob(table, id) : undefined;
    if (before?.owner === owner && before.hash === hash) return before;
    throw error;
  }
  return job;
}

/** A party's job. @throws {@link Rejected} `not-found`, `forbidden` */
export async function jobOf(table: Table, member: Member, id: Slug): Promise<Job> {
  const job = await readJob(table, id);
  const kind = job && rowKindOf(job);
  if (!job || !kind || job.owner !== member.party) throw new Rejected('not-found');
  assertMay({ type: 'member', member }, 'see-jobs', { ownedBy: member.party });
  return job;
}

/**
 * Ends a job before its rows have all been decided; what was decided stays. Cost: a transaction of four items.
 * @returns the job as it is then: one that is over stays as it ended
 * @throws {@link Rejected} `not-found`, `forbidden`
 */
export async function cancelJob(table: Table, id: Slug, doing: Doing): Promise<Job> {
  const job = await jobOf(table, doing.member, id);
  assertMay({ type: 'member', member: doing.member }, 'cancel-job', { ownedBy: doing.member.party });
  if (job.state !== 'open') return job;
  const { kind, rows } = job;
  const told = toldNow({ type: 'job', on: 'cancelled', job: id, kind, rows, by: byMember(doing), door: doing.door });
  try {
    await transactTraced(table, endingJob(table, job, 'cancelled', instant(Date.now())), told);
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
  return jobOf(table, doing.member, id);
}

/** Opens a job again whose rows failed; it stays as it is where none did, or where another was quicker. */
async function reopen(table: Table, job: Job, by: Actor, door: (typeof doors)[number]): Promise<boolean> {
  if (job.state !== 'done' || (await sumsOf(table, job)).failed === 0) return false;
  const { id, kind, rows } = job;
  const told = toldNow({ type: 'job', on: 'retried', job: id, kind, rows, by, door });
  try {
    await transactTraced(table, await reopeningJob(table, job), told);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/**
 * Has the rows of a job tried again that came to nothing by a fault; all others stay as they are. Cost: a Query of its parts and one of its
 * runs, and a transaction of five items.
 * @returns the job as it is then: one without such rows stays as it ended
 * @throws {@link Rejected} `not-found`, `forbidden`
 */
export async function retryJob(table: Table, id: Slug, doing: Doing): Promise<Job> {
  const job = await jobOf(table, doing.member, id);
  assertMay({ type: 'member', member: doing.member }, 'retry-job', { ownedBy: doing.member.party });
  await reopen(table, job, byMember(doing), doing.door);
  return jobOf(table, doing.member, id);
}

/**
 * Whoever runs the installation has mended what made rows fail: those of every party's last jobs are tried again. Cost: for each party a
 * Query and a read a job, and for each that failed what {@link retryJob} costs.
 * @returns how many jobs go on
 */
export async function retryAll(table: Table): Promise<number> {
  assertByWorkflow('work-on-job');
  let again = 0;
  for (const { id } of await listParties(table))
    for (const job of await jobsOf(table, id))
      if (await reopen(table, job, { type: 'workflow' }, 'background')) again += 1;
  return again;
}

/**
 * Keeps that nothing is left to do. Of a member's job the trail tells it; the installation's own are many and say so in the
 * log. Cost: a transaction of two or four items.
 */
export async function recordEnd(table: Table, job: Job): Promise<void> {
  const { id, kind, rows } = job;
  const writes = endingJob(table, job, 'done', instant(Date.now()));
  try {
    if (job.owner === undefined) return await transact(table, writes);
    const by: Actor = { type: 'workflow' };
    await transactTraced(
      table,
      writes,
      toldNow({ type: 'job', on: 'done', job: id, kind, rows, by, door: 'background' }),
    );
  } catch (error) {
    // it was cancelled meanwhile, or another run was quicker
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
