import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createClock } from '../../cdk/local/clock.ts';
import type { EngineClient } from '../../cdk/local/dynamodb/engine-client.ts';
import { createStreams } from '../../cdk/local/streams/index.ts';
import { createPositions } from '../../cdk/local/streams/positions.ts';
import { laneOf } from '../../cdk/local/streams/stream-records.ts';
import type { EventSourceSpec } from '../../cdk/local/template/blueprint.ts';
import { ServiceError } from '../../cdk/local/types.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/cases';
const STREAM = `${TABLE}/stream/2020-01-01T00:00:00.000`;
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:reader';
const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:lost';
const HOUR = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), 'local-streams-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let clocks = 0;

interface Entry {
  readonly item: string;
  readonly number: string;
}
const lane = (item: string): number =>
  laneOf(
    {
      eventName: 'INSERT',
      dynamodb: { Keys: { pk: { S: item } }, SequenceNumber: '1', ApproximateCreationDateTime: 0 },
    },
    4,
  );
const entry = (item: string, number: number): Entry => ({ item, number: String(number) });

/** A table whose stream had one shard, which ended, and has another now; `trimmed` is what it no longer keeps. */
function engineOver(shards: readonly (readonly Entry[])[], trimmed: () => number = () => 0): EngineClient {
  const ids = shards.map((_, index) => `shardId-${index}`);
  const recordOf = ({ item, number }: Entry) => ({
    eventName: 'INSERT',
    dynamodb: {
      Keys: { pk: { S: item } },
      SequenceNumber: number,
      ApproximateCreationDateTime: 0,
    },
  });
  const operations: Record<string, (input: Record<string, unknown>) => unknown> = {
    DescribeTable: () => ({ Table: { LatestStreamArn: STREAM } }),
    DescribeStream: () => ({
      StreamDescription: {
        // the child first: whoever reads them as they come gets it wrong
        Shards: ids
          .map((ShardId, index) => ({ ShardId, ...(index > 0 && { ParentShardId: ids[index - 1] }) }))
          .reverse(),
      },
    }),
    GetShardIterator({ ShardId, ShardIteratorType, SequenceNumber }) {
      const shard = ids.indexOf(String(ShardId));
      const number = Number(SequenceNumber ?? 0);
      if (ShardIteratorType === 'AT_SEQUENCE_NUMBER' && number <= trimmed()) {
        throw new ServiceError('TrimmedDataAccessException', 'The requested sequence number is trimmed.');
      }
      const from = ShardIteratorType === 'AT_SEQUENCE_NUMBER' ? number - 1 : number;
      return { ShardIterator: `${shard}/${from}` };
    },
    GetRecords({ ShardIterator, Limit }) {
      const [shard = 0, after = 0] = String(ShardIterator).split('/').map(Number);
      const all = shards[shard] ?? [];
      const found = all.filter(({ number }) => Number(number) > after).slice(0, Number(Limit));
      const last = Number(found.at(-1)?.number ?? after);
      const over = shard < shards.length - 1 && all.every(({ number }) => Number(number) <= last);
      return { Records: found.map(recordOf), ...(!over && { NextShardIterator: `${shard}/${last}` }) };
    },
  };
  return {
    forward: async () => ({ status: 500, body: '' }),
    call: async (target, input) => operations[target.split('.')[1] ?? '']?.({ ...Object(input) }),
  };
}

