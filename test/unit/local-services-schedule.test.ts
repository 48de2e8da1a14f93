import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createClock } from '../../cdk/local/clock.ts';
import { createSchedules } from '../../cdk/local/schedules/index.ts';
import { nextRun } from '../../cdk/local/schedules/next-run.ts';

const from = Date.parse('2026-02-27T10:20:30Z');
const next = (expression: string, timezone = 'UTC') => {
  const at = nextRun(expression, timezone, from, from);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('schedule expressions run when EventBridge says', () => {
  test.each([
    ['cron(15 10 * * ? *)', 'UTC', '2026-02-28T10:15:00.000Z'],
    ['cron(0 18 ? * MON-FRI *)', 'UTC', '2026-02-27T18:00:00.000Z'],
    ['cron(0 8 ? * 2 *)', 'UTC', '2026-03-02T08:00:00.000Z'],
    ['cron(0 8 1 * ? *)', 'UTC', '2026-03-01T08:00:00.000Z'],
    ['cron(0 0 L * ? *)', 'UTC', '2026-02-28T00:00:00.000Z'],
    ['cron(0/10 * * * ? *)', 'UTC', '2026-02-27T10:30:00.000Z'],
    ['cron(0 8 ? * 6L *)', 'UTC', '2026-03-27T08:00:00.000Z'],
    ['cron(0 8 ? * 2#1 *)', 'UTC', '2026-03-02T08:00:00.000Z'],
    ['cron(0 8 3W * ? *)', 'UTC', '2026-03-03T08:00:00.000Z'],
    ['cron(0 9 * * ? *)', 'Asia/Shanghai', '2026-02-28T01:00:00.000Z'],
    ['cron(0 9 1 1 ? 2025)', 'UTC', undefined],
    ['rate(5 minutes)', 'UTC', '2026-02-27T10:25:30.000Z'],
    ['at(2026-03-01T12:00:00)', 'Asia/Shanghai', '2026-03-01T04:00:00.000Z'],
    ['at(2020-03-01T12:00:00)', 'UTC', undefined],
  ])('%s in %s: %s', (expression, timezone, expected) => {
    expect(next(expression, timezone)).toBe(expected);
  });

  test('what is no schedule is refused', () => {
    for (const wrong of [
      'every day',
      'rate(0 minutes)',
      'rate(5 weeks)',
      'cron(* * * * *)',
      'cron(0 8 * * * *)',
      'cron(0 8 ? * ? *)',
    ]) {
      expect(() => next(wrong), wrong).toThrow(RangeError);
    }
  });

  test('a rate runs at whole multiples after its origin, the next one after any moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.nat(1e12), fc.nat(1e10), (count, origin, passed) => {
        const every = count * 60_000;
        const at = nextRun(`rate(${count} minutes)`, 'UTC', origin, origin + passed) ?? 0;
        expect((at - origin) % every).toBe(0);
        expect(at).toBeGreaterThan(origin + passed);
        expect(at - every).toBeLessThanOrEqual(origin + passed);
      }),
    );
  });
});

