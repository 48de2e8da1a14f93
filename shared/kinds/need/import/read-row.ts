import { fold } from '../../../domain/same/fold.ts';
import { type Columns, foldHeading } from '../../../domain/sheet/find-header.ts';
import { parseDay } from '../../../domain/sheet/parse-day.ts';
import type { SheetRow } from '../../../domain/sheet/sheet-row.ts';
import { optionalLine } from '../../../domain/text.ts';
import { type NeedField, needFields } from './columns.ts';
import { type CareTier, readCareTier, readUrgency, type Urgency } from './degrees.ts';
import type { NoticeCode, PlannedLine, RejectedCode, Remark } from './plan.ts';
import { readQuantity } from './quantity.ts';
import { readContact } from './read-contact.ts';

/** What one usable row says about its need. */
export interface ReadRow {
  readonly sourceLine: number;
  readonly organization: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly line: PlannedLine;
  readonly asked: Asked;
}

/** What a row says of the whole need, besides its line. */
export interface Asked {
  readonly name?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly neededBy?: string;
  readonly urgency?: Urgency;
  readonly careTier?: CareTier;
  readonly note?: string;
}

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

const cellText = optionalLine(32_767);

function textsOf(row: SheetRow, columns: Columns<NeedField>): Texts {
  const texts: Texts = {};
  for (const field of needFields) {
    const index = columns[field]?.index;
    if (index === undefined) continue;
    // One amount written across several rows is not the amount of each.
    if (field === 'quantity' && row.merged?.includes(index)) continue;
    const text = cellText.safeParse((row.cells[index] ?? '').toWellFormed()).data;
    if (text !== undefined) texts[field] = text;
  }
  return texts;
}

type Problem = Omit<Remark<RejectedCode>, 'line'>;

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

function readAsked(texts: Texts, notice: (remark: Omit<Remark<NoticeCode>, 'line'>) => void): Asked {
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
  const { name, phone, unread } = readContact(texts.contact ?? '', texts.phone ?? '');
  if (unread) notice({ column: texts.phone === undefined ? 'contact' : 'phone', code: 'phone-unreadable' });
  const address = optional('address');
  const note = optional('note');
  const neededBy = degree('neededBy', parseDay, 'date-unreadable');
  const urgency = degree('urgency', readUrgency, 'urgency-unreadable');
  const careTier = degree('careTier', readCareTier, 'care-tier-unreadable');
  return {
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    ...(address !== undefined && { address }),
    ...(note !== undefined && { note }),
    ...(neededBy !== undefined && { neededBy }),
    ...(urgency !== undefined && { urgency }),
    ...(careTier !== undefined && { careTier }),
  };
}

/** Reads one row below the headings: what it asks for, or the one reason why it cannot be used. */
export function readRow(
  row: SheetRow,
  columns: Columns<NeedField>,
  notices: Remark<NoticeCode>[],
): { readonly read: ReadRow } | { readonly rejected: Remark<RejectedCode> } {
  const texts = textsOf(row, columns);
  const reject = (problem: Problem) => ({ rejected: { line: row.line, ...problem } });
  const problem = problemOf(texts, columns);
  if (problem) return reject(problem);
  const { organization = '', province = '', city = '', district = '', item = '', specification } = texts;
  const written = texts.quantity ?? '';
  const amount = readQuantity(written);
  const value = written.slice(0, 60);
  if (!amount.ok) return reject({ code: amount.code, column: 'quantity', value });
  if (amount.notice) notices.push({ line: row.line, column: 'quantity', code: amount.notice, value });
  const unit = amount.unit ?? texts.unit;
  const asked = readAsked(texts, (remark) => notices.push({ line: row.line, ...remark }));
  const line = {
    item,
    ...(specification !== undefined && { specification }),
    quantity: amount.quantity,
    ...(unit !== undefined && { unit }),
  };
  return { read: { sourceLine: row.line, organization, province, city, district, line, asked } };
}
