import * as z from 'zod';
import { CaseId, Slug } from '../../../shared/domain/ids.ts';
import { type Job, jobKindNames, jobStates, type RowResult, rowKindOf } from '../../../shared/domain/jobs/job.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { Instant } from '../../../shared/domain/time.ts';
import { rowRefusalText } from '../../../shared/i18n/jobs.ts';
import { rowName } from '../../../shared/jobs/row-name.ts';
import { sumsOf } from '../../../shared/jobs/sums.ts';
import { rowsNamed } from '../../../shared/store/job-rows.ts';
import type { Table } from '../../../shared/store/table.ts';

/** Rows with trouble that one answer tells of. */
const A_PAGE = 50;

const Count = z.int().min(0);

/** Work on many, without what became of its rows. */
export const JobOutlineView = z.object({
  id: Slug,
  kind: z.enum(jobKindNames),
  state: z.enum(jobStates),
  startedAt: Instant,
  endedAt: Instant.optional(),
  rows: Count,
});

/** A row that was not done, by its number: refused with a code, or failed by a fault that nobody who sent it can mend. */
const RowView = z.object({
  row: z.int().min(1),
  name: z.string(),
  state: z.enum(['refused', 'failed']),
  code: z.string().optional(),
  detail: z.string(),
  /** the case that stands in the way */
  caseId: CaseId.optional(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string() })).optional(),
});

/** How far work on many has come; `left` are rows without a result, `notDone` a page of those that were refused or failed. */
export const JobView = JobOutlineView.extend({
  done: Count,
  /** of those that are done: there was nothing to do */
  noted: Count,
  refused: Count,
  failed: Count,
  left: Count,
  notDone: z.object({ items: z.array(RowView), nextCursor: z.string().nullable() }),
});

export function outlineJob({ id, kind, state, startedAt, endedAt, rows }: Job): z.infer<typeof JobOutlineView> {
  return { id, kind, state, startedAt, ...(endedAt !== undefined && { endedAt }), rows };
}

function viewResult(language: Language, result: RowResult | undefined) {
  const detail = rowRefusalText(language, result);
  if (result?.state !== 'refused') return { state: 'failed' as const, detail };
  const { code, caseId, fields } = result;
  return {
    state: 'refused' as const,
    code,
    detail,
    ...(caseId !== undefined && { caseId }),
    ...(fields.length > 0 && { errors: fields.map((field) => ({ pointer: field.pointer, code: field.code })) }),
  };
}

/** A job as it is now. Cost: a Query, and two reads a row that is told of. @param after the row that the page before ended with */
export async function viewJob(table: Table, job: Job, language: Language, after = 0): Promise<z.infer<typeof JobView>> {
  const { troubled, ...sums } = await sumsOf(table, job);
  const kind = rowKindOf(job);
  const later = troubled.filter((row) => row > after);
  const shown = later.slice(0, A_PAGE);
  const rows = kind === undefined ? [] : await rowsNamed(table, job.id, shown);
  const items = await Promise.all(
    rows.map(async (row) => ({
      row: row.row,
      name: kind === undefined ? '' : await rowName(table, kind, row),
      ...viewResult(language, row.result),
    })),
  );
  const nextCursor = later.length > shown.length ? String(shown.at(-1)) : null;
  const left = job.rows - sums.done - sums.refused - sums.failed;
  return { ...outlineJob(job), ...sums, left, notDone: { items, nextCursor } };
}
