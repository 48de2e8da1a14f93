import * as z from 'zod';

/** A moment, ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 });
export type Instant = z.infer<typeof Instant>;

/** A day as people mean it: yyyy-mm-dd, in the hub's time zone. */
export const LocalDate = z.iso.date();
export type LocalDate = z.infer<typeof LocalDate>;

/** The time zone in which the hub counts its days. */
const HUB_OFFSET_HOURS = 8;
const DAY = 86_400_000;

export function instant(millis: number): Instant {
  return new Date(millis).toISOString();
}

/** The day it is at the hub. */
export function localDate(millis: number): LocalDate {
  return new Date(millis + HUB_OFFSET_HOURS * 3_600_000).toISOString().slice(0, 10);
}

/** The hour of the day at the hub: 0 to 23. */
export function hubHour(millis: number): number {
  return new Date(millis + HUB_OFFSET_HOURS * 3_600_000).getUTCHours();
}

/** The day `days` after `date` (before it, when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** The last millisecond of a day at the hub: a deadline "by the 3rd" includes the 3rd. */
export function endOfDay(date: LocalDate): Instant {
  return instant(Date.parse(date) + DAY - HUB_OFFSET_HOURS * 3_600_000 - 1);
}

/** The first moment of a day at the hub. */
export function startOfDay(date: LocalDate): Instant {
  return instant(Date.parse(date) - HUB_OFFSET_HOURS * 3_600_000);
}
