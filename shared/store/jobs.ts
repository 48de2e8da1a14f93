import { createHash } from 'node:crypto';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { newSlug, type PartyId, Slug } from '../domain/ids.ts';
import { Job, JobPart, RowResult, rowKindOf, type WalkKind, walkKindOf } from '../domain/jobs/job.ts';
import { rowKinds, WALK_KEPT_DAYS } from '../domain/jobs/kinds.ts';
import { type Instant, instant } from '../domain/time.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import {
  batchGet,
  ConditionFailed,
  get,
  type Item,
  put,
  query,
  queryAll,
  type Table,
  toItem,
  transact,
} from './table.ts';

/** Rows that are counted together: a part is what one read gives, and what the work is cut into. */
export const A_PART = 50;

/** For how many days all of a job is kept. */
export function keptDaysOf(kind: Job['kind']): number {
  const staged = rowKindOf({ kind });
  return staged ? rowKinds[staged].keptDays : WALK_KEPT_DAYS;
}

/** The hash of a job's rows, each by what it says: whoever stages names it, and it is compared with what lies there. */
export function rowsHash(rows: readonly unknown[]): string {
  const all = createHash('sha256');
  for (const row of rows) all.update(`${JSON.stringify(row)}\n`);
  return all.digest('base64url');
}

function headOf(job: Job): Item {
  return { ...keys.job(job.id), entity: 'job', expires: expiresAfter(job.startedAt, keptDaysOf(job.kind)), data: job };
}

/** What the news of a run says. */
export const JobRun = z.object({ job: Slug, run: z.int().min(1) });

/** The news of which the relay's stream filter knows: it starts the run. */
function runOf(job: Pick<Job, 'id' | 'kind'>, run: number): Item {
  const expires = expiresAfter(Date.now(), keptDaysOf(job.kind));
  return { ...keys.jobRun(job.id, run), entity: 'job-run', relay: 'yes', job: job.id, run, expires };
}

/** That a job is not done: since when, and which run of it was asked for last. */
export interface OpenJob {
  /** its id, or its kind where one at a time is enough */
  readonly name: string;
  readonly id: Slug;
  readonly run: number;
  /** when that run was asked for */
  readonly at: string;
}

/** It goes when the job goes. */
function openItem({ name, ...open }: OpenJob, job: Job): Item {
  const { expires } = headOf(job);
  return { ...keys.openJob(name), entity: 'open-job', expires, job: open.id, run: open.run, at: open.at };
}

/** Of staged rows each job is by itself; what finds its work itself is done by one job at a time. */
function nameOf(job: Job): string {
  return walkKindOf(job) ?? job.id;
}

/**
 * The writes by which a job counts. They fail where it counts already, and where a job of its name is open. Cost: three
 * items in a transaction, four where it is somebody's.
 */
export function startingJob(table: Table, job: Job): TransactWriteItem[] {
  const { id, owner, startedAt: at } = job;
  const mine = owner && { ...keys.jobOf(owner, at, id), entity: 'job-of', expires: headOf(job).expires };
  return [
    put(table, { ...headOf({ ...job }), data: Job.parse(job) }, true),
    put(table, openItem({ name: nameOf(job), id, run: 1, at }, job), true),
    put(table, runOf(job, 1), true),
    ...(mine ? [put(table, mine)] : []),
  ];
}

/** A job of the installation's own that finds what it works on. */
export function aWalk(kind: WalkKind): Job {
  const startedAt = instant(Date.now());
  return { id: newSlug(), kind, state: 'open', startedAt, rows: 0, hash: '', by: { type: 'workflow' } };
}

/**
 * Starts a job that finds its work itself, unless one of the kind is open. Cost: a transaction of three items.
 * @returns whether it was started
 */
