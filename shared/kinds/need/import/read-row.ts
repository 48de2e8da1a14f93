import { readSheetDay } from '../../../domain/read/day.ts';
import { COUNTED_IN, type QuantityReading, readQuantity } from '../../../domain/read/quantity.ts';
import { fold } from '../../../domain/same/fold.ts';
import { type Column, type Columns, foldHeading } from '../../../domain/sheet/find-header.ts';
import type { SheetRow } from '../../../domain/sheet/sheet-row.ts';
import { optionalLine } from '../../../domain/text.ts';
import type { LocalDate } from '../../../domain/time.ts';
import { urgencies } from '../input.ts';
import { LONGEST_WRITTEN, MOST_COUNTED, Quantity } from '../line.ts';
import { type DayField, dayFields, type NeedField, needColumns } from './columns.ts';
import { higher, readCareTier, readUrgency } from './degrees.ts';
import type { Layout } from './layout.ts';
import { notANeed } from './not-a-need.ts';
import type { AskedOfNeed, NoticeCode, PlannedLine, RejectedCode, Remark, RowPlace } from './plan.ts';
import { readContact } from './read-contact.ts';
import { type Parts, splitItems } from './split-items.ts';

/** What one usable row says about a need. */
export interface ReadRow {
  readonly place: RowPlace;
  readonly organization: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly lines: readonly PlannedLine[];
  readonly asked: AskedOfNeed;
}

export type RowTexts = Partial<Record<NeedField, string>>;

/** Characters; what the specification of a line takes. */
const LONGEST_SPECIFICATION = 300;

/** Characters, as the fields of a need have them at most. */
const maxima: Readonly<Partial<Record<NeedField, number>>> = {
  organization: 120,
  province: 40,
  city: 40,
  district: 40,
  item: 120,
  specification: LONGEST_SPECIFICATION,
  unit: 20,
  address: 200,
  note: 500,
};
/** A row with one of these cut short or left out would ask for something else; any other cell can be left out. */
const essential = ['organization', 'province', 'city', 'district', 'item', 'specification', 'unit'] as const;
/** What people write for "as in the row above". */
const DITTO = /^(?:同上|同前|同上行|〃|″|ditto|as above|same as above)$/i;
const RATE = / ?(?:\/|每|per) ?(?:天|日|day|d)$/i;

