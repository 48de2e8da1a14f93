import * as z from 'zod';
import type { ImportPreview } from '../../../shared/case/import.ts';
import { Slug } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { Instant } from '../../../shared/domain/time.ts';
import { importRemarkText } from '../../../shared/i18n/spreadsheet.ts';

const Count = z.int().min(0);

/** A line as it will be made; `line` and `sheet` say where it stands in the file, as the person who opens it sees it. */
const PlannedLineView = z.object({
  sheet: z.string().optional(),
  line: Count,
  item: z.string(),
  specification: z.string().optional(),
  quantity: Count.nullable(),
  unit: z.string().optional(),
  written: z.string().optional(),
  dailyUse: Count.optional(),
  onHand: Count.optional(),
});

/** A row that was not used, or not in full, and why; `line` as the person who opens the file sees it. */
const RemarkView = z.object({
  sheet: z.string().optional(),
  line: Count,
  column: z.string().optional(),
  code: z.string(),
  value: z.string().optional(),
  maximum: z.number().optional(),
  detail: z.string(),
});

/** What running an import will make, and every row it cannot use. */
export const ImportView = z.object({
  id: Slug,
  plannedAt: Instant,
  columns: z.array(z.object({ field: z.string(), header: z.string() })),
  ignored: z.array(z.string()),
  /** every sheet and every column of it: `field` is what it is taken for, `amounts` of what its heading names */
  sheets: z.array(
    z.object({
      name: z.string(),
      use: z.enum(['read', 'columns-missing', 'left-out']),
      headings: Count,
      rows: Count,
      missing: z.array(z.string()),
      columns: z.array(
        z.object({
          column: z.string(),
          header: z.string(),
          field: z.string().optional(),
          guessed: z.boolean().optional(),
          sample: z.string().optional(),
        }),
      ),
    }),
  ),
  /** hidden sheets that have cells: nothing is taken from them */
  hidden: z.array(z.string()),
  encoding: z.object({ name: z.string(), guessed: z.boolean() }).optional(),
  totals: z.object({
    rows: Count,
    needs: Count,
    lines: Count,
    unknownLines: Count,
    pieces: Count,
    rejected: Count,
  }),
  needs: z.array(
    z.object({
      organization: z.string(),
      district: z.string(),
      lines: Count,
      unknownLines: Count,
      pieces: Count,
      sourceLines: z.array(Count),
      /** of a large file the first needs have theirs */
      items: z.array(PlannedLineView),
    }),
  ),
  rejected: z.array(RemarkView),
  notices: z.array(RemarkView),
  /** so many more than are listed */
  moreNotices: Count,
});

export function viewImport(preview: ImportPreview, language: Language): z.infer<typeof ImportView> {
  const explained = (remarks: ImportPreview['rejected']) =>
    remarks.map((remark) => ({ ...remark, detail: importRemarkText(language, remark) }));
  return ImportView.parse({
    ...preview,
    needs: preview.needs.map((need) => ({
      ...need,
      items: need.items.map(({ source, ...line }) => ({ ...line, ...source })),
    })),
    rejected: explained(preview.rejected),
    notices: explained(preview.notices),
  });
}
