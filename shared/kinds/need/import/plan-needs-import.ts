import { foldBefore } from '../../../domain/same/fold.ts';
import { findHeader } from '../../../domain/sheet/find-header.ts';
import type { SheetRow } from '../../../domain/sheet/sheet-row.ts';
import type { LocalDate } from '../../../domain/time.ts';
import { careTiers, urgencies } from '../input.ts';
import { MAX_LINES } from '../line.ts';
import { dayFields, needColumns, requiredNeedFields } from './columns.ts';
import { higher } from './degrees.ts';
import type { AskedOfNeed, NeedsImportPlan, NoticeCode, PlannedNeed, RejectedCode, Remark } from './plan.ts';
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
  for (const { sourceLine: line, asked } of rows) {
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
      if (merged[field] !== value && !same) notices.push({ line, column, code: 'differs' });
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
      notices.push({ line, column: 'note', code: 'too-long', maximum: LONGEST_NOTE });
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
    notices.push({ line: first.sourceLine, column: 'phone', code: 'phone-missing' });
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
      sourceLines: rows.map(({ sourceLine }) => sourceLine),
    },
  ];
}

/**
 * What importing a coordinator's sheet would do. Finds the headings (in Chinese or English, below any title), makes one
 * need of all rows of an organization in a district, and reports every row that it cannot use, once. Rows that ask for
 * the same item stay as they are. A need with more than `maxLines` lines is not split: its rows are reported.
 *
 * The same rows give the same plan, in the file's order.
 * @param options.today the day of the import: a month and day without a year is the next one from then
 */
export function planNeedsImport(
  rows: readonly SheetRow[],
  options: { readonly today: LocalDate; readonly maxLines?: number },
): NeedsImportPlan {
  const { today, maxLines = MAX_LINES } = options;
  const { at, columns, ignored } = findHeader(rows, needColumns, requiredNeedFields);
  const missing = requiredNeedFields.filter((field) => columns[field] === undefined);
  const data = missing.length > 0 ? [] : rows.slice(at + 1);
  const rejected: Remark<RejectedCode>[] = [];
  const notices: Remark<NoticeCode>[] = [];
  const groups = new Map<string, ReadRow[]>();
  for (const row of data) {
    const outcome = readRow(row, columns, notices, today);
    if ('rejected' in outcome) {
      rejected.push(outcome.rejected);
      continue;
    }
    const key = importKey(outcome.read);
    const group = groups.get(key);
    if (group) group.push(outcome.read);
    else groups.set(key, [outcome.read]);
  }
  const needs: PlannedNeed[] = [];
  for (const [key, group] of groups) {
    if (group.length <= maxLines) needs.push(...planNeed(key, group, notices));
    else
      rejected.push(
        ...group.map(({ sourceLine }) => ({ line: sourceLine, code: 'too-many-lines' as const, maximum: maxLines })),
      );
  }
  const quantities = needs.flatMap((need) => need.lines.map(({ quantity }) => quantity));
  return {
    columns,
    ignored,
    missing,
    needs,
    rejected: rejected.sort((first, second) => first.line - second.line),
    notices: notices.sort((first, second) => first.line - second.line),
    totals: {
      rows: data.length,
      needs: needs.length,
      lines: quantities.length,
      unknownLines: quantities.filter((quantity) => quantity === null).length,
      pieces: quantities.reduce((sum: number, quantity) => sum + (quantity ?? 0), 0),
    },
  };
}
