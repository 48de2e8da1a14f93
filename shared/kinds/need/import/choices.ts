import * as z from 'zod';
import type { FieldProblem } from '../../../domain/errors.ts';
import { line } from '../../../domain/text.ts';
import { needColumns } from './columns.ts';

/** Characters of a sheet's name; spreadsheet programs allow 31. */
const LONGEST_SHEET = 200;
const MOST_ROWS = 20_000;

/** Encodings that a person can name for a file of text, as `shared/spreadsheet/decode-text.ts` has them. */
export const namedEncodings = [
  'utf-8',
  'gb18030',
  'big5',
  'windows-1252',
  'windows-1251',
  'shift_jis',
  'euc-kr',
] as const;

/** What a column can hold: `amounts` of the item, or for the organization, that its heading names. */
export const columnUses = [...needColumns.map(({ field }) => field), 'amounts' as const];

const rowNumbers = z.array(z.int().min(1).max(1_048_576)).max(MOST_ROWS);

const SheetChoiceInput = z.strictObject({
  name: z.string().max(LONGEST_SHEET).default(''),
  use: z.boolean().optional(),
  headings: z.int().min(0).max(1_048_576).optional(),
  columns: z.record(z.string().regex(/^[A-Z]{1,3}$/), z.enum(columnUses).nullable()).optional(),
  organization: line(120).optional(),
  without: rowNumbers.optional(),
  take: rowNumbers.optional(),
});

/** What a person says of a file, where it would be read otherwise. What they say nothing of is found as before. */
export const ImportChoices = z.strictObject({
  encoding: z.enum(namedEncodings).optional(),
  /** each names its sheet; a file of text has one without a name */
  sheets: z.array(SheetChoiceInput).max(255).optional(),
});
export type ImportChoices = z.infer<typeof ImportChoices>;

/** Two columns of a sheet that a person says hold the same: of one amount, telephone or name nobody knows which counts. */
export function columnsNamedTwice({ sheets = [] }: ImportChoices): FieldProblem[] {
  return sheets.flatMap(({ columns = {} }, index) => {
    const byUse = Map.groupBy(Object.entries(columns), ([, use]) => use);
    return [...byUse].flatMap(([use, named]) => {
      if (use === null || use === 'amounts' || named.length < 2) return [];
      const letters = named.map(([column]) => column).join(', ');
      return [{ pointer: `/sheets/${index}/columns`, code: 'column-twice', params: { columns: letters, use } }];
    });
  });
}
