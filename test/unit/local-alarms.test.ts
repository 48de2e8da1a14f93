import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { compileExpression } from '../../cdk/local/alarms/expression.ts';
import { type AlarmStatus, createAlarms } from '../../cdk/local/alarms/index.ts';
import { createMetrics } from '../../cdk/local/alarms/metrics.ts';
import { createClock } from '../../cdk/local/clock.ts';
import { openDataFile } from '../../cdk/local/data-folder/database.ts';
import type { AlarmSpec } from '../../cdk/local/template/blueprint.ts';

const MINUTE = 60_000;
const KEY = 'AWS/SQS ApproximateNumberOfMessagesVisible QueueName=q';

describe('metric math', () => {
  const values = new Map([
    ['a', 4],
    ['b', undefined],
    ['c', 2],
  ]);
  test.each([
    ['a - c * 3', -2],
    ['(a - c) * 3', 6],
    ['a / c', 2],
    ['a + b', undefined],
    ['FILL(a, 0) + FILL(b, 0) + FILL(c, 0)', 6],
    ['SUM(METRICS())', 6],
    ['MAX([a, c])', 4],
    ['AVG([a, c])', 3],
    ['MIN(METRICS())', 2],
  ])('%s is %s', (text, expected) => {
    expect(compileExpression(text, ['a', 'b', 'c'])(values)).toBe(expected);
  });

  test.each(['ANOMALY_DETECTION_BAND(a)', 'IF(a, b, c)', 'a +', 'd', 'a b', 'SEARCH("x")'])(
    '%s is refused by name, not evaluated to something else',
    (text) => expect(() => compileExpression(text, ['a', 'b', 'c'])).toThrow(SyntaxError),
  );
});

describe('an alarm', () => {
  const cleanups: (() => void)[] = [];
  afterEach(() => {
    for (const clean of cleanups.splice(0)) clean();
  });

  const alarm = (more: Partial<AlarmSpec> = {}): AlarmSpec => ({
    ...{ logicalId: 'A', name: 'people were not told', description: 'See to the mail server.', seconds: 300 },
    metrics: new Map([['m', { key: KEY, seconds: 300, stat: 'Maximum' }]]),
    evaluate: compileExpression('m', ['m']),
    ...{ threshold: 1, comparison: 'GreaterThanOrEqualToThreshold', periods: 1, toAlarm: 1, missing: 'notBreaching' },
    ...more,
  });

  function start(spec: AlarmSpec, measure: () => number | undefined, folder = mkdtempSync(join(tmpdir(), 'alarms-'))) {
    const { database } = openDataFile(join(folder, 'cloud.db'));
    const clock = createClock({ file: join(folder, 'clock.json'), begin: 0 });
    const metrics = createMetrics(clock.now);
    const told: Pick<AlarmStatus, 'state' | 'value'>[] = [];
    const alarms = createAlarms({
      alarms: [spec],
      ...{ database, metrics, clock },
      sampler: {
        async sample() {
          const value = measure();
          if (value !== undefined) metrics.add(KEY, value);
        },
      },
      tell: ({ state, value }) => told.push({ state, value }),
      say: (line) => expect(line).toBe(''),
    });
    alarms.start();
    const stop = async (): Promise<void> => {
      alarms.stop();
      await clock.stop();
      database.close();
    };
    return { clock, told, alarms, stop, folder };
  }
  const states = (told: readonly { state: string }[]) => told.map(({ state }) => state);

  it('is told once when it begins and once when it is over, on the clock', async () => {
    let depth = 0;
    const { clock, told, stop, folder } = start(alarm(), () => depth);
    await clock.advance(10 * MINUTE);
    expect(told).toEqual([]);
    depth = 3;
    await clock.advance(30 * MINUTE);
    expect(told).toEqual([{ state: 'ALARM', value: 3 }]);
    depth = 0;
    await clock.advance(30 * MINUTE);
    expect(states(told)).toEqual(['ALARM', 'OK']);
    await stop();
    rmSync(folder, { recursive: true });
  });

  it('that goes on over a restart is not told anew, and its end is told', async () => {
    const first = start(alarm(), () => 1);
    await first.clock.advance(10 * MINUTE);
    expect(states(first.told)).toEqual(['ALARM']);
    await first.stop();
    let depth = 1;
    const second = start(alarm(), () => depth, first.folder);
    await second.clock.advance(10 * MINUTE);
    expect(second.told).toEqual([]);
    expect(second.alarms.list()).toMatchObject([{ state: 'ALARM', name: 'people were not told' }]);
    depth = 0;
    await second.clock.advance(10 * MINUTE);
    expect(states(second.told)).toEqual(['OK']);
    await second.stop();
    rmSync(first.folder, { recursive: true });
  });

  it('of what must be heard begins when it was not heard for its whole time, not at a start', async () => {
    const silent = alarm({ seconds: 7200, comparison: 'LessThanThreshold', missing: 'breaching' });
    const { clock, told, stop, folder } = start(silent, () => undefined);
    await clock.advance(119 * MINUTE);
    expect(told).toEqual([]);
    await clock.advance(3 * MINUTE);
    expect(states(told)).toEqual(['ALARM']);
    await stop();
    rmSync(folder, { recursive: true });
  });

  it('that asks for several periods waits for them', async () => {
    const { clock, told, stop, folder } = start(alarm({ seconds: 60, periods: 3, toAlarm: 3 }), () => 1);
    await clock.advance(2 * MINUTE);
    expect(told).toEqual([]);
    await clock.advance(2 * MINUTE);
    expect(states(told)).toEqual(['ALARM']);
    await stop();
    rmSync(folder, { recursive: true });
  });
});
