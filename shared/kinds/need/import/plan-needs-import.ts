import { foldBefore } from '../../../domain/same/fold.ts';
import { findHeader } from '../../../domain/sheet/find-header.ts';
import type { Sheet, SheetRow } from '../../../domain/sheet/sheet-row.ts';
import type { LocalDate } from '../../../domain/time.ts';
import { careTiers, urgencies } from '../input.ts';
import { MAX_LINES } from '../line.ts';
import { dayFields, isGoods, needColumns, requiredNeedFields } from './columns.ts';
import { higher } from './degrees.ts';
import type {
  AskedOfNeed,
  NeedsImportPlan,
  NoticeCode,
  PlannedNeed,
  PlannedSheet,
  RejectedCode,
  Remark,
} from './plan.ts';
import { type ReadRow, readRow } from './read-row.ts';

/** Characters; what the note of a need takes. */
const LONGEST_NOTE = 2000;

function importKey({ organization, province, city, district }: ReadRow): string {
  return JSON.stringify([organization, district, city, province].map(foldBefore));
}

/** What the rows say of the need as a whole: the first that says it, the highest degree, the earliest day, every note. */
function merge(rows: readonly ReadRow[], notices: Remark<NoticeCode>[]): AskedOfNeed {
  const merged: { -readonly [K in keyof AskedOfNeed]: AskedOfNeed[K] } = {};
  const notes = new Set<string>();
  for (const { place, asked } of rows) {
    for (const [field, column] of [
      ['name', 'contact'],
      ['phone', 'phone'],
      ['address', 'address'],
    ] as const) {
      const value = asked[field];
      if (value === undefined) continue;
      merged[field] ??= value;
      // a number without its extension is the same number
      const same = field === 'phone' ? merged.phone?.split(/转| \/ /).includes(value) : false;
      if (merged[field] !== value && !same) notices.push({ ...place, column, code: 'differs' });
    }
    const urgency = higher(urgencies, merged.urgency, asked.urgency);
    const careTier = higher(careTiers, merged.careTier, asked.careTier);
    if (urgency) merged.urgency = urgency;
    if (careTier) merged.careTier = careTier;
    for (const field of dayFields) {
      const [earliest] = [merged[field], asked[field]].filter((day) => day !== undefined).sort();
      if (earliest) merged[field] = earliest;
    }
    if (asked.note === undefined) continue;
    if ([...notes, asked.note].join('\n').length > LONGEST_NOTE)
      notices.push({ ...place, column: 'note', code: 'too-long', maximum: LONGEST_NOTE });
    else notes.add(asked.note);
  }
  if (notes.size > 0) merged.note = [...notes].join('\n');
  return merged;
}

/** In the order of 0.1.0, so that a sheet that was imported then is known again; what is asked since then comes after, where it is said. */
function contentKey(lines: readonly string[], asked: AskedOfNeed): string {
  const { name, phone, address, neededBy, urgency, careTier, note, ...since } = asked;
  const said = Object.entries(since).filter(([, value]) => value !== undefined);
  return JSON.stringify([lines.toSorted(), name, phone, address, neededBy, urgency, careTier, note, ...said]);
}

function planNeed(key: string, rows: readonly ReadRow[], notices: Remark<NoticeCode>[]): PlannedNeed[] {
  const [first] = rows;
  if (!first) return [];
  const merged = merge(rows, notices);
  const { name, phone, ...asked } = merged;
  const lines = rows.map(({ line }) => line);
  if (name !== undefined && phone === undefined)
    notices.push({ ...first.place, column: 'phone', code: 'phone-missing' });
  const contact = { ...(name !== undefined && { name }), ...(phone !== undefined && { phone }) };
  const written = lines.map(({ item, specification, quantity, unit }) =>
    JSON.stringify([item, specification, quantity, unit]),
  );
  const { organization, province, city, district } = first;
  return [
    {
      importKey: key,
      contentKey: contentKey(written, merged),
      organization,
      province,
      city,
      district,
      lines,
      ...((name !== undefined || phone !== undefined) && { contact }),
      ...asked,
      sourceLines: rows.map(({ place }) => place.line),
    },
  ];
}

/** How a sheet is read, and its rows below the headings. */
function readable({ name, rows }: Sheet): { readonly sheet: PlannedSheet; readonly data: readonly SheetRow[] } {
  const { at, columns, ignored } = findHeader(rows, needColumns, requiredNeedFields, { alsoHeading: isGoods });
  const missing = requiredNeedFields.filter((field) => columns[field] === undefined);
  const data = missing.length > 0 ? [] : rows.slice(at + 1);
  return { sheet: { name, columns, ignored, missing, rows: data.length }, data };
}

function byPlace<C extends string>(remarks: readonly Remark<C>[], sheets: readonly Sheet[]): Remark<C>[] {
  const order = new Map(sheets.map(({ name }, index) => [name, index]));
  const place = ({ sheet }: Remark<C>) => order.get(sheet ?? '') ?? 0;
  return remarks.toSorted((first, second) => place(first) - place(second) || first.line - second.line);
}

/**
 * What importing a coordinator's sheets would do. Finds the headings of each sheet (in Chinese or English, below any title), makes one
 * need of all rows of an organization in a district, and reports every row that it cannot use, once. Rows that ask for
 * the same item stay as they are. A need with more than `maxLines` lines is not split: its rows are reported.
 *
 * The same rows give the same plan, in the file's order.
 * @param options.today the day of the import: a month and day without a year is the next one from then
 */
export function planNeedsImport(
  sheets: readonly Sheet[],
  options: { readonly today: LocalDate; readonly maxLines?: number },
): NeedsImportPlan {
  const { today, maxLines = MAX_LINES } = options;
  const found = sheets.map(readable);
  const several = found.filter(({ sheet }) => sheet.missing.length === 0).length > 1;
  const rejected: Remark<RejectedCode>[] = [];
  const notices: Remark<NoticeCode>[] = [];
  const groups = new Map<string, ReadRow[]>();
  for (const { sheet, data } of found) {
    for (const row of data) {
      const place = { ...(several && { sheet: sheet.name }), line: row.line };
      const outcome = readRow(row, place, sheet.columns, notices, today);
      if ('rejected' in outcome) {
        rejected.push(outcome.rejected);
        continue;
      }
      const key = importKey(outcome.read);
      const group = groups.get(key);
      if (group) group.push(outcome.read);
      else groups.set(key, [outcome.read]);
    }
  }
  const needs: PlannedNeed[] = [];
  for (const [key, group] of groups) {
    if (group.length <= maxLines) needs.push(...planNeed(key, group, notices));
    else rejected.push(...group.map(({ place }) => ({ ...place, code: 'too-many-lines' as const, maximum: maxLines })));
  }
  const quantities = needs.flatMap((need) => need.lines.map(({ quantity }) => quantity));
  const [nearest] = found.map(({ sheet }) => sheet.missing).sort((first, second) => first.length - second.length);
  return {
    sheets: found.map(({ sheet }) => sheet),
    missing: nearest ?? requiredNeedFields,
    needs,
    rejected: byPlace(rejected, sheets),
    notices: byPlace(notices, sheets),
    totals: {
      rows: found.reduce((sum, { data }) => sum + data.length, 0),
      needs: needs.length,
      lines: quantities.length,
      unknownLines: quantities.filter((quantity) => quantity === null).length,
      pieces: quantities.reduce((sum: number, quantity) => sum + (quantity ?? 0), 0),
    },
  };
}
