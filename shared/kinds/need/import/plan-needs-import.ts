import { foldBefore } from '../../../domain/same/fold.ts';
import type { Sheet } from '../../../domain/sheet/sheet-row.ts';
import type { LocalDate } from '../../../domain/time.ts';
import { careTiers, urgencies } from '../input.ts';
import { MAX_LINES } from '../line.ts';
import { dayFields, requiredNeedFields } from './columns.ts';
import { higher } from './degrees.ts';
import { type Layout, layoutOf, type SheetChoice } from './layout.ts';
import type {
  AskedOfNeed,
  NeedsImportPlan,
  NoticeCode,
  PlannedLine,
  PlannedNeed,
  PlannedSheet,
  RejectedCode,
  Remark,
  RowPlace,
} from './plan.ts';
import { type ReadRow, type RowTexts, readRow } from './read-row.ts';

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

function linesOf(rows: readonly ReadRow[]): PlannedLine[] {
  return rows.flatMap(({ lines }) => lines);
}

/** In the form of 0.1.0 where a line tells no more than it did then. */
function lineKey({ item, specification, quantity, unit, dailyUse, onHand }: PlannedLine): string {
  const told = dailyUse !== undefined || onHand !== undefined ? [dailyUse, onHand] : [];
  return JSON.stringify([item, specification, quantity, unit, ...told]);
}

function planNeed(key: string, rows: readonly ReadRow[], notices: Remark<NoticeCode>[]): PlannedNeed[] {
  const [first] = rows;
  if (!first) return [];
  const merged = merge(rows, notices);
  const { name, phone, ...asked } = merged;
  const lines = linesOf(rows);
  if (name !== undefined && phone === undefined)
    notices.push({ ...first.place, column: 'phone', code: 'phone-missing' });
  const contact = { ...(name !== undefined && { name }), ...(phone !== undefined && { phone }) };
  const { organization, province, city, district } = first;
  return [
    {
      importKey: key,
      contentKey: contentKey(lines.map(lineKey), merged),
      organization,
      province,
      city,
      district,
      lines,
      ...((name !== undefined || phone !== undefined) && { contact }),
      ...asked,
      sources: rows.flatMap(({ place, lines: own }) => own.map(() => place)),
    },
  ];
}

function byPlace<C extends string>(remarks: readonly Remark<C>[], sheets: readonly Sheet[]): Remark<C>[] {
  const order = new Map(sheets.map(({ name }, index) => [name, index]));
  const place = ({ sheet }: Remark<C>) => order.get(sheet ?? '') ?? 0;
  return remarks.toSorted((first, second) => place(first) - place(second) || first.line - second.line);
}

/** A sheet, what a person says of it, and how it is read. */
interface Read {
  readonly sheet: Sheet;
  readonly choice: SheetChoice;
  readonly layout: Layout;
}

function isUsed({ choice, layout }: Read): boolean {
  return choice.use !== false && layout.missing.length === 0;
}

function plannedSheet(read: Read): PlannedSheet {
  const { sheet, choice, layout } = read;
  return {
    name: sheet.name,
    headings: layout.line,
    columns: layout.columns,
    across: layout.across?.columns ?? [],
    ignored: layout.ignored,
    leftOut: choice.use === false,
    missing: layout.missing,
    rows: isUsed(read) ? layout.rows.length : 0,
  };
}

/** Reads the rows of a sheet in their order, since a block's first row speaks for the rest of it. */
function readRows(
  { layout, choice }: Read,
  placeOf: (line: number) => RowPlace,
  notices: Remark<NoticeCode>[],
  today: LocalDate,
): { read: ReadRow[]; rejected: Remark<RejectedCode>[] } {
  const read: ReadRow[] = [];
  const rejected: Remark<RejectedCode>[] = [];
  notices.push(...layout.notices.map((notice) => ({ ...placeOf(layout.line), ...notice })));
  const leftOut = new Set(choice.without);
  const taken = new Set(choice.take);
  let above: RowTexts = {};
  for (const row of layout.rows) {
    const place = placeOf(row.line);
    if (leftOut.has(row.line)) {
      rejected.push({ ...place, code: 'left-out' });
      continue;
    }
    const outcome = readRow(row, place, layout, above, notices, today, taken.has(row.line));
    if ('read' in outcome) {
      read.push(...outcome.read);
      above = outcome.texts;
    } else {
      rejected.push(outcome.rejected);
      // the block above ends with its sum
      if (outcome.rejected.code === 'total-row') above = {};
    }
  }
  return { read, rejected };
}

/**
 * What importing a coordinator's sheets would do. Finds the headings of each sheet (in Chinese or English, below any title), or
 * the goods or sites across its top, makes one need of all rows of an organization in a district, and reports every row that it
 * cannot use, once. Rows that ask for the same item stay as they are. A need with more than `maxLines` lines is not split: its
 * rows are reported.
 *
 * The same rows give the same plan, in the file's order.
 * @param options.today the day of the import: a month and day without a year is the next one from then
 * @param options.choices what a person says of a sheet, by its name
 */
export function planNeedsImport(
  sheets: readonly Sheet[],
  options: {
    readonly today: LocalDate;
    readonly maxLines?: number;
    readonly choices?: Readonly<Record<string, SheetChoice>> | undefined;
  },
): NeedsImportPlan {
  const { today, maxLines = MAX_LINES, choices = {} } = options;
  const found = sheets.map((sheet): Read => {
    const choice = (Object.hasOwn(choices, sheet.name) && choices[sheet.name]) || {};
    return { sheet, choice, layout: layoutOf(sheet, choice) };
  });
  const used = found.filter(isUsed);
  const rejected: Remark<RejectedCode>[] = [];
  const notices: Remark<NoticeCode>[] = [];
  const groups = new Map<string, ReadRow[]>();
  for (const each of used) {
    const placeOf = (line: number) => ({ ...(used.length > 1 && { sheet: each.sheet.name }), line });
    const rows = readRows(each, placeOf, notices, today);
    rejected.push(...rows.rejected);
    for (const row of rows.read) {
      const key = importKey(row);
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
  }
  const needs: PlannedNeed[] = [];
  const tooMany: RowPlace[] = [];
  for (const [key, group] of groups) {
    if (linesOf(group).length <= maxLines) needs.push(...planNeed(key, group, notices));
    else tooMany.push(...group.map(({ place }) => place));
  }
  // a row that asks for several may have lines in a need that is made and in one that is not
  const made = new Set(needs.flatMap(({ sources }) => sources));
  for (const place of new Set(tooMany))
    (made.has(place) ? notices : rejected).push({ ...place, code: 'too-many-lines', maximum: maxLines });
  const quantities = needs.flatMap((need) => need.lines.map(({ quantity }) => quantity));
  const [nearest] = found.map(({ layout }) => layout.missing).sort((first, second) => first.length - second.length);
  return {
    sheets: found.map(plannedSheet),
    missing: used.length > 0 ? [] : (nearest ?? requiredNeedFields),
    needs,
    rejected: byPlace(rejected, sheets),
    notices: byPlace(notices, sheets),
    totals: {
      rows: used.reduce((sum, { layout }) => sum + layout.rows.length, 0),
      needs: needs.length,
      lines: quantities.length,
      unknownLines: quantities.filter((quantity) => quantity === null).length,
      pieces: quantities.reduce((sum: number, quantity) => sum + (quantity ?? 0), 0),
    },
  };
}
