import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ScheduleSpec } from '../template/blueprint.ts';
import type { Clock, Millis, Timer } from '../types.ts';
import { nextRun } from './next-run.ts';

export interface SchedulesOptions {
  readonly schedules: readonly ScheduleSpec[];
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly accountId: string;
  readonly region: string;
  /** Calls the target once, in the schedule's role; throws when that was refused. */
  deliver(schedule: ScheduleSpec, payload: string): Promise<void>;
  /** Puts the event of a target that could not be called into the dead-letter queue. */
  giveUp(schedule: ScheduleSpec, payload: string, error: unknown): Promise<void>;
  say(line: string): void;
}

/** What a schedule has done and will do. */
export interface ScheduleState {
  readonly schedule: ScheduleSpec;
  readonly lastRun: Millis | undefined;
  readonly nextRun: Millis | undefined;
}

export interface Schedules {
  start(): void;
  list(): readonly ScheduleState[];
  stop(): void;
}

const FIRST_WAIT: Millis = 1_000;
const LONGEST_WAIT: Millis = 300_000;

/**
 * Runs schedules on the clock. When each ran last is kept: what fell due while nothing ran here runs once at the start.
 */
export function createSchedules(options: SchedulesOptions): Schedules {
  const { clock, database } = options;
  database.exec(
    'CREATE TABLE IF NOT EXISTS schedules (name TEXT PRIMARY KEY, expression TEXT NOT NULL, made INTEGER NOT NULL, ran INTEGER) STRICT',
  );
  const find = database.prepare('SELECT made, ran FROM schedules WHERE name = ? AND expression = ?');
  const make = database.prepare('INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, NULL)');
  const ran = database.prepare('UPDATE schedules SET ran = max(coalesce(ran, 0), ?) WHERE name = ?');
  const timers = new Map<string, { timer: Timer; at: Millis }>();
  const retries = new Set<Timer>();
  let stopped = false;

  const known = ({ name, expression }: ScheduleSpec): { made: Millis; ran: Millis | undefined } => {
    const row = find.get(name, expression);
    if (row === undefined) {
      make.run(name, expression, clock.now());
      return { made: clock.now(), ran: undefined };
    }
    return { made: Number(row.made), ran: row.ran === null ? undefined : Number(row.ran) };
  };

  /** Notes a run. What a full disk does not take is no failure of the run, which comes again after the next start. */
  const note = (schedule: ScheduleSpec, at: Millis): void => {
    if (stopped) return;
    try {
      ran.run(at, schedule.name);
    } catch (error) {
      options.say(`That the schedule ${schedule.name} ran could not be noted: ${String(error)}`);
    }
  };

  /** Makes the run of the moment `at`; it counts as made when that is over, so that a kill before makes it come again. */
  const attempt = async (schedule: ScheduleSpec, at: Millis, since: Millis, attempts: number): Promise<void> => {
    const done = clock.busy(`schedule ${schedule.name}`);
    const payload = payloadOf(schedule, at, attempts + 1, options);
    try {
      await options.deliver(schedule, payload);
      note(schedule, at);
    } catch (error) {
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempts);
      const late = clock.now() + wait - since > schedule.maxEventAgeSeconds * 1_000;
      if (stopped) return;
      if (attempts >= schedule.maxRetryAttempts || late) {
        options.say(`The schedule ${schedule.name} could not call its target: ${String(error)}`);
        await options.giveUp(schedule, payload, error).catch((failure) => options.say(String(failure)));
        note(schedule, at);
        return;
      }
      const timer = clock.at(clock.now() + wait, () => {
        retries.delete(timer);
        void attempt(schedule, at, since, attempts + 1);
      });
      retries.add(timer);
    } finally {
      done();
    }
  };

  const arm = (schedule: ScheduleSpec, after: Millis, made: Millis): void => {
    const at = nextRun(schedule.expression, schedule.timezone, made, after);
    if (at === undefined || stopped) return void timers.delete(schedule.name);
    const timer = clock.at(at, () => {
      void attempt(schedule, at, clock.now(), 0);
      // What was missed in between is not made up for one by one.
      arm(schedule, Math.max(at, clock.now()), made);
    });
    timers.set(schedule.name, { timer, at });
  };

  return {
    start() {
      for (const schedule of options.schedules) {
        const { made, ran: last } = known(schedule);
        if (schedule.enabled) arm(schedule, last ?? made, made);
      }
    },
    list: () =>
      options.schedules.map((schedule) => ({
        schedule,
        lastRun: known(schedule).ran,
        nextRun: timers.get(schedule.name)?.at,
      })),
    stop() {
      stopped = true;
      for (const { timer } of timers.values()) timer.cancel();
      for (const timer of retries) timer.cancel();
    },
  };
}

/** What the target gets: the input of the template, with Scheduler's own words filled in, or an event of EventBridge. */
function payloadOf(
  schedule: ScheduleSpec,
  at: Millis,
  attempt: number,
  { accountId, region }: SchedulesOptions,
): string {
  const time = new Date(at).toISOString().replace('.000Z', 'Z');
  if (schedule.input !== undefined && schedule.source === 'rule') return schedule.input;
  if (schedule.source === 'scheduler') {
    return (schedule.input ?? '{}')
      .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
      .replaceAll('<aws.scheduler.scheduled-time>', time)
      .replaceAll('<aws.scheduler.execution-id>', randomUUID())
      .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
  }
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time,
    region,
    resources: [schedule.arn],
    detail: {},
  });
}
