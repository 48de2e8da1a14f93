import { z } from 'zod';
import type { EngineClient } from '../dynamodb/engine-client.ts';
import type { Caller } from '../iam/caller.ts';
import type { EventSourceSpec, TableSpec } from '../template/blueprint.ts';
import { type Clock, type LambdaService, ServiceError } from '../types.ts';
import { failedFrom } from './batch-result.ts';
import { failureMessage, readFailureMessage } from './failure-message.ts';
import { createLane, type Lane, type LaneState } from './lane.ts';
import type { Positions } from './positions.ts';
import { createShardReader, type EngineRecord, type ShardReader } from './shard-reader.ts';
import { createStreamRecords, laneOf } from './stream-records.ts';

export interface StreamsOptions {
  /** Those whose source is a table's stream. */
  readonly sources: readonly EventSourceSpec[];
  readonly tables: readonly TableSpec[];
  readonly engine: EngineClient;
  readonly positions: Positions;
  readonly clock: Clock;
  readonly lambda: LambdaService;
  readonly region: string;
  /** The role of a function, as the one who reads for it. */
  callerOf(functionArn: string): Caller;
  /** Puts a message to a failure destination in the name of a function. */
  sendFailure(caller: Caller, destinationArn: string, message: string): Promise<void>;
  say(line: string): void;
}

export interface StreamState extends LaneState {
  readonly source: EventSourceSpec;
  readonly shardId: string;
}

export interface Streams {
  /** Begins to read. Resolves when every mapping has found its place. */
  start(): Promise<void>;
  /** Something was written to a table. */
  wake(tableName: string): void;
  list(): readonly StreamState[];
  /**
   * Gives the records of a failure message to their function again. Throws when it fails again, or when the stream no
   * longer has them.
   */
  redrive(message: string): Promise<void>;
  stop(): void;
}

const listed = z.object({ Table: z.object({ LatestStreamArn: z.string() }) });
const described = z.object({
  StreamDescription: z.object({
    Shards: z.array(z.object({ ShardId: z.string(), ParentShardId: z.string().optional() })),
  }),
});

/** A record that nobody told us about (an item that expired) is found this much later, in real time. */
const LOOK_EVERY_MS = 30_000;

interface Follower {
  readonly source: EventSourceSpec;
  readonly shardId: string;
  readonly lane: Lane;
}

