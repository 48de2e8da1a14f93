import { Cron } from 'croner';
import type { Millis } from '../types.ts';

const units: Readonly<Record<string, Millis>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * When a schedule runs next after a moment; undefined when never again.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @param expression `rate(…)`, `cron(…)` or `at(…)`
 * @param timezone in which `cron` and `at` are read
 * @param origin when the schedule was made: rates count from there
 * @throws {RangeError} when the expression is none of these
 */
export function nextRun(expression: string, timezone: string, origin: Millis, after: Millis): Millis | undefined {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') {
    const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(inner) ?? [];
    const every = Number(count) * (units[unit] ?? Number.NaN);
    if (!(every > 0)) throw new RangeError(`Not a rate: ${expression}`);
    return origin + (Math.floor((after - origin) / every) + 1) * every;
  }
  if (kind === 'cron') {
    const fields = inner.trim().split(/\s+/);
    if (fields.length !== 6) throw new RangeError(`Not six fields: ${expression}`);
    if ((fields[2] === '?') === (fields[4] === '?')) {
      throw new RangeError(`Exactly one of day of month and day of week is ? on AWS: ${expression}`);
    }
    // The library counts seconds too, and knows AWS's weekdays (Sunday is 1) as the alternative ones.
    const cron = new Cron(`0 ${fields.join(' ').replaceAll('?', '*')}`, {
      timezone,
      mode: '7-part',
      alternativeWeekdays: true,
      // AWS's `0/10` and the like.
      sloppyRanges: true,
      paused: true,
    });
    return cron.nextRun(new Date(after))?.getTime();
  }
  if (kind === 'at') {
    const once = new Cron(inner, { timezone, paused: true }).nextRun(new Date(after));
    return once?.getTime();
  }
  throw new RangeError(`Not a schedule: ${expression}`);
}
