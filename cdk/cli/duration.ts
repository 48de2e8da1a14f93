const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;

/** Milliseconds of `+3d`, `90m`, `1d12h`; undefined when it is no such thing. */
export function parseDuration(text: string): number | undefined {
  const match = /^\+?((?:\d+[smhdw])+)$/.exec(text.trim());
  if (!match?.[1]) return undefined;
  let millis = 0;
  for (const [, count, unit] of match[1].matchAll(/(\d+)([smhdw])/g)) {
    if (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' || unit === 'w')
      millis += Number(count) * UNITS[unit];
  }
  return Number.isSafeInteger(millis) ? millis : undefined;
}