/** Reads the streams of tables for functions, as event source mappings do. */
export function createStreams(options: StreamsOptions): Streams {
  const { clock, engine, positions, lambda } = options;
  const followers = new Map<string, Follower>();
  const finished = new Set<string>();
  const readers = new Map<string, ShardReader>();
  const engineStreams = new Map<string, string>();
  const streamRecords = createStreamRecords(options);
  let looking: NodeJS.Timeout | undefined;

  const tableOf = (streamArn: string): TableSpec => {
    const table = options.tables.find((each) => each.streamArn === streamArn && each.streamViewType !== undefined);
    if (table === undefined) throw new Error(`There is no table with the stream ${streamArn}.`);
    return table;
  };

  const readerOf = (table: TableSpec, shardId: string): ShardReader => {
    const key = `${table.name}/${shardId}`;
    const reader = readers.get(key) ?? createShardReader(engine, engineStreams.get(table.name) ?? '', shardId);
    readers.set(key, reader);
    return reader;
  };

  const follow = (source: EventSourceSpec, table: TableSpec, shardId: string, index: number): void => {
    const name = `${source.id}/${shardId}/${index}`;
    if (followers.has(name) || finished.has(name)) return;
    const stored = positions.read(name);
    const reader = readerOf(table, shardId);
    const caller = options.callerOf(source.functionArn);
    const lane = createLane({
      name: `${source.logicalId} ${shardId}`,
      source,
      reader,
      clock,
      position: stored ?? undefined,
      accept: (record) =>
        laneOf(record, source.parallelization) === index
          ? streamRecords.accept(source, { table, shardId }, record)
          : undefined,
      invoke: (payload) => lambda.invoke(source.functionArn, payload),
      advanced: (sequenceNumber) => positions.write(name, sequenceNumber),
      async giveUp(records, failure) {
        options.say(`${source.logicalId} gives up ${records.length} record(s) of ${shardId}: ${failure.condition}.`);
        if (source.onFailureArn === undefined) return;
        const { functionArn, sourceArn: streamArn } = source;
        const message = failureMessage({ functionArn, streamArn, shardId, records, failure, now: clock.now() });
        await options.sendFailure(caller, source.onFailureArn, message);
      },
      closed() {
        followers.delete(name);
        finished.add(name);
        void look();
      },
      say: options.say,
    });
    followers.set(name, { source, shardId, lane });
    lane.wake();
  };

  /** Follows the shards that are not followed yet; a shard waits until its parent is done. */
  const lookAt = async (source: EventSourceSpec): Promise<void> => {
    const table = tableOf(source.sourceArn);
    const StreamArn = engineStreams.get(table.name);
    const answer = await engine.call('DynamoDBStreams_20120810.DescribeStream', { StreamArn });
    const shards = described.parse(answer).StreamDescription.Shards;
    for (const { ShardId, ParentShardId } of shards) {
      const isParentThere = shards.some((each) => each.ShardId === ParentShardId);
      for (let index = 0; index < source.parallelization; index += 1) {
        const parent = `${source.id}/${ParentShardId}/${index}`;
        if (isParentThere && !finished.has(parent)) continue;
        follow(source, table, ShardId, index);
      }
    }
  };

  const look = async (): Promise<void> => {
    await Promise.all(options.sources.filter((source) => source.enabled).map(lookAt)).catch((error: unknown) => {
      options.say(`Streams could not be looked at: ${String(error)}`);
    });
  };

  /** A mapping that begins at the latest record: where that is, is decided when it is first seen, once. */
  const findPlace = async (source: EventSourceSpec): Promise<void> => {
    const table = tableOf(source.sourceArn);
    const answer = await engine.call('DynamoDB_20120810.DescribeTable', { TableName: table.name });
    const streamArn = listed.parse(answer).Table.LatestStreamArn;
    engineStreams.set(table.name, streamArn);
    if (source.startingPosition !== 'LATEST') return;
    const shards = described.parse(
      await engine.call('DynamoDBStreams_20120810.DescribeStream', { StreamArn: streamArn }),
    ).StreamDescription.Shards;
    for (const { ShardId } of shards) {
      const names = Array.from({ length: source.parallelization }, (_, index) => `${source.id}/${ShardId}/${index}`);
      if (names.every((name) => positions.read(name) !== null)) continue;
      const reader = readerOf(table, ShardId);
      let last: string | undefined;
      for (let page = await reader.read(last, 1_000); page.records.length > 0; page = await reader.read(last, 1_000)) {
        last = page.records.at(-1)?.dynamodb.SequenceNumber;
      }
      for (const name of names) positions.write(name, last);
    }
  };

  return {
    async start() {
      await Promise.all(options.sources.map(findPlace));
      await look();
      looking = setInterval(() => {
        for (const { name } of options.tables) this.wake(name);
        void look();
      }, LOOK_EVERY_MS);
      looking.unref();
    },
    wake(tableName) {
      for (const [key, reader] of readers) if (key.startsWith(`${tableName}/`)) reader.changed();
      for (const { source, lane } of followers.values()) {
        if (source.sourceArn.includes(`:table/${tableName}/`)) lane.wake();
      }
    },
    list: () => [...followers.values()].map(({ source, shardId, lane }) => ({ source, shardId, ...lane.state() })),
    async redrive(message) {
      const place = readFailureMessage(message);
      const source = options.sources.find(
        (each) => each.functionArn === place?.functionArn && each.sourceArn === place.streamArn,
      );
      if (place === undefined || source === undefined) {
        throw new ServiceError(
          'InvalidParameterValueException',
          'This message tells of no records of a stream of this stack.',
        );
      }
      const table = tableOf(source.sourceArn);
      const found = await readerOf(table, place.shardId).readRange(place.from, place.to);
      const shard = { table, shardId: place.shardId };
      // between the records of a batch lie those of other items, which were given in batches of their own
      const own = (each: EngineRecord): number => laneOf(each, source.parallelization);
      const chosen = found
        .filter((each, _, [first]) => first !== undefined && own(each) === own(first))
        .map((each) => streamRecords.accept(source, shard, each))
        .filter((each) => each !== undefined);
      const payload = `{"Records":[${chosen.map((record) => record.text).join(',')}]}`;
      const result = await lambda.invoke(source.functionArn, payload);
      if (failedFrom(result, chosen, source.reportsItemFailures) !== undefined) {
        throw new ServiceError('RedriveFailed', `The function failed again: ${result.payload.slice(0, 2_000)}`);
      }
    },
    stop() {
      clearInterval(looking);
      for (const { lane } of followers.values()) lane.stop();
    },
  };
}
