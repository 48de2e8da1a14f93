import * as z from 'zod';
import type { Language } from '../../../shared/domain/language.ts';
import { fieldText } from '../../../shared/i18n/errors.ts';
import type { CheckedRow } from '../../../shared/kinds/insurance/roster/check-roster.ts';
import {
  placeOf,
  type RosterFile,
  sharingTelephones,
} from '../../../shared/kinds/insurance/roster/read-roster-sheet.ts';

const Row = z.object({
  /** in the file, as whoever opens it sees it; of typed rows their place */
  line: z.int().min(1),
  /** in a file of several sheets */
  sheet: z.string().optional(),
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
  /** the one reason for which every bad row is bad, where there is one */
  cause: z.string().optional(),
  /** how many people have a telephone that at least two others have too */
  sharingTelephones: z.int().min(0),
  /** of a file: what was read and what was not */
  file: z
    .object({
      sheets: z.array(
        z.object({ name: z.string(), columns: z.record(z.string(), z.string()), ignored: z.array(z.string()) }),
      ),
      unread: z.array(z.string()),
      passedOver: z.array(z.object({ line: z.int(), sheet: z.string().optional() })),
      /** of a CSV file */
      encoding: z.object({ name: z.string(), guessed: z.boolean() }).optional(),
    })
    .optional(),
});

type ReadFile = Extract<RosterFile, { ok: true }>;

function viewFile({ sheets, unread, passedOver, encoding }: ReadFile) {
  return {
    sheets: sheets.map(({ name, columns, ignored }) => ({
      name,
      columns: Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, column?.header ?? ''])),
      ignored: ignored.map(({ header }) => header),
    })),
    unread: [...unread],
    passedOver: passedOver.map((row) => ({ ...row })),
    ...(encoding && { encoding: { ...encoding } }),
  };
}

/** The one thing that is wrong with all of the bad rows. */
function causeOf(items: readonly { problems: readonly { detail: string }[] }[]): string | undefined {
  const bad = items.flatMap(({ problems }) => (problems.length > 0 ? [problems.map(({ detail }) => detail)] : []));
  const [first] = bad[0] ?? [];
  return bad.length > 1 && bad.every((details) => details.every((detail) => detail === first)) ? first : undefined;
}

export function viewRosterReview(
  rows: readonly CheckedRow[],
  language: Language,
  file?: ReadFile,
): z.infer<typeof RosterReviewView> {
  const items = rows.map((row) => {
    const place = { line: row.line, ...(row.sheet !== undefined && { sheet: row.sheet }) };
    if (row.ok) return { ...place, ok: true, ...row.volunteer, problems: [] };
    const problems = row.problems.map(({ field, code, first, age }) => {
      const params = { ...(first !== undefined && { line: placeOf(first) }), ...(age !== undefined && { age }) };
      return { field, code, detail: fieldText(language, { pointer: '', code, params }) };
    });
    return { ...place, ok: false, ...row.values, problems };
  });
  const good = items.filter((item) => item.ok).length;
  const cause = causeOf(items);
  const typed = rows.map((row) => ({ ...row, phone: row.ok ? row.volunteer.phone : row.values.phone }));
  return {
    good,
    bad: items.length - good,
    items,
    nextCursor: null,
    ...(cause !== undefined && { cause }),
    sharingTelephones: sharingTelephones(typed),
    ...(file && { file: viewFile(file) }),
  };
}
