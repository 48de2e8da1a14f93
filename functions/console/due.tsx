import type { Language } from '../../shared/domain/language.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import { Moment } from '../web/amounts.tsx';
import { listText } from './texts/lists.ts';

const HOUR = 3_600_000;

/** How much time is left, or how long it is over: `3 d left`, `5 h overdue`. */
export function leftText(language: Language, dueAt: Instant, now: number): string {
  const text = listText[language];
  const left = Date.parse(dueAt) - now;
  const hours = Math.floor(Math.abs(left) / HOUR);
  const days = Math.floor(hours / 24);
  if (left < 0) {
    if (days >= 2) return fill(text.lateDays, { days });
    return hours >= 1 ? fill(text.lateHours, { hours }) : text.lateNow;
  }
  if (days >= 2) return fill(text.inDays, { days });
  return hours >= 1 ? fill(text.inHours, { hours }) : text.inMinutes;
}

export function isOverdue(dueAt: Instant, now: number): boolean {
  return Date.parse(dueAt) < now;
}

/** When something is due, and how long that is from now. */
export function Due({ language, at }: { readonly language: Language; readonly at: Instant }) {
  const now = Date.now();
  return (
    <span class="due">
      <span class={isOverdue(at, now) ? 'late' : undefined}>{leftText(language, at, now)}</span>
      <span class="sub">
        <Moment at={at} />
      </span>
    </span>
  );
}
