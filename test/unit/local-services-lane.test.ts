import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createClock } from '../../cdk/local/clock.ts';
import type { BatchFailure } from '../../cdk/local/streams/batch-result.ts';
import { createLane, type LaneRecord } from '../../cdk/local/streams/lane.ts';
import type { EngineRecord } from '../../cdk/local/streams/shard-reader.ts';
import type { EventSourceSpec } from '../../cdk/local/template/blueprint.ts';
import { type InvokeResult, ServiceError } from '../../cdk/local/types.ts';

const folder = mkdtempSync(join(tmpdir(), 'local-lane-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let clocks = 0;

const defaults: EventSourceSpec = {
  logicalId: 'Events',
  id: 'events',
  functionArn: 'fn',
  sourceArn: 'stream',
  enabled: true,
  batchSize: 10,
  windowSeconds: 0,
  startingPosition: 'TRIM_HORIZON',
  patterns: [],
  bisect: false,
  reportsItemFailures: false,
  parallelization: 1,
};

/** A lane over records 1 to `count`, of which some are answered as `answer` says; each carries `ballast` as blanks. */
function laneOver(
  count: number,
  source: Partial<EventSourceSpec>,
  answer: (batch: readonly number[]) => InvokeResult,
  ballast = '',
) {
  clocks += 1;
  const clock = createClock({ file: join(folder, `clock-${clocks}`) });
  const shard = Array.from(
    { length: count },
    (_, index): EngineRecord => ({
      eventName: 'INSERT',
      dynamodb: { Keys: {}, SequenceNumber: String(index + 1), ApproximateCreationDateTime: 0 },
    }),
  );
  const createdAt = clock.now();
  const batches: (readonly number[])[] = [];
  const given: { records: readonly number[]; failure: BatchFailure }[] = [];
  let position: string | undefined;
  const lane = createLane({
    name: 'test',
    source: { ...defaults, ...source },
    clock,
    position: undefined,
    reader: {
      read: async (after, limit) => ({
        records: shard.slice(Number(after ?? 0), Number(after ?? 0) + limit),
        closed: false,
      }),
      readRange: async () => [],
      changed: () => undefined,
    },
    accept: (record): LaneRecord => {
      const sequenceNumber = record.dynamodb.SequenceNumber;
      return { sequenceNumber, createdAt, text: `${sequenceNumber}${ballast.replaceAll('x', ' ')}` };
    },
    async invoke(payload) {
      const batch: { Records: number[] } = JSON.parse(payload);
      batches.push(batch.Records);
      return answer(batch.Records);
    },
    advanced: (sequenceNumber) => {
      position = sequenceNumber;
    },
    async giveUp(records, failure) {
      given.push({ records: records.map((record) => Number(record.sequenceNumber)), failure });
    },
    closed: () => undefined,
    say: () => undefined,
  });
  return {
    clock,
    shard,
    lane,
    batches,
    given,
    position: () => position,
    /** Lets an hour pass, in which everything is tried again as often as it should be. */
    async run() {
      lane.wake();
      await clock.settled();
      await clock.advance(3_600_000);
      lane.stop();
      clock.stop();
    },
  };
}

const fine: InvokeResult = { payload: 'null' };
const failed: InvokeResult = { payload: '{}', functionError: 'Unhandled' };

test('records come in order, in batches of at most the size', async () => {
  const it = laneOver(23, {}, () => fine);
  await it.run();
  expect(it.batches.flat()).toEqual(it.shard.map((_, index) => index + 1));
  expect(it.batches.map((batch) => batch.length)).toEqual([10, 10, 3]);
  expect(it.position()).toBe('23');
});

test('a failing batch holds up what follows, is tried again as often as allowed, and is given up whole', async () => {
  const it = laneOver(4, { batchSize: 2, maxRetryAttempts: 2 }, (batch) => (batch.includes(1) ? failed : fine));
  await it.run();
  expect(it.batches).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
    [3, 4],
  ]);
  expect(it.given).toMatchObject([
    { records: [1, 2], failure: { condition: 'RetryAttemptsExhausted', invocations: 3 } },
  ]);
});

test('without a bound a failing batch is tried until it succeeds, ever more seldom', async () => {
  let left = 8;
  const it = laneOver(1, {}, () => (left-- > 0 ? failed : fine));
  const started = it.clock.now();
  it.lane.wake();
  await it.clock.settled();
  await it.clock.advance(60_000);
  expect(it.batches.length).toBe(6);
  await it.run();
  expect(it.batches.length).toBe(9);
  expect(it.given).toEqual([]);
  expect(it.clock.now()).toBeGreaterThan(started);
});

