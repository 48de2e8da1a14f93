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
  const parts: string[] = [];
  let rest = Math.max(0, millis);
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length);
    if (count > 0 || parts.length > 0) parts.push(`${count} ${unit}`);
    rest -= count * length;
  }
  return parts.length === 0 ? `${Math.round(rest)} ms` : parts.slice(0, 2).join(' ');
}
