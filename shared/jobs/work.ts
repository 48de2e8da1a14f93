import { assertByWorkflow } from '../answering/write-by-workflow.ts';
import { type FieldProblem, Permanent, Rejected, Retryable, Throttled } from '../domain/errors.ts';
import type { Slug } from '../domain/ids.ts';
import {
  type Job,
  type JobPart,
  type RowKind,
  type RowResult,
  rowKindOf,
  type WalkKind,
  walkKindOf,
} from '../domain/jobs/job.ts';
import type { JobStep, RowDone, RowOf } from '../domain/jobs/kinds.ts';
import { instant } from '../domain/time.ts';
import { rowsOfPart, saidBy, saveResult } from '../store/job-rows.ts';
import { A_PART, isBefore, readJob, readParts, type StagedRow, savePart } from '../store/jobs.ts';
import type { Table } from '../store/table.ts';
import { recordEnd } from './start.ts';

/** What each kind of job does. Doing a row or a step again changes nothing. */
export interface Works {
  readonly table: Table;
  /**
   * Decides a row by its own guards. A {@link Rejected} is its result, as is what nobody could have mended; `Retryable` and
   * `Throttled` are tried again.
   */
  readonly rows: { readonly [K in RowKind]: (row: RowOf<K>, job: Job) => Promise<RowDone> };
  /** Goes on from a place, or from the beginning. */
  readonly walks: { readonly [K in WalkKind]: (cursor: string | undefined) => Promise<JobStep> };
  /** hears of each row or step that nobody could have mended */
  readonly onFailed: (job: Job, error: unknown) => void;
}

/** Rows decided side by side: each is some reads and a transaction. */
const AT_ONCE = 8;
/** How long one slice goes on, in milliseconds: a part more is done well before the function's five minutes. */
const A_SLICE = 120_000;

/** What a text names that nobody typed. */
function numbersOf(params: FieldProblem['params'] = {}): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(params)) if (typeof value === 'number') numbers[name] = value;
  return numbers;
}

async function resultOf(works: Works, job: Job, last: boolean, decide: () => Promise<RowDone>): Promise<RowResult> {
  const at = instant(Date.now());
  try {
    const { refused, note, caseId } = await decide();
    if (refused !== undefined) return { state: 'refused', at, code: refused, caseId, fields: [] };
    return { state: 'done', at, note, caseId };
  } catch (error) {
    if (error instanceof Rejected) {
      const fields = error.fields.map(({ pointer, code, params }) => ({ pointer, code, params: numbersOf(params) }));
      return { state: 'refused', at, code: error.code, fields };
    }
    if (!last && (error instanceof Retryable || error instanceof Throttled)) throw error;
    works.onFailed(job, error);
    return { state: 'failed', at, error: error instanceof Error ? error.name : 'unknown', again: job.again };
  }
}

/** Whether a row is still to be decided, for the first time or again. */
function isOpen({ result }: StagedRow, job: Job): boolean {
  return result === undefined || (result.state === 'failed' && isBefore(result.again, job));
}

/** What the rows of a part came to, as they lie there now. */
function sumOf(all: readonly StagedRow[], job: Job): JobPart {
  const rows = all.filter((row) => !isOpen(row, job));
  const count = (state: RowResult['state']) => rows.filter(({ result }) => result?.state === state).length;
  return {
    at: instant(Date.now()),
    done: count('done'),
    noted: rows.filter(({ result }) => result?.state === 'done' && result.note !== undefined).length,
    refused: count('refused'),
    failed: count('failed'),
    open: all.length - rows.length,
    troubled: rows.filter(({ result }) => result?.state !== 'done').map(({ row }) => row),
    again: job.again,
  };
}

/** Decides the rows of a part that have no result, and counts the part anew. @throws the first that is to be tried again */
async function workOnPart<K extends RowKind>(works: Works, kind: K, job: Job, part: number, last: boolean) {
  const { table, rows } = works;
  const open = (await rowsOfPart(table, job.id, part)).filter((row) => isOpen(row, job)).values();
  const again: unknown[] = [];
  const goOn = async (): Promise<void> => {
    for (const { row, item } of open) {
      try {
        const result = await resultOf(works, job, last, () => rows[kind](saidBy(kind, item), job));
        await saveResult(table, job, row, result);
      } catch (error) {
        again.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, goOn));
  await savePart(table, job, part, sumOf(await rowsOfPart(table, job.id, part), job));
  if (again.length > 0) throw again[0];
}

async function workOnRows(works: Works, kind: RowKind, job: Job, last: boolean): Promise<boolean> {
  const until = performance.now() + A_SLICE;
  const parts = await readParts(works.table, job.id);
  for (let part = 1; part <= Math.ceil(job.rows / A_PART); part++) {
    const before = parts.get(part);
    if (before?.open === 0 && (before.failed === 0 || !isBefore(before.again, job))) continue;
    if (performance.now() > until) return true;
    // somebody may have cancelled it meanwhile
    if ((await readJob(works.table, job.id))?.state !== 'open') return false;
    await workOnPart(works, kind, job, part, last);
  }
  return false;
}

async function workOnWalk(works: Works, kind: WalkKind, job: Job): Promise<boolean> {
  const until = performance.now() + A_SLICE;
  let sums = (await readParts(works.table, job.id)).get(1);
  while (sums?.cursor !== null) {
    if (sums && performance.now() > until) return true;
    const { done, failed, cursor } = await works.walks[kind](sums?.cursor);
    sums = {
      at: instant(Date.now()),
      done: (sums?.done ?? 0) + done,
      failed: (sums?.failed ?? 0) + failed,
      noted: 0,
      refused: 0,
      open: cursor === null ? 0 : 1,
      troubled: [],
      cursor,
    };
    await savePart(works.table, job, 1, sums);
  }
  return false;
}

/**
 * Works on a job for a while, from where it came to. Killed at any moment and called again it goes on: results are kept row
 * by row. Cost: a Query for every {@link A_PART} rows before and after, a write a row and a part, and what the rows cost.
 * @param last what is stumbled over again counts as failed
 * @returns whether anything is left to do now
 * @throws {@link Retryable}, {@link Throttled}; {@link Permanent} where there is no such job
 */
export async function workOn(works: Works, id: Slug, last = false): Promise<boolean> {
  assertByWorkflow('work-on-job');
  const job = await readJob(works.table, id);
  if (!job) throw new Permanent(`no job ${id}`);
  if (job.state !== 'open') return false;
  const [rows, walk] = [rowKindOf(job), walkKindOf(job)];
  const more =
    (rows !== undefined && (await workOnRows(works, rows, job, last))) ||
    (walk !== undefined && (await workOnWalk(works, walk, job)));
  if (!more) await recordEnd(works.table, job);
  return more;
}
