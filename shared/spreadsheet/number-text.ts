import type { NumberKind } from './number-format.ts';

/** A spreadsheet keeps so many digits of a number (IEEE 754 double, as Excel shows it); what follows was lost when it was typed. */
const KEPT_DIGITS = 15;
const DAY_SECONDS = 86_400;
/** The day after 9999-12-31, the last that spreadsheets know. */
const END_OF_DAYS = 2_958_466;
/** Days from the start of a workbook's calendar to 1970-01-01. */
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;
/** The calendar of 1900 has a 29 February that never was; the days before it are off by one. */
const INVENTED_DAY = 60;

/** A number in plain digits: no exponent, no trailing zeros after the point. */
function plain(value: number): string {
  if (Number.isSafeInteger(value) && Math.abs(value) < 10 ** KEPT_DIGITS) return String(value);
  const [mantissa = '', exponent = '0'] = value.toExponential(KEPT_DIGITS - 1).split('e');
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace(/[-.]/g, '');
  const point = Number(exponent) + 1;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const fraction = (point > 0 ? digits.slice(point) : `${'0'.repeat(-point)}${digits}`).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

const two = (number: number): string => (number < 10 ? `0${number}` : String(number));

function timeText(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
}

/** `yyyy-mm-dd` of a day counted from 1970-01-01. Reckoned here: a Date and its text cost ten times as much, for each of a million cells. */
function dayText(day: number): string {
  // years begin with March, so that leap days are last; eras have 400 years (H. Hinnant, chrono-compatible date algorithms)
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0);
  return `${year}-${two(month < 10 ? month + 3 : month - 9)}-${two(ofYear - Math.floor((153 * month + 2) / 5) + 1)}`;
}

function dateText(serial: number, date1904: boolean): string {
  const seconds = Math.round(serial * DAY_SECONDS);
  const ofDay = seconds % DAY_SECONDS;
  const day = Math.floor(seconds / DAY_SECONDS);
  if (day === 0 && seconds > 0) return timeText(ofDay);
  const sinceEpoch = date1904 ? day - EPOCH_1904 : day - EPOCH_1900 + (day < INVENTED_DAY ? 1 : 0);
  return ofDay === 0 ? dayText(sinceEpoch) : `${dayText(sinceEpoch)}T${timeText(ofDay)}`;
}

/**
 * What a person sees in a cell that holds a number: plain digits, `yyyy-mm-dd` (with `Thh:mm:ss` when there is a time
 * too), or a percentage. `imprecise` when it has more digits than a spreadsheet keeps, as an identity number has.
 */
export function numberText(
  stored: string,
  kind: NumberKind,
  date1904: boolean,
): { readonly text: string; readonly imprecise: boolean } {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return { text: stored, imprecise: false };
  if (kind === 'date' && value >= 0 && value < END_OF_DAYS)
    return { text: dateText(value, date1904), imprecise: false };
  if (Math.abs(value) >= 1e100 || (value !== 0 && Math.abs(value) < 1e-100)) return { text: stored, imprecise: true };
  if (kind === 'percent') return { text: `${plain(value * 100)}%`, imprecise: false };
  return { text: plain(value), imprecise: Math.abs(value) >= 10 ** KEPT_DIGITS };
}
