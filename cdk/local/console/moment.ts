/** A moment in milliseconds as date and time in UTC, to the second. */
export function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
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