/** A mapping with four lanes over such a stream; `answer` says what its function does with the numbers it is given. */
function readerOf(engine: EngineClient, answer: (numbers: readonly string[]) => string | undefined) {
  clocks += 1;
  const clock = createClock({ file: join(folder, `clock-${clocks}`) });
  const source: EventSourceSpec = {
    logicalId: 'Events',
    id: 'events',
    functionArn: FUNCTION,
    sourceArn: STREAM,
    enabled: true,
    batchSize: 3,
    windowSeconds: 0,
    startingPosition: 'TRIM_HORIZON',
    patterns: [],
    bisect: true,
    reportsItemFailures: true,
    maxRetryAttempts: 2,
    onFailureArn: QUEUE,
    parallelization: 4,
  };
  const done: Entry[] = [];
  const messages: string[] = [];
  const streams = createStreams({
    sources: [source],
    tables: [
      {
        logicalId: 'Table',
        name: 'cases',
        arn: TABLE,
        streamArn: STREAM,
        streamViewType: 'NEW_IMAGE',
        keySchema: [],
        attributes: [],
        globalIndexes: [],
        localIndexes: [],
      },
    ],
    engine,
    positions: createPositions(new DatabaseSync(':memory:')),
    clock,
    lambda: {
      async invoke(_, payload) {
        const { Records }: { Records: { dynamodb: { SequenceNumber: string; Keys: { pk: { S: string } } } }[] } =
          JSON.parse(payload);
        const given = Records.map(({ dynamodb }) => entry(dynamodb.Keys.pk.S, Number(dynamodb.SequenceNumber)));
        const failed = answer(given.map(({ number }) => number));
        const at = failed === undefined ? given.length : given.findIndex(({ number }) => number === failed);
        done.push(...given.slice(0, at));
        return {
          payload: JSON.stringify({ batchItemFailures: failed === undefined ? [] : [{ itemIdentifier: failed }] }),
        };
      },
      invokeAsync: async () => undefined,
    },
    region: 'us-east-1',
    callerOf: () => ({ principalArn: 'reader' }),
    sendFailure: async (_, __, message) => void messages.push(message),
    say: () => undefined,
  });
  return {
    streams,
    done,
    messages,
    async run() {
      await streams.start();
      await clock.settled();
      await clock.advance(HOUR);
      streams.stop();
      clock.stop();
    },
  };
}

describe('a stream of several shards with several lanes each', () => {
  test('gives what happened to an item in order, over shards, failures and retries, and leaves nothing out', async () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(items, fc.nat(40), fc.array(fc.nat(40), { maxLength: 6 }), async (names, cut, failing) => {
        const all = names.map((name, index) => entry(name, index + 1));
        const left = new Map(failing.map((number) => [String(number), 2]));
        const it = readerOf(engineOver([all.slice(0, cut), all.slice(cut)]), (numbers) => {
          const bad = numbers.find((number) => (left.get(number) ?? 0) > 0);
          if (bad !== undefined) left.set(bad, (left.get(bad) ?? 0) - 1);
          return bad;
        });
        await it.run();
        expect(it.messages).toEqual([]);
        for (const name of new Set(names)) {
          const numbers = (of: readonly Entry[]) => of.filter(({ item }) => item === name).map(({ number }) => number);
          expect(numbers(it.done)).toEqual(numbers(all));
        }
      }),
      { numRuns: 30 },
    );
  });

  test('tells of what it gave up by its place, and gives it again with nothing of other items between', async () => {
    const bad = new Set(['1', '7']);
    let mended = false;
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'a', 'g'].map((name, index) => entry(name, index + 1));
    const it = readerOf(engineOver([all]), (numbers) =>
      mended ? undefined : numbers.find((number) => bad.has(number)),
    );
    await it.run();
    expect(it.messages.map((message) => JSON.parse(message))).toMatchObject(
      ['1', '7'].map((number) => ({
        requestContext: { functionArn: FUNCTION, condition: 'RetryAttemptsExhausted' },
        responseContext: { statusCode: 200, executedVersion: '$LATEST' },
        version: '1.0',
        DDBStreamBatchInfo: {
          shardId: 'shardId-0',
          startSequenceNumber: number,
          endSequenceNumber: number,
          batchSize: 1,
          streamArn: STREAM,
        },
      })),
    );
    mended = true;
    it.done.length = 0;
    const both = JSON.parse(it.messages[0] ?? '');
    both.DDBStreamBatchInfo.endSequenceNumber = '7';
    await it.streams.redrive(JSON.stringify(both));
    expect(it.done).toContainEqual(entry('a', 1));
    expect(it.done).toContainEqual(entry('a', 7));
    const others = all.slice(1, 6).filter(({ item }) => lane(item) !== lane('a'));
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) expect(it.done).not.toContainEqual(other);
  });

  test('says that records are gone when somebody gives them again too late', async () => {
    let trimmed = 0;
    const it = readerOf(
      engineOver([[entry('a', 1)]], () => trimmed),
      (numbers) => numbers[0],
    );
    await it.run();
    await expect(it.streams.redrive(it.messages[0] ?? '')).rejects.toMatchObject({ code: 'RedriveFailed' });
    trimmed = 1;
    await expect(it.streams.redrive(it.messages[0] ?? '')).rejects.toMatchObject({
      code: 'TrimmedDataAccessException',
      message: expect.stringMatching(/^The records from 1 to 1 are no longer kept: a stream keeps them for a day\./),
    });
  });
});
