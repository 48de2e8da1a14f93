import { type LocalDate as Day, LocalDate } from '../time.ts';
import { foldWritten } from './number.ts';

const YEAR_FIRST = /^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?(?:日|号)?(?: ?(?:[T ] ?\d.*|之?前|以前|止))?$/;
const NO_YEAR = /^(\d{1,2}) ?月 ?(\d{1,2}) ?(?:日|号)?(?: ?(?:之?前|以前|止))?$/;
/** The numbers that a spreadsheet keeps for the days of 2000 to 2099. */
const SERIAL = { from: 36_526, to: 73_050 } as const;
const SERIAL_OF_1970 = 25_569;
const DAY = 86_400_000;

function day(year: string | number, month: string, date: string): Day | undefined {
  return LocalDate.safeParse(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`).data;
}

/**
 * A day as people and spreadsheet programs write it with the year first: 2020-2-3, 2020/02/03, 2020.2.3, 2020年2月3日前, 20200203, or
 * with a time after it. Undefined for anything else: 3/2/2020 is not the same day everywhere.
 */
export function readDay(written: string): Day | undefined {
  const text = foldWritten(written);
  const [, year = '', month = '', date = ''] = YEAR_FIRST.exec(text) ?? /^(20\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  return day(year, month, date);
}

/** The day that was typed; what is no day stays as it is, for the schema to refuse. */
export function typedDay(written: string): string {
  return readDay(written) ?? written;
}

export interface SheetDay {
  readonly day: Day;
  /** The cell held a spreadsheet's number of a day, or a month and day of which the next one to come is taken. */
  readonly notice?: 'date-from-number' | 'date-year-assumed';
}

/**
 * The day that a cell of a column of days names.
 * @param today of which a month and day without a year is the next one
 */
export function readSheetDay(written: string, today: Day): SheetDay | undefined {
  const found = readDay(written);
  if (found) return { day: found };
  const text = foldWritten(written);
  if (/^\d{5}$/.test(text) && Number(text) >= SERIAL.from && Number(text) <= SERIAL.to) {
    const from = new Date((Number(text) - SERIAL_OF_1970) * DAY).toISOString().slice(0, 10);
    return { day: from, notice: 'date-from-number' };
  }
  const [, month, date] = NO_YEAR.exec(text) ?? [];
  if (month === undefined || date === undefined) return undefined;
  const year = Number(today.slice(0, 4));
  // 29 February may be four years ahead
  for (const ahead of [0, 1, 2, 3, 4]) {
    const next = day(year + ahead, month, date);
    if (next !== undefined && next >= today) return { day: next, notice: 'date-year-assumed' };
  }
  return undefined;
}
