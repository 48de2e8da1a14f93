import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { compileExpression } from '../../cdk/local/alarms/expression.ts';
import { compileTerms } from '../../cdk/local/alarms/filter-pattern.ts';
import { type AlarmStatus, createAlarms } from '../../cdk/local/alarms/index.ts';
import { createLogMetrics } from '../../cdk/local/alarms/log-metrics.ts';
import { createMetrics } from '../../cdk/local/alarms/metrics.ts';
import { createClock } from '../../cdk/local/clock.ts';
import { openDataFile } from '../../cdk/local/data-folder/database.ts';
import type { AlarmSpec, FunctionSpec } from '../../cdk/local/template/blueprint.ts';

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
    ['a / 60 / SERVICE_QUOTA(a)', undefined],
  ])('%s is %s', (text, expected) => {
    expect(compileExpression(text, ['a', 'b', 'c'])(values)).toBe(expected);
  });

  test.each(['ANOMALY_DETECTION_BAND(a)', 'IF(a, b, c)', 'a +', 'd', 'a b', 'SEARCH("x")'])(
    '%s is refused by name, not evaluated to something else',
    (text) => expect(() => compileExpression(text, ['a', 'b', 'c'])).toThrow(SyntaxError),
  );
});

describe('a pattern of terms', () => {
  test.each([
    ['"daily-failed"', '{"code":"daily-failed"}', true],
    ['"daily-failed"', '{"code":"daily"}', false],
    ['ERROR mail', 'a mail: ERROR', true],
    ['ERROR mail', 'ERROR', false],
    ['?ERROR ?WARN', 'WARN', true],
    ['?ERROR ?WARN', 'INFO', false],
    ['ERROR -expected', 'ERROR', true],
    ['ERROR -expected', 'expected ERROR', false],
    ['"say \\"no\\""', 'they say "no"', true],
    ['', 'whatever', true],
  ])('%s finds in %s: %s', (pattern, line, expected) => {
    expect(compileTerms(pattern)(line)).toBe(expected);
  });

  test.each(['{ $.code = "x" }', '[ip, user]', '%reg.ex%'])('%s is refused, not read as something else', (pattern) =>
    expect(() => compileTerms(pattern)).toThrow(SyntaxError),
  );
});

describe('what functions log', () => {
  const filter = { logGroup: 'sweep-log', matches: compileTerms('"daily-failed"'), key: 'Jieli DailyFailed', value: 1 };
  const named = (name: string, logGroup: string): FunctionSpec => ({
    ...{ logicalId: name, name, arn: name, roleArn: '', handler: 'index.handler', timeoutSeconds: 1, memoryMb: 128 },
    ...{ code: { kind: 'inline', text: '' }, environment: {}, logGroup },
  });
  const measuring = () => {
    const metrics = createMetrics(() => 0);
    const functions = [named('sweep', 'sweep-log'), named('notify', 'notify-log')];
    const heard = createLogMetrics({ functions, metricFilters: [filter] }, metrics);
    const sum = (key: string) => metrics.read({ key, seconds: 60, stat: 'Sum' }, 0, MINUTE);
    return { heard, sum };
  };

  it('is counted by metric filters, each of its own log', () => {
    const { heard, sum } = measuring();
    expect(sum('Jieli DailyFailed')).toBeUndefined();
    heard('sweep', '{"code":"daily-failed"}', undefined);
    heard('sweep', '{"code":"sweep-done"}', undefined);
    heard('notify', '{"code":"daily-failed"}', undefined);
    expect(sum('Jieli DailyFailed')).toBe(1);
  });

  it('is measured where it is in the embedded metric format and went past the console', () => {
    const { heard, sum } = measuring();
    const line = {
      _aws: {
        Timestamp: 0,
        CloudWatchMetrics: [
          { Namespace: 'Jieli', Dimensions: [['FunctionName'], []], Metrics: [{ Name: 'Lag', Unit: 'Seconds' }] },
        ],
      },
      FunctionName: 'sweep',
      Lag: [3, 4],
    };
    heard('sweep', JSON.stringify(line), undefined);
    expect(sum('Jieli Lag FunctionName=sweep')).toBeUndefined();
    heard('sweep', JSON.stringify(line), line);
    expect(sum('Jieli Lag FunctionName=sweep')).toBe(7);
    expect(sum('Jieli Lag')).toBe(7);
  });
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
