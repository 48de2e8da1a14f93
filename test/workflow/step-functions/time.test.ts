import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FunctionError, INVOKE, openRuntime, type Runtime } from './runtime.ts';

const DAY = 86_400;

describe('time', () => {
  let runtime: Runtime;
  const seen: { readonly at: number; readonly what: unknown }[] = [];
  beforeEach(async () => {
    seen.length = 0;
    runtime = await openRuntime((payload) => {
      if (payload.attempt === 0) throw new FunctionError('First: try again');
      if (payload.what !== undefined) seen.push({ at: runtime.clock.now(), what: payload.what });
      return payload;
    });
  });
  afterEach(() => runtime.close());

  const note = (what: unknown, next: object) => ({
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: 'f', Payload: { what } },
    ...next,
  });

  it('moved by three days fires every wait at its own moment and in order', async () => {
    const machine = runtime.deploy({
      W: { Type: 'Wait', Seconds: '{% $states.input.seconds %}', Next: 'N' },
      N: note('{% $states.input.seconds %}', { End: true }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 3 * DAY }), { minLength: 1, maxLength: 8 }),
        async (waits) => {
          seen.length = 0;
          const began = runtime.clock.now();
          for (const seconds of waits) await runtime.start(machine, { seconds });
          await runtime.clock.advance((3 * DAY + 60) * 1000);
          expect(seen.map(({ what }) => what)).toEqual([...waits].sort((a, b) => a - b));
          for (const { at, what } of seen) expect(at - began - Number(what) * 1000).toBeLessThan(5_000);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('moved once fires waits, timeouts, heartbeats, retries and the end of a machine, each in its own time', async () => {
    const began = runtime.clock.now();
    const ask = {
      Type: 'Task',
      Resource: `${INVOKE}.waitForTaskToken`,
      Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
      End: true,
    };
    const then = (what: string, state: object) => runtime.deploy({ S: state, N: note(what, { End: true }) });
    const machines = [
      then('500 wait', { Type: 'Wait', Seconds: 500, Next: 'N' }),
      then('400 heartbeat', {
        ...ask,
        HeartbeatSeconds: 400,
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'N' }],
      }),
      then('300 timeout', { ...ask, TimeoutSeconds: 300, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'N' }] }),
      then('200 retry', {
        Type: 'Task',
        Resource: INVOKE,
        Arguments: { FunctionName: 'f', Payload: { attempt: '{% $states.context.State.RetryCount %}' } },
        Retry: [{ ErrorEquals: ['First'], IntervalSeconds: 200 }],
        Next: 'N',
      }),
    ];
    const ended = await runtime.start(
      runtime.deploy({ W: { Type: 'Wait', Seconds: DAY, End: true } }, { TimeoutSeconds: 100 }),
    );
    for (const machine of machines) await runtime.start(machine);
    await runtime.clock.advance(DAY * 1000);
    expect(seen.map(({ what }) => what)).toEqual(['200 retry', '300 timeout', '400 heartbeat', '500 wait']);
    const { stopDate = 0 } = await runtime.describe(ended);
    for (const [at, seconds] of [
      [stopDate * 1000, 100],
      ...seen.map(({ at, what }): [number, number] => [at, Number.parseInt(String(what), 10)]),
    ] as const)
      expect(Math.abs(at - began - seconds * 1000)).toBeLessThan(10_000);
  });

  it('lets a loop of daily waits go round once a day in one long move', async () => {
    const arn = await runtime.start(
      runtime.deploy({
        S: { Type: 'Pass', Assign: { n: 0 }, Next: 'W' },
        W: { Type: 'Wait', Seconds: DAY, Assign: { n: '{% $n + 1 %}' }, Next: 'N' },
        N: note('{% $n %}', { Next: 'C' }),
        C: { Type: 'Choice', Choices: [{ Condition: '{% $n >= 5 %}', Next: 'E' }], Default: 'W' },
        E: { Type: 'Succeed' },
      }),
    );
    await runtime.clock.advance(7 * DAY * 1000);
    expect(seen.map(({ what }) => what)).toEqual([1, 2, 3, 4, 5]);
    const events = await runtime.events(arn);
    const entered = events.filter(({ type }) => type === 'WaitStateEntered').map(({ timestamp }) => timestamp);
    expect(entered.slice(1).map((at, i) => Math.round((at - (entered[i] ?? 0)) / DAY))).toEqual([1, 1, 1, 1]);
  });

  it('waits until a timestamp, and not at all for one that has passed', async () => {
    const until = new Date(runtime.clock.now() + 2 * DAY * 1000).toISOString();
    const machine = runtime.deploy({ W: { Type: 'Wait', Timestamp: '{% $states.input.until %}', End: true } });
    const past = await runtime.start(machine, { until: '2020-01-01T00:00:00+08:00' });
    const future = await runtime.start(machine, { until });
    await runtime.clock.advance((2 * DAY - 10) * 1000);
    expect((await runtime.describe(past)).status).toBe('SUCCEEDED');
    expect((await runtime.describe(future)).status).toBe('RUNNING');
    await runtime.clock.advance(20_000);
    expect((await runtime.describe(future)).status).toBe('SUCCEEDED');
  });

  it('is what $now() and $millis() tell', async () => {
    await runtime.clock.advance(400 * DAY * 1000);
    const { output } = await runtime.run({
      A: {
        Type: 'Pass',
        Output: { now: '{% $now() %}', millis: '{% $millis() %}', year: "{% $now('[Y0001]') %}" },
        End: true,
      },
    });
    const { now, millis, year } = Object(output);
    expect(new Date(now).getTime()).toBe(millis);
    expect(Math.abs(runtime.clock.now() - millis)).toBeLessThan(5_000);
    expect(year).toBe(now.slice(0, 4));
  });

  it('ends an execution as TIMED_OUT after the TimeoutSeconds of its machine', async () => {
    const arn = await runtime.start(
      runtime.deploy({ W: { Type: 'Wait', Seconds: DAY, End: true } }, { TimeoutSeconds: 60 }),
    );
    await runtime.clock.advance(61_000);
    const described = await runtime.describe(arn);
    expect(described).toMatchObject({ status: 'TIMED_OUT', redriveStatus: 'REDRIVABLE' });
    expect(described).not.toHaveProperty('error');
    const events = await runtime.events(arn);
    expect(events.map(({ type }) => type)).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionTimedOut']);
    expect(events.at(-1)).toMatchObject({
      previousEventId: 0,
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
  });

  it('ends an execution at once when its machine gives it no time', async () => {
    const { status, executionArn } = await runtime.run({ P: { Type: 'Pass', End: true } }, {}, { TimeoutSeconds: 0 });
    expect(status).toBe('TIMED_OUT');
    expect(await runtime.types(executionArn)).toEqual(['ExecutionStarted', 'ExecutionTimedOut']);
  });

  it('ends an execution that has run for a year', async () => {
    const arn = await runtime.start(runtime.deploy({ W: { Type: 'Wait', Seconds: 90_000_000, End: true } }));
    await runtime.clock.advance(365 * DAY * 1000);
    expect((await runtime.describe(arn)).status).toBe('TIMED_OUT');
  });
});
