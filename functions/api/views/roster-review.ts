import * as z from 'zod';
import type { Language } from '../../../shared/domain/language.ts';
import { fieldText } from '../../../shared/i18n/errors.ts';
import type { CheckedRow } from '../../../shared/kinds/insurance/roster/check-roster.ts';

const Row = z.object({
  line: z.int().min(1),
  ok: z.boolean(),
  name: z.string(),
  identityNumber: z.string(),
  phone: z.string(),
  problems: z.array(z.object({ field: z.string(), code: z.string(), detail: z.string() })),
});

/** What became of each row of a roster: as it would be insured, or as it was typed with everything that is wrong. */
export const RosterReviewView = z.object({
  good: z.int().min(0),
  bad: z.int().min(0),
  items: z.array(Row),
  nextCursor: z.null(),
});

export function viewRosterReview(rows: readonly CheckedRow[], language: Language): z.infer<typeof RosterReviewView> {
  const items = rows.map((row) => {
    if (row.ok) return { line: row.line, ok: true, ...row.volunteer, problems: [] };
    const problems = row.problems.map(({ field, code, firstLine, age }) => {
      const params = { ...(firstLine !== undefined && { line: firstLine }), ...(age !== undefined && { age }) };
      return { field, code, detail: fieldText(language, { pointer: '', code, params }) };
    });
    return { line: row.line, ok: false, ...row.values, problems };
  });
  const good = items.filter((item) => item.ok).length;
  return { good, bad: items.length - good, items, nextCursor: null };
}
