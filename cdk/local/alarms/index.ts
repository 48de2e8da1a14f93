import type { DatabaseSync } from 'node:sqlite';
import type { AlarmSpec } from '../template/blueprint.ts';
import type { Clock, Millis, Timer } from '../types.ts';
import type { Metrics } from './metrics.ts';
import type { Sampler } from './sample.ts';

/** What an alarm comes to: `INSUFFICIENT_DATA` also where something that it watches is not measured here. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** An alarm as it is. */
export interface AlarmStatus {
  readonly name: string;
  readonly description: string;
  readonly state: AlarmState;
  /** Since when. */
  readonly since: Millis;
  /** The last value; undefined where there is none. */
  readonly value: number | undefined;
}

export interface AlarmsOptions {
  readonly alarms: readonly AlarmSpec[];
  readonly database: DatabaseSync;
  readonly metrics: Metrics;
  readonly sampler: Sampler;
  readonly clock: Clock;
  /** Takes each alarm that begins, and each that is over. */
  tell(alarm: AlarmStatus): void;
  say(line: string): void;
}

export interface Alarms {
  start(): void;
  list(): readonly AlarmStatus[];
  stop(): void;
}

const MINUTE: Millis = 60_000;
/** What must be heard is missed only after this: a start takes up what fell due while nothing ran. */
const GRACE: Millis = 5 * MINUTE;

const compares: Readonly<Record<AlarmSpec['comparison'], (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/**
 * Evaluates the template's alarms once a minute of the clock, as CloudWatch does, and tells once when one begins and once when it is over.
 * Their states are kept: a restart tells nothing anew.
 */
export function createAlarms(options: AlarmsOptions): Alarms {
  const { alarms, clock, database, metrics, sampler } = options;
  database.exec(
    'CREATE TABLE IF NOT EXISTS alarms (name TEXT PRIMARY KEY, state TEXT NOT NULL, since INTEGER NOT NULL) STRICT',
  );
  const find = database.prepare('SELECT state, since FROM alarms WHERE name = ?');
  const keep = database.prepare('INSERT OR REPLACE INTO alarms VALUES (?, ?, ?)');
  const values = new Map<string, number | undefined>();
  const begun = clock.now();
  let timer: Timer | undefined;
  let stopped = false;

  const known = (name: string): { state: AlarmState; since: Millis } => {
    const row = find.get(name);
    const state = row?.state === 'ALARM' || row?.state === 'OK' ? row.state : 'INSUFFICIENT_DATA';
    return { state, since: Number(row?.since ?? begun) };
  };

  /** The value of one period that ends so long ago. */
  const measured = (alarm: AlarmSpec, to: Millis): number | undefined => {
    const read = [...alarm.metrics].map(
      ([id, spec]) => [id, metrics.read(spec, to - alarm.seconds * 1_000, to)] as const,
    );
    return alarm.evaluate(new Map(read));
  };

  const judge = (alarm: AlarmSpec, now: Millis): AlarmState => {
    // the present minute too: what has just happened is told at once
    const end = Math.floor(now / MINUTE) * MINUTE + MINUTE;
    const points = Array.from({ length: alarm.periods }, (_, back) =>
      measured(alarm, end - back * alarm.seconds * 1_000),
    );
    values.set(alarm.name, points[0]);
    const there = points.filter((value) => value !== undefined);
    const breaching = there.filter((value) => compares[alarm.comparison](value, alarm.threshold)).length;
    const gone = points.length - there.length;
    const counted = breaching + (alarm.missing === 'breaching' ? gone : 0);
    if (alarm.missing === 'breaching' && counted >= alarm.toAlarm) {
      // what was before the start is not known
      const knows = now - begun >= Math.max(GRACE, alarm.seconds * 1_000 * alarm.periods);
      return knows ? 'ALARM' : 'INSUFFICIENT_DATA';
    }
    if (counted >= alarm.toAlarm) return 'ALARM';
    return there.length > 0 || alarm.missing === 'notBreaching' ? 'OK' : 'INSUFFICIENT_DATA';
  };

  const statusOf = (alarm: AlarmSpec): AlarmStatus => {
    const { name, description } = alarm;
    return { name, description, ...known(name), value: values.get(name) };
  };

  const evaluate = async (): Promise<void> => {
    const done = clock.busy('evaluate alarms');
    try {
      await sampler.sample();
      if (stopped) return;
      for (const alarm of alarms) {
        const before = known(alarm.name);
        const state = judge(alarm, clock.now());
        // one that began goes on until it is known to be over
        if (state === before.state || state === 'INSUFFICIENT_DATA') continue;
        keep.run(alarm.name, state, clock.now());
        if (state === 'ALARM' || before.state === 'ALARM') options.tell(statusOf(alarm));
      }
    } catch (error) {
      if (!stopped) options.say(`Alarms could not be evaluated: ${String(error)}`);
    } finally {
      done();
      arm();
    }
  };

  const arm = (): void => {
    if (stopped) return;
    timer = clock.at(Math.floor(clock.now() / MINUTE) * MINUTE + MINUTE, () => void evaluate());
  };

  return {
    start: arm,
    list: () => alarms.map(statusOf),
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