describe('schedules over kills', () => {
  const HOUR = 3_600_000;
  const schedule = {
    logicalId: 'Hourly',
    name: 'hourly',
    arn: 'arn:aws:events:us-east-1:123456789012:rule/hourly',
    expression: 'rate(1 hour)',
    timezone: 'UTC',
    enabled: true,
    targetArn: 'arn:aws:lambda:us-east-1:123456789012:function:sweep',
    maxRetryAttempts: 1,
    maxEventAgeSeconds: 1_800,
    source: 'rule',
  } as const;

  /** A process that starts, is killed and starts again with the same data, at the time `at.now`. */
  const stage = () => {
    const database = new DatabaseSync(':memory:');
    const at = { now: 0 };
    const said: string[] = [];
    const started = (deliver: () => Promise<void>) => {
      const due: { readonly at: number; readonly run: () => void }[] = [];
      const schedules = createSchedules({
        schedules: [schedule],
        database,
        clock: {
          now: () => at.now,
          at: (moment, run) => {
            due.push({ at: moment, run });
            return { cancel: () => undefined };
          },
          busy: () => () => undefined,
          settled: async () => undefined,
          advance: async () => undefined,
        },
        accountId: '123456789012',
        region: 'us-east-1',
        deliver,
        giveUp: async () => undefined,
        say: (line) => void said.push(line),
      });
      schedules.start();
      return due;
    };
    return { database, at, said, started };
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test('a run that was under way when everything was killed is made by the next start, one that was made is not', async () => {
    const { database, at, started } = stage();
    started(async () => undefined);
    at.now = HOUR;
    // killed while it is handed over: the promise never comes to an end
    const [killed] = started(() => new Promise(() => undefined));
    expect(killed?.at).toBe(HOUR);
    killed?.run();
    at.now = HOUR + 1;
    const [again] = started(async () => undefined);
    expect(again?.at).toBe(HOUR);
    again?.run();
    await turn();
    expect(started(async () => undefined).map(({ at }) => at)).toEqual([2 * HOUR]);
    // what fell due in hours in which nothing ran here is made up for once
    at.now = 5 * HOUR + 1;
    const late = started(async () => undefined);
    expect(late.map(({ at }) => at)).toEqual([2 * HOUR]);
    late[0]?.run();
    await turn();
    expect(late.map(({ at }) => at)).toEqual([2 * HOUR, 6 * HOUR]);
    database.close();
  });

  test('a run that a full disk does not take note of is no failure, and is made again by the next start', async () => {
    const { database, at, said, started } = stage();
    started(async () => undefined);
    at.now = HOUR;
    database.exec('PRAGMA query_only = ON');
    let runs = 0;
    for (const fails of [false, true]) {
      const due = started(async () => {
        runs += 1;
        if (fails) throw new Error('away');
      });
      due[0]?.run();
      await turn();
      // the one retry of a run that failed
      for (const { at: moment, run } of due) if (moment === HOUR + 1_000) run();
      await turn();
    }
    expect(runs).toBe(3);
    expect(said).toEqual([
      expect.stringContaining('ran could not be noted'),
      expect.stringContaining('could not call its target'),
      expect.stringContaining('ran could not be noted'),
    ]);
    expect(started(async () => undefined).map((each) => each.at)).toEqual([HOUR]);
    database.close();
  });

  test('a target that cannot be called is called again, ever more seldom, and then its event goes to the dead letters', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'local-schedules-'));
    const database = new DatabaseSync(':memory:');
    const clock = createClock({ file: join(folder, 'clock') });
    const made = clock.now();
    const calls: { readonly payload: string; readonly after: number }[] = [];
    const lost: string[] = [];
    const schedules = createSchedules({
      schedules: [
        {
          ...schedule,
          source: 'scheduler',
          input: '{"at":"<aws.scheduler.scheduled-time>","try":<aws.scheduler.attempt-number>}',
          maxRetryAttempts: 2,
        },
      ],
      database,
      clock,
      accountId: '123456789012',
      region: 'us-east-1',
      async deliver(_, payload) {
        calls.push({ payload, after: Math.round((clock.now() - made - HOUR) / 1_000) });
        throw new Error('away');
      },
      giveUp: async (_, payload) => void lost.push(payload),
      say: () => undefined,
    });
    schedules.start();
    await clock.advance(HOUR + 60_000);
    schedules.stop();
    clock.stop();
    database.close();
    rmSync(folder, { recursive: true });
    const tried = calls.map(({ payload }) => z.object({ at: z.string(), try: z.number() }).parse(JSON.parse(payload)));
    expect(tried.map((each) => each.try)).toEqual([1, 2, 3]);
    expect(new Set(tried.map(({ at }) => at)).size).toBe(1);
    expect(calls.map(({ after }) => after)).toEqual([0, 1, 3]);
    expect(lost).toEqual([calls[2]?.payload]);
  });
});
