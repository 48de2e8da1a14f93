import type { Millis } from '../../types.ts';

const OFFSET_DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-](?:0\d|1[0-8]):[0-5]\d)$/;

/** Reads an ISO-8601 extended offset date-time; nothing when it is not one or names a day or time that does not exist. */
export function parseTimestamp(text: string): Millis | undefined {
  const parts = OFFSET_DATE_TIME.exec(text);
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const fraction = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  // Date.UTC takes years below 100 for those of the last century.
  const utc = (...time: [number, number, number, number]): Millis =>
    new Date(Date.UTC(2000, month - 1, 1, ...time)).setUTCFullYear(year, month - 1, day);
  const exists = hour < 24 && minute < 60 && second < 60 && month >= 1 && month <= 12 && day >= 1;
  if (!exists || new Date(utc(0, 0, 0, 0)).getUTCDate() !== day) return undefined;
  const zone = parts[8] ?? 'Z';
  const offset =
    zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  return utc(hour, minute, second, fraction) - offset * 60_000;
}