/** A formula that was kept without its value, or an error of the spreadsheet: content that nobody can read. */
const UNREADABLE = /^(=|#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!))/i;

const places = ['province', 'city', 'district'] as const;
const counted = ['quantity', 'dailyUse', 'onHand'] as const;
/** Characters of a cell that a remark repeats. */
const SHOWN = 60;

const cellText = optionalLine(32_767);

type Notice = (remark: Omit<Remark<NoticeCode>, keyof RowPlace>) => void;

/** What the cells of a row say, by field; `above` is what the row above said. */
function textsOf(row: SheetRow, columns: Columns<NeedField>, above: RowTexts, notice: Notice): RowTexts {
  const texts: RowTexts = {};
  for (const { field } of needColumns) {
    const index = columns[field]?.index;
    if (index === undefined) continue;
    // One amount written across several rows is not the amount of each.
    if (row.merged?.includes(index) && counted.some((each) => each === field)) continue;
    const text = cellText.safeParse((row.cells[index] ?? '').toWellFormed()).data;
    if (text === undefined) continue;
    if (UNREADABLE.test(text) && field !== 'quantity') notice({ column: field, code: 'cell-unreadable' });
    else if (DITTO.test(text) && above[field] !== undefined) {
      texts[field] = above[field];
      notice({ column: field, code: 'as-above' });
    } else texts[field] = text;
  }
  return texts;
}

/**
 * A row of a block has its organization, and its place, from the first row of the block. One that names a place of its own is none of
 * a block: whoever wrote it left the organization out.
 */
function filledDown(
  row: SheetRow,
  columns: Columns<NeedField>,
  texts: RowTexts,
  above: RowTexts,
  notice: Notice,
): RowTexts {
  const filled = { ...texts };
  const isOwn = (field: NeedField) => texts[field] !== undefined && !row.merged?.includes(columns[field]?.index ?? -1);
  const agrees = places.every((field) => texts[field] === undefined || texts[field] === above[field]);
  const block = texts.organization === undefined && agrees && !places.some(isOwn) ? above.organization : undefined;
  if (block !== undefined) {
    filled.organization = block;
    notice({ column: 'organization', code: 'as-above' });
  }
  const isSame = texts.organization !== undefined && fold(texts.organization) === fold(above.organization ?? '');
  if (!agrees || (block === undefined && !isSame)) return filled;
  for (const field of places) {
    if (filled[field] !== undefined || above[field] === undefined) continue;
    filled[field] = above[field];
    if (block === undefined) notice({ column: field, code: 'as-above' });
  }
  return filled;
}

type Problem = Omit<Remark<RejectedCode>, keyof RowPlace>;

function problemOf(texts: RowTexts): Problem | undefined {
  const { organization = '', item = '' } = texts;
  if (fold(organization) === '') return { code: 'organization-missing', column: 'organization' };
  if (fold(item) === '') return { code: 'item-missing', column: 'item' };
  for (const column of essential) {
    const maximum = maxima[column];
    if (maximum !== undefined && (texts[column] ?? '').length > maximum) return { code: 'too-long', column, maximum };
  }
  return undefined;
}

function readDays(texts: RowTexts, today: LocalDate, notice: Notice): { readonly [F in DayField]?: LocalDate } {
  const days: { [F in DayField]?: LocalDate } = {};
  for (const field of dayFields) {
    const text = texts[field];
    if (text === undefined) continue;
    const found = readSheetDay(text, today);
    const code = found ? found.notice : 'date-unreadable';
    if (code) notice({ column: field, code, value: text });
    if (found) days[field] = found.day;
  }
  return days;
}

function readAsked(texts: RowTexts, today: LocalDate, notice: Notice): AskedOfNeed {
  const optional = (column: 'address' | 'note') => {
    const text = texts[column];
    const maximum = maxima[column];
    if (text === undefined || maximum === undefined || text.length <= maximum) return text;
    notice({ column, code: 'too-long', maximum });
    return undefined;
  };
  const degree = <T>(column: NeedField, read: (text: string) => T | undefined, code: NoticeCode) => {
    const value = texts[column];
    const found = value === undefined ? undefined : read(value);
    if (value !== undefined && found === undefined) notice({ column, code, value });
    return found;
  };
  const { name, phone, more, notices } = readContact(texts.contact ?? '', texts.phone ?? '');
  for (const code of notices) notice({ column: texts.phone === undefined ? 'contact' : 'phone', code });
  const address = optional('address');
  const note = [optional('note'), more?.slice(0, maxima.note)].filter(Boolean).join('\n');
  const days = readDays(texts, today, notice);
  const urgency = degree('urgency', readUrgency, 'urgency-unreadable');
  const careTier = degree('careTier', readCareTier, 'care-tier-unreadable');
  return {
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(address !== undefined && { address }),
    ...(note !== '' && { note }),
    ...days,
    ...(urgency !== undefined && { urgency }),
    ...(careTier !== undefined && { careTier }),
  };
}

/** Daily use and stock, which are kept on the line as such and change no amount. */
function countsOf(texts: RowTexts, isOne: boolean, notice: Notice): Pick<PlannedLine, 'dailyUse' | 'onHand'> {
  const counts: { dailyUse?: number; onHand?: number } = {};
  for (const column of ['dailyUse', 'onHand'] as const) {
    const text = texts[column];
    if (text === undefined) continue;
    const value = text.slice(0, SHOWN);
    const reading = readQuantity(column === 'dailyUse' ? text.replace(RATE, '') : text);
    const count = reading.is === 'not-needed' ? 0 : reading.is === 'amount' ? reading.quantity : undefined;
    if (!isOne) notice({ column, code: 'count-of-several', value });
    else if (count === undefined || count > MOST_COUNTED) notice({ column, code: 'count-unreadable', value });
    else counts[column] = count;
  }
  return counts;
}

type Amount = Pick<PlannedLine, 'quantity' | 'unit' | 'specification' | 'written'>;
type Asks = Exclude<QuantityReading, { is: 'not-needed' }>;

/** The unit that every number of an amount has which cannot be read: "10台/5台". */
function unitWithin(text: string): string | undefined {
  const units = [...text.normalize('NFKC').matchAll(/\d ?(\p{L}{1,2})/gu)].map(([, unit = '']) => unit);
  const [first] = units;
  return first !== undefined && COUNTED_IN.test(first) && units.every((unit) => unit === first) ? first : undefined;
}

/** The amount of a line; one that cannot be read is unknown, with its words and a notice that has them. */
function amountOf(reading: Asks, text: string, notice: (code: NoticeCode) => void): Amount {
  const written = text.slice(0, LONGEST_WRITTEN);
  if (reading.is === 'nothing') return { quantity: null };
  if (reading.is !== 'amount') {
    if (reading.is !== 'unknown') notice(reading.is === 'problem' ? reading.code : 'quantity-in-words');
    const unit = reading.is === 'problem' && reading.code === 'quantity-unclear' ? unitWithin(written) : undefined;
    return { quantity: null, written, ...(unit && { unit }) };
  }
  const { quantity, unit, specification, bare, notice: code } = reading;
  // In volunteers' sheets a bare 1 stands for "needed, amount not given"; who writes a unit ("1台") means one.
  if (bare && quantity === 1) return { quantity: null };
  const fits = Quantity.safeParse(quantity).success;
  if (!fits) notice('quantity-too-large');
  else if (code) notice(code);
  return {
    quantity: fits ? quantity : null,
    ...(unit && { unit }),
    ...(specification && { specification }),
    ...((!fits || (code && code !== 'quantity-contents')) && { written }),
  };
}

/** What is asked for, and how much of it, before it is read: a part of a list's row, or a cell of a table that goes across. */
interface Wanted {
  readonly item: string;
  readonly written: string;
  readonly unit?: string | undefined;
  readonly specification?: string | undefined;
}

interface ReadLines {
  readonly lines: readonly PlannedLine[];
  readonly isUrgent: boolean;
  /** Why there is no line: all that was written is that nothing is needed. */
  readonly none?: Problem;
}

function readLines(wanted: readonly Wanted[], together: boolean, counts: object, notice: Notice): ReadLines {
  const lines: PlannedLine[] = [];
  const none: Problem[] = [];
  let isUrgent = false;
  for (const { item, written, ...asked } of wanted) {
    const value = written.slice(0, SHOWN);
    const reading = readQuantity(written);
    if (reading.is === 'not-needed' || (reading.is === 'amount' && reading.quantity === 0)) {
      none.push({ code: reading.is === 'amount' ? 'quantity-zero' : 'not-needed', column: 'quantity', value });
      continue;
    }
    const tell = (code: NoticeCode) => notice({ column: 'quantity', code, value });
    const amount = together ? { quantity: null, written: value } : amountOf(reading, written, tell);
    if (amount.unit && asked.unit && amount.unit !== asked.unit)
      notice({ column: 'unit', code: 'unit-differs', value });
    const unit = amount.unit ?? asked.unit;
    const both = [asked.specification, amount.specification].filter(Boolean).join(' ');
    const specification = both.length <= LONGEST_SPECIFICATION ? both : (asked.specification ?? '');
    if ('urgent' in reading) {
      isUrgent = true;
      tell('urgency-from-quantity');
    }
    lines.push({
      item,
      ...(specification !== '' && { specification }),
      quantity: amount.quantity,
      ...(unit !== undefined && { unit }),
      ...(amount.written !== undefined && { written: amount.written }),
      ...counts,
    });
  }
  const [first] = none;
  if (lines.length > 0 && first) notice({ ...first, code: 'partly-not-needed' });
  return { lines, isUrgent, ...(lines.length === 0 && first && { none: first }) };
}

/** A list's row in its parts. Lines of one cell are parts as well, or a name that was wrapped. */
function partsOf(row: SheetRow, columns: Columns<NeedField>, { item = '', quantity = '' }: RowTexts): Parts {
  const lined = (column: Column | undefined, text: string) => {
    const cell = row.cells[column?.index ?? -1] ?? '';
    return /[\r\n]/.test(cell) ? cell : text;
  };
  const split = splitItems(lined(columns.item, item), lined(columns.quantity, quantity));
  return split.parts.length > 1 ? split : splitItems(item, quantity);
}

/** A row as it was read: what it asks for, of one or of several organizations, or the one reason why it cannot be used. */
export type RowOutcome =
  | { readonly read: readonly ReadRow[]; readonly texts: RowTexts }
  | { readonly rejected: Remark<RejectedCode> };

/** The cells of a table that goes across, each with what its column's heading names. */
function cellsAcross(row: SheetRow, { columns }: NonNullable<Layout['across']>) {
  return columns.flatMap((column) => {
    const written = cellText.safeParse((row.cells[column.index] ?? '').toWellFormed()).data;
    const isRepeated = row.merged?.includes(column.index) ?? false;
    return written === undefined || isRepeated ? [] : [{ ...column, written }];
  });
}

/**
 * Reads one row below the headings.
 * @param above what the row above said, if it was used
 * @param isTaken somebody said that it asks for something, whatever it looks like
 */
export function readRow(
  row: SheetRow,
  place: RowPlace,
  layout: Layout,
  above: RowTexts,
  notices: Remark<NoticeCode>[],
  today: LocalDate,
  isTaken = false,
): RowOutcome {
  const { columns, across, said } = layout;
  const seen: Remark<NoticeCode>[] = [];
  const notice: Notice = (remark) => seen.push({ ...place, ...remark });
  const reject = (problem: Problem) => ({ rejected: { ...place, ...problem } });
  const own = textsOf(row, columns, above, notice);
  const { item = '', organization = '', province = '', city = '', district = '' } = own;
  const kind = isTaken ? undefined : notANeed(row.cells, { item, organization, province, city, district });
  if (kind) return reject(kind);
  const repeats = (['organization', 'item'] as const).filter((field) => columns[field] !== undefined);
  if (
    !isTaken &&
    repeats.length > 0 &&
    repeats.every((field) => foldHeading(own[field] ?? '') === foldHeading(columns[field]?.header ?? ''))
  )
    return reject({ code: 'header-again' });
  const texts = { ...said, ...filledDown(row, columns, own, above, notice) };
  const cells = across ? cellsAcross(row, across) : [];
  // where the headings name one of the two, the cells stand for it
  const probe = across ? { ...texts, [across.of]: cells[0]?.name ?? 'x' } : texts;
  const problem = problemOf(probe);
  if (problem) return reject(problem);
  if (across && cells.length === 0) return reject({ code: 'nothing-asked' });
  const read: ReadRow[] = [];
  let none: Problem | undefined;
  const asked = readAsked(texts, today, notice);
  const add = (name: string, { lines, isUrgent, none: why }: ReadLines) => {
    none ??= why;
    if (lines.length === 0) return;
    read.push({
      place,
      organization: name,
      province: texts.province ?? '',
      city: texts.city ?? '',
      district: texts.district ?? '',
      lines,
      asked: isUrgent ? { ...asked, urgency: higher(urgencies, asked.urgency, 'urgent') ?? 'urgent' } : asked,
    });
  };
  const { unit, specification } = texts;
  if (across?.of === 'item') {
    const wanted = cells.map((cell) => ({
      item: cell.name,
      written: cell.written,
      unit: cell.unit ?? unit,
      specification: [cell.specification, specification].filter(Boolean).join(' '),
    }));
    add(texts.organization ?? '', readLines(wanted, false, {}, notice));
  } else if (across) {
    const counts = countsOf(texts, cells.length === 1, notice);
    for (const { name, written } of cells)
      add(name, readLines([{ item: texts.item ?? '', written, unit, specification }], false, counts, notice));
  } else {
    const { parts, together = false } = partsOf(row, columns, texts);
    const words = [texts.item, texts.quantity].filter(Boolean).join(' ').slice(0, SHOWN);
    if (parts.length > 1)
      notice({ column: 'item', code: together ? 'quantity-together' : 'items-split', value: words });
    const counts = countsOf(texts, parts.length === 1, notice);
    const wanted = parts.map((part) => ({ ...part, unit, specification }));
    add(texts.organization ?? '', readLines(wanted, together, counts, notice));
  }
  if (read.length === 0) return reject(none ?? { code: 'nothing-asked' });
  notices.push(...seen);
  return { read, texts };
}