export async function startWalk(table: Table, kind: WalkKind): Promise<boolean> {
  try {
    await transact(table, startingJob(table, aWalk(kind)));
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/** Cost: one consistent read. */
export async function readJob(table: Table, id: Slug): Promise<Job | undefined> {
  const item = await get(table, keys.job(id));
  return item && Job.parse(item.data);
}

/** A party's jobs, the latest first, 50 at most. Cost: a Query and a read each. */
export async function jobsOf(table: Table, party: PartyId): Promise<Job[]> {
  const { items } = await query(table, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': keys.jobsOf(party) }),
    ScanIndexForward: false,
    Limit: 50,
  });
  const ids = items.map(({ sk }) => Slug.parse(String(sk).split('#')[1]));
  const found = await batchGet(table, ids.map(keys.job));
  const jobs = new Map(found.map((item) => [item.pk, Job.parse(item.data)]));
  return ids.flatMap((id) => jobs.get(keys.job(id).pk) ?? []);
}

/** The jobs that are not done. Cost: one Query; there are some tens. */
export async function openJobs(table: Table): Promise<OpenJob[]> {
  const items = await queryAll(table, keys.openJob('').pk);
  return items.map(({ sk, job, run, at }) => ({
    name: String(sk),
    id: Slug.parse(job),
    run: Number(run),
    at: String(at),
  }));
}

/** Asks for another run of a job whose last one ended too early. Cost: a transaction of two items. */
export async function rerunJob(table: Table, open: OpenJob, job: Job): Promise<void> {
  const run = open.run + 1;
  const Item = toItem(openItem({ ...open, run, at: instant(Date.now()) }, job));
  const still = {
    TableName: table.name,
    Item,
    ConditionExpression: '#run = :run AND job = :job',
    ExpressionAttributeNames: { '#run': 'run' },
    ExpressionAttributeValues: toItem({ ':run': open.run, ':job': open.id }),
  };
  await transact(table, [{ Put: still }, put(table, runOf(job, run), true)]);
}

/** A head that replaces the one before it, if that is in the state that is named. */
function headAfter(table: Table, job: Job, before: Job['state']): TransactWriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: toItem(headOf({ ...job })),
      ConditionExpression: '#data.#state = :before',
      ExpressionAttributeNames: { '#data': 'data', '#state': 'state' },
      ExpressionAttributeValues: toItem({ ':before': before }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/**
 * Opens a job again that is done: its rows that failed are open from then on, and another run is asked for. Cost: a Query of its runs.
 * @returns the writes, three items, for a transaction with what tells of it; they fail where it is open already
 */
export async function reopeningJob(table: Table, job: Job): Promise<TransactWriteItem[]> {
  const { endedAt: _, ...rest } = job;
  const run = (await queryAll(table, keys.job(job.id).pk, keys.jobRuns)).length + 1;
  const again: Job = { ...rest, state: 'open', again: (job.again ?? 0) + 1 };
  const open = { name: nameOf(job), id: job.id, run, at: instant(Date.now()) };
  return [
    headAfter(table, again, 'done'),
    put(table, openItem(open, again), true),
    put(table, runOf(again, run), true),
  ];
}

/**
 * Ends a job that is open. Cost: a transaction of two items.
 * @returns the writes, for a transaction with what tells of it
 */
export function endingJob(table: Table, job: Job, state: 'done' | 'cancelled', at: Instant): TransactWriteItem[] {
  return [
    headAfter(table, { ...job, state, endedAt: at }, 'open'),
    { Delete: { TableName: table.name, Key: toItem({ ...keys.openJob(nameOf(job)) }) } },
  ];
}

/** Whether so many tries came after this one. */
export function isBefore(again: number | undefined, job: Job): boolean {
  return (again ?? 0) < (job.again ?? 0);
}

const Counted = z.object({ data: JobPart });

/** What the parts of a job came to, by their numbers from 1. Cost: a Query; an item for {@link A_PART} rows. */
export async function readParts(table: Table, id: Slug): Promise<Map<number, JobPart>> {
  const items = await queryAll(table, keys.job(id).pk, keys.jobParts);
  return new Map(items.map((item) => [Number(String(item.sk).slice(keys.jobParts.length)), Counted.parse(item).data]));
}

/** Replaces what a part came to. Cost: one write. */
export async function savePart(table: Table, job: Job, part: number, sums: JobPart): Promise<void> {
  const expires = headOf(job).expires;
  await transact(table, [
    put(table, { ...keys.jobPart(job.id, part), entity: 'job-part', expires, data: JobPart.parse(sums) }),
  ]);
}

/** A row with what became of it; `item` is read by its kind. */
export interface StagedRow {
  readonly row: number;
  readonly item: Item;
  readonly result: RowResult | undefined;
}

export function rowOf(item: Item): StagedRow {
  const { result } = item;
  return {
    row: Number(String(item.sk).slice('ROW#'.length)),
    item,
    result: result === undefined ? undefined : RowResult.parse(result),
  };
}
