import { html, type Markup } from './html.ts';

/** A moment in milliseconds, to the second: in UTC, until the page's script has put it into the reader's own time. */
export function moment(at: number): Markup {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')}</time>`;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** A length of time in milliseconds in its two largest units. */
export function lasted(millis: number): string {
  const rest = Math.max(0, millis);
  const largest = units.findIndex(([, length]) => rest >= length);
  if (largest < 0) return `${Math.round(rest)} ms`;
  const parts = units.slice(largest, largest + 2).map(([unit, length], index) => {
    const whole = index === 0 ? rest : rest % (units[largest]?.[1] ?? rest);
    return [Math.floor(whole / length), unit] as const;
  });
  return parts
    .filter(([count]) => count > 0)
    .map((part) => part.join(' '))
    .join(' ');
}
