import type { Job } from '../domain/jobs/job.ts';
import { isBefore, readParts } from '../store/jobs.ts';
import type { Table } from '../store/table.ts';

/** What a job's rows came to, as its parts were counted last. */
export interface Sums {
  readonly done: number;
  /** of these, with a note */
  readonly noted: number;
  readonly refused: number;
  readonly failed: number;
  /** the numbers of the rows that were refused or failed, in order */
  readonly troubled: readonly number[];
}

/** Adds up what a job's parts came to; rows that are tried again count as failed no more. Cost: a Query. */
export async function sumsOf(table: Table, job: Job): Promise<Sums> {
  const parts = [...(await readParts(table, job.id)).values()];
  const add = (what: 'done' | 'noted' | 'refused') => parts.reduce((sum, part) => sum + part[what], 0);
  const failed = parts.reduce((sum, part) => sum + (isBefore(part.again, job) ? 0 : part.failed), 0);
  const troubled = parts.flatMap((part) => part.troubled).sort((a, b) => a - b);
  return { done: add('done'), noted: add('noted'), refused: add('refused'), failed, troubled };
}
