import { readSheetDay } from '../../../domain/read/day.ts';
import { type QuantityReading, readQuantity } from '../../../domain/read/quantity.ts';
import { fold } from '../../../domain/same/fold.ts';
import { type Columns, foldHeading } from '../../../domain/sheet/find-header.ts';
import type { SheetRow } from '../../../domain/sheet/sheet-row.ts';
import { optionalLine } from '../../../domain/text.ts';
import type { LocalDate } from '../../../domain/time.ts';
import { urgencies } from '../input.ts';
import { Quantity } from '../line.ts';
import { type DayField, dayFields, type NeedField, needColumns } from './columns.ts';
import { higher, readCareTier, readUrgency } from './degrees.ts';
import type { AskedOfNeed, NoticeCode, PlannedLine, RejectedCode, Remark } from './plan.ts';
import { readContact } from './read-contact.ts';

/** What one usable row says about its need. */
export interface ReadRow {
  readonly place: RowPlace;
  readonly organization: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly line: PlannedLine;
  readonly asked: AskedOfNeed;
}

/** Where a row stands in the file. */
export type RowPlace = Pick<Remark<string>, 'sheet' | 'line'>;

type Texts = Partial<Record<NeedField, string>>;

/** Characters, as the fields of a need have them at most. */
const maxima: Readonly<Partial<Record<NeedField, number>>> = {
  organization: 120,
  province: 40,
  city: 40,
  district: 40,
  item: 120,
  specification: 300,
  unit: 20,
  address: 200,
  note: 500,
};
/** A row with one of these cut short or left out would ask for something else; any other cell can be left out. */
const essential = ['organization', 'province', 'city', 'district', 'item', 'specification', 'unit'] as const;
const TOTAL = /^(合计|总计|共计|小计|总数|total|subtotal|sum|grandtotal)$/;

/** A formula that was kept without its value, or an error of the spreadsheet: content that nobody can read. */
const UNREADABLE = /^(=|#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!))/i;

const cellText = optionalLine(32_767);

type Notice = (remark: Omit<Remark<NoticeCode>, keyof RowPlace>) => void;

function textsOf(row: SheetRow, columns: Columns<NeedField>, notice: Notice): Texts {
  const texts: Texts = {};
  for (const { field } of needColumns) {
    const index = columns[field]?.index;
    if (index === undefined) continue;
    // One amount written across several rows is not the amount of each.
    if (field === 'quantity' && row.merged?.includes(index)) continue;
    const text = cellText.safeParse((row.cells[index] ?? '').toWellFormed()).data;
    if (text === undefined) continue;
    if (UNREADABLE.test(text) && field !== 'quantity') notice({ column: field, code: 'cell-unreadable' });
    else texts[field] = text;
  }
  return texts;
}

type Problem = Omit<Remark<RejectedCode>, keyof RowPlace>;

function problemOf(texts: Texts, columns: Columns<NeedField>): Problem | undefined {
  const { organization = '', item = '' } = texts;
  const headings = (['organization', 'item'] as const).every(
    (field) => foldHeading(texts[field] ?? '') === foldHeading(columns[field]?.header ?? ''),
  );
  if (headings) return { code: 'header-again' };
  for (const column of ['organization', 'province', 'city', 'district', 'item'] as const)
    if (TOTAL.test(foldHeading(texts[column] ?? ''))) return { code: 'total-row', column };
  if (fold(organization) === '') return { code: 'organization-missing', column: 'organization' };
  if (fold(item) === '') return { code: 'item-missing', column: 'item' };
  for (const column of essential) {
    const maximum = maxima[column];
    if (maximum !== undefined && (texts[column] ?? '').length > maximum) return { code: 'too-long', column, maximum };
  }
  return undefined;
}

function readDays(texts: Texts, today: LocalDate, notice: Notice): { readonly [F in DayField]?: LocalDate } {
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

function readAsked(texts: Texts, today: LocalDate, notice: Notice): AskedOfNeed {
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
  const { name, phone, notices } = readContact(texts.contact ?? '', texts.phone ?? '');
  for (const code of notices) notice({ column: texts.phone === undefined ? 'contact' : 'phone', code });
  const address = optional('address');
  const note = optional('note');
  const days = readDays(texts, today, notice);
  const urgency = degree('urgency', readUrgency, 'urgency-unreadable');
  const careTier = degree('careTier', readCareTier, 'care-tier-unreadable');
  return {
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(address !== undefined && { address }),
    ...(note !== undefined && { note }),
    ...days,
    ...(urgency !== undefined && { urgency }),
    ...(careTier !== undefined && { careTier }),
  };
}

type Amount = Pick<PlannedLine, 'quantity' | 'unit' | 'specification'>;

/** The amount of a line; one that cannot be read is unknown, with a notice that has the words. */
function amountOf(reading: Exclude<QuantityReading, { is: 'not-needed' }>, notice: (code: NoticeCode) => void): Amount {
  if (reading.is === 'nothing') return { quantity: null };
  if (reading.is !== 'amount') {
    notice(reading.is === 'problem' ? reading.code : 'quantity-in-words');
    return { quantity: null };
  }
  const { quantity, unit, specification, bare, notice: code } = reading;
  // In volunteers' sheets a bare 1 stands for "needed, amount not given"; who writes a unit ("1台") means one.
  if (bare && quantity === 1) return { quantity: null };
  const fits = Quantity.safeParse(quantity).success;
  if (!fits) notice('quantity-too-large');
  else if (code) notice(code);
  return { quantity: fits ? quantity : null, ...(unit && { unit }), ...(specification && { specification }) };
}

/** Reads one row below the headings: what it asks for, or the one reason why it cannot be used. */
export function readRow(
  row: SheetRow,
  place: RowPlace,
  columns: Columns<NeedField>,
  notices: Remark<NoticeCode>[],
  today: LocalDate,
): { readonly read: ReadRow } | { readonly rejected: Remark<RejectedCode> } {
  const seen: Remark<NoticeCode>[] = [];
  const notice: Notice = (remark) => seen.push({ ...place, ...remark });
  const texts = textsOf(row, columns, notice);
  const reject = (problem: Problem) => ({ rejected: { ...place, ...problem } });
  const problem = problemOf(texts, columns);
  if (problem) return reject(problem);
  const { organization = '', province = '', city = '', district = '', item = '' } = texts;
  const written = texts.quantity ?? '';
  const value = written.slice(0, 60);
  const reading = readQuantity(written);
  if (reading.is === 'not-needed') return reject({ code: 'not-needed', column: 'quantity', value });
  if (reading.is === 'amount' && reading.quantity === 0)
    return reject({ code: 'quantity-zero', column: 'quantity', value });
  const amount = amountOf(reading, (code) => notice({ column: 'quantity', code, value }));
  if (amount.unit && texts.unit && amount.unit !== texts.unit) notice({ column: 'unit', code: 'unit-differs', value });
  const unit = amount.unit ?? texts.unit;
  const specification = [texts.specification, amount.specification].filter(Boolean).join(' ');
  const read = readAsked(texts, today, notice);
  const urgent = 'urgent' in reading;
  if (urgent) notice({ column: 'quantity', code: 'urgency-from-quantity', value });
  const asked = { ...read, ...(urgent && { urgency: higher(urgencies, read.urgency, 'urgent') ?? 'urgent' }) };
  const line = {
    item,
    ...(specification !== '' && { specification }),
    quantity: amount.quantity,
    ...(unit !== undefined && { unit }),
  };
  notices.push(...seen);
  return { read: { place, organization, province, city, district, line, asked } };
}
