import type { MetricSpec } from '../template/blueprint.ts';
import type { Millis } from '../types.ts';

const MINUTE: Millis = 60_000;
/** What no alarm looks back to any more. */
const KEPT: Millis = 25 * 3_600_000;

interface Bucket {
  sum: number;
  count: number;
  max: number;
  min: number;
}

/** What was measured, by the minute, in memory: what was before a restart is not known. */
export interface Metrics {
  /** @param key namespace, name and `Name=Value` of each dimension, with blanks between */
  add(key: string, value: number): void;
  /** The statistic over a time; undefined where nothing was measured. */
  read(spec: MetricSpec, from: Millis, to: Millis): number | undefined;
  /** Whether this is measured here at all. */
  knows(key: string): boolean;
}

export function createMetrics(now: () => Millis): Metrics {
  const series = new Map<string, Map<number, Bucket>>();
  return {
    add(key, value) {
      const minutes = series.get(key) ?? new Map<number, Bucket>();
      series.set(key, minutes);
      const minute = Math.floor(now() / MINUTE);
      const bucket = minutes.get(minute) ?? { sum: 0, count: 0, max: -Infinity, min: Infinity };
      bucket.sum += value;
      bucket.count += 1;
      bucket.max = Math.max(bucket.max, value);
      bucket.min = Math.min(bucket.min, value);
      minutes.set(minute, bucket);
      // oldest first: they were put in in that order
      for (const old of minutes.keys()) {
        if (old * MINUTE > now() - KEPT) break;
        minutes.delete(old);
      }
    },
    read({ key, stat }, from, to) {
      const found = [...(series.get(key) ?? [])]
        .filter(([minute]) => minute * MINUTE >= from && minute * MINUTE < to)
        .map(([, bucket]) => bucket);
      if (found.length === 0) return undefined;
      const sum = found.reduce((all, bucket) => all + bucket.sum, 0);
      const count = found.reduce((all, bucket) => all + bucket.count, 0);
      if (stat === 'Sum') return sum;
      if (stat === 'SampleCount') return count;
      if (stat === 'Average') return sum / count;
      return stat === 'Maximum' ? Math.max(...found.map(({ max }) => max)) : Math.min(...found.map(({ min }) => min));
    },
    knows: (key) => series.has(key),
  };
}