test('bisecting sets aside exactly the bad records and carries on all others in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { maxLength: 5 }), async (bad) => {
      const it = laneOver(24, { bisect: true, maxRetryAttempts: 1 }, (batch) =>
        batch.some((each) => bad.includes(each)) ? failed : fine,
      );
      await it.run();
      const done = it.batches.filter((batch) => !batch.some((each) => bad.includes(each))).flat();
      expect(done).toEqual(it.shard.map((_, index) => index + 1).filter((each) => !bad.includes(each)));
      expect(it.given.flatMap((each) => each.records)).toEqual([...bad].sort((left, right) => left - right));
      expect(it.position()).toBe('24');
    }),
    { numRuns: 20 },
  );
});

describe('a function that reports failed items', () => {
  test('gets the rest from the first of them again, and nothing before it', async () => {
    let reported = false;
    const it = laneOver(5, { reportsItemFailures: true }, () => {
      if (reported) return fine;
      reported = true;
      return { payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: '4' }, { itemIdentifier: '3' }] }) };
    });
    it.lane.wake();
    await it.clock.settled();
    // A kill now must not bring back what is done.
    expect(it.position()).toBe('2');
    await it.run();
    expect(it.batches).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4, 5],
    ]);
  });

  test('gets what is left as it is when bisecting too, and halves of it once its first record fails', async () => {
    const it = laneOver(8, { reportsItemFailures: true, bisect: true, maxRetryAttempts: 1 }, (batch) =>
      batch.includes(4) ? { payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: '4' }] }) } : fine,
    );
    await it.run();
    expect(it.batches).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [4, 5, 6, 7, 8],
      [4, 5, 6],
      [4, 5],
      [4],
      [4],
      [5],
      [6],
      [7, 8],
    ]);
    expect(it.given).toMatchObject([{ records: [4], failure: { condition: 'RetryAttemptsExhausted' } }]);
  });

  test.each([
    '{"batchItemFailures":[{"itemIdentifier":""}]}',
    '{"batchItemFailures":[{"itemIdentifier":"99"}]}',
    '"x"',
  ])('gets all again when it answers %s', async (payload) => {
    let answered = false;
    const it = laneOver(2, { reportsItemFailures: true }, () => {
      if (answered) return fine;
      answered = true;
      return { payload };
    });
    await it.run();
    expect(it.batches).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});

test('what is too old is given up without being tried again', async () => {
  const it = laneOver(1, { maxRecordAgeSeconds: 60 }, () => failed);
  await it.run();
  expect(it.given).toMatchObject([{ records: [1], failure: { condition: 'RecordAgeExceeded' } }]);
  expect(it.batches.length).toBeLessThan(9);
});

test('what was tried before it was too old is given up with what the function said last', async () => {
  const it = laneOver(1, { maxRecordAgeSeconds: 60 }, () => failed);
  await it.run();
  expect(it.given[0]?.failure).toEqual({
    condition: 'RecordAgeExceeded',
    invocations: it.batches.length,
    response: failed,
  });
});

test('a window ends when what waits is as much as a call can carry', async () => {
  const it = laneOver(3, { windowSeconds: 300, batchSize: 100 }, () => fine, 'x'.repeat(2_500_000));
  it.lane.wake();
  await it.clock.settled();
  expect(it.batches).toEqual([[1, 2]]);
  await it.clock.advance(300_000);
  expect(it.batches).toEqual([[1, 2], [3]]);
});

test('a call that did not reach the function is no attempt', async () => {
  let refusals = 5;
  const it = laneOver(1, { maxRetryAttempts: 0 }, () => {
    if (refusals-- > 0) throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429);
    return fine;
  });
  await it.run();
  expect(it.given).toEqual([]);
  expect(it.position()).toBe('1');
});

test('a reader says that it waits while its calls do not reach the function', async () => {
  let refusals = 2;
  const it = laneOver(1, {}, () => {
    if (refusals-- > 0) throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429);
    return fine;
  });
  it.lane.wake();
  await it.clock.settled();
  expect(it.lane.state()).toMatchObject({ waits: true, lastError: 'TooManyRequestsException: Rate Exceeded.' });
  await it.clock.advance(1_000);
  expect(it.lane.state().waits).toBe(true);
  await it.clock.advance(2_000);
  expect(it.lane.state()).toMatchObject({ waits: false, lastError: undefined });
  it.lane.stop();
  it.clock.stop();
});

test('a batch waits for its window unless it is full before', async () => {
  const it = laneOver(3, { windowSeconds: 30, batchSize: 4 }, () => fine);
  it.lane.wake();
  await it.clock.settled();
  await it.clock.advance(20_000);
  expect(it.batches).toEqual([]);
  it.shard.push({ eventName: 'INSERT', dynamodb: { Keys: {}, SequenceNumber: '4', ApproximateCreationDateTime: 0 } });
  it.lane.wake();
  await it.clock.settled();
  expect(it.batches).toEqual([[1, 2, 3, 4]]);
  it.shard.push({ eventName: 'INSERT', dynamodb: { Keys: {}, SequenceNumber: '5', ApproximateCreationDateTime: 0 } });
  it.lane.wake();
  await it.clock.settled();
  await it.clock.advance(30_000);
  expect(it.batches.at(-1)).toEqual([5]);
});
