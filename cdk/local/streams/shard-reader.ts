import { z } from 'zod';
import type { EngineClient } from '../dynamodb/engine-client.ts';
import { ServiceError } from '../types.ts';

const record = z.object({
  eventName: z.string(),
  dynamodb: z.looseObject({
    Keys: z.record(z.string(), z.json()),
    SequenceNumber: z.string(),
    ApproximateCreationDateTime: z.number(),
  }),
  userIdentity: z.object({ PrincipalId: z.string(), Type: z.string() }).optional(),
});
const records = z.object({ Records: z.array(record), NextShardIterator: z.string().optional() });
const iterator = z.object({ ShardIterator: z.string() });

export type EngineRecord = z.output<typeof record>;

export interface ReadRecords {
  readonly records: readonly EngineRecord[];
  /** Nothing will ever follow. */
  readonly closed: boolean;
}

export interface ShardReader {
  /** The records after a sequence number (undefined: all that are kept), at most `limit`. */
  read(after: string | undefined, limit: number): Promise<ReadRecords>;
  /** The records from one sequence number to another. Throws when they are no longer kept. */
  readRange(from: string, to: string): Promise<readonly EngineRecord[]>;
  /** Something was written: what was read before may not be all. */
  changed(): void;
}

const target = (operation: string): string => `DynamoDBStreams_20120810.${operation}`;
const MOST = 1_000;

/**
 * Reads one shard of a stream for all who follow it: those at the same place share what is read, and where one has
 * read to is remembered with the iterator that goes on from there.
 */
export function createShardReader(engine: EngineClient, streamArn: string, shardId: string): ShardReader {
  const iterators = new Map<string, string>();
  let reads = new Map<string, Promise<ReadRecords>>();

  const openAt = async (kind: string, sequenceNumber?: string): Promise<string> => {
    const input = { StreamArn: streamArn, ShardId: shardId, ShardIteratorType: kind, SequenceNumber: sequenceNumber };
    return iterator.parse(await engine.call(target('GetShardIterator'), input)).ShardIterator;
  };
  const open = async (after: string | undefined): Promise<string> => {
    if (after === undefined) return openAt('TRIM_HORIZON');
    try {
      return await openAt('AFTER_SEQUENCE_NUMBER', after);
    } catch (error) {
      // What came next is gone after a day, as on AWS: go on with the oldest that is left.
      if (error instanceof ServiceError && error.code === 'TrimmedDataAccessException') return openAt('TRIM_HORIZON');
      throw error;
    }
  };
  const get = async (at: string, limit: number) =>
    records.parse(await engine.call(target('GetRecords'), { ShardIterator: at, Limit: Math.min(MOST, limit) }));

  const fetch = async (after: string | undefined, limit: number): Promise<ReadRecords> => {
    const place = after ?? '';
    const remembered = iterators.get(place);
    iterators.delete(place);
    let found: z.output<typeof records>;
    try {
      found = await get(remembered ?? (await open(after)), limit);
    } catch (error) {
      if (remembered === undefined) throw error;
      // Iterators expire.
      found = await get(await open(after), limit);
    }
    const { Records, NextShardIterator } = found;
    if (NextShardIterator !== undefined) {
      if (iterators.size > 100) iterators.clear();
      iterators.set(Records.at(-1)?.dynamodb.SequenceNumber ?? place, NextShardIterator);
    }
    return { records: Records, closed: NextShardIterator === undefined };
  };

  return {
    read(after, limit) {
      const key = `${after ?? ''}/${limit}`;
      const shared = reads.get(key);
      if (shared !== undefined) return shared;
      const reading = fetch(after, limit);
      const current = reads;
      current.set(key, reading);
      const forget = (): void => void current.delete(key);
      reading.then(forget, forget);
      return reading;
    },
    async readRange(from, to) {
      const found: EngineRecord[] = [];
      const gone = (): ServiceError =>
        new ServiceError(
          'TrimmedDataAccessException',
          `The records from ${from} to ${to} are no longer kept: a stream keeps them for a day. What they were about is in the table.`,
        );
      let at: string | undefined = await openAt('AT_SEQUENCE_NUMBER', from).catch((error: unknown) => {
        throw error instanceof ServiceError && error.code === 'TrimmedDataAccessException' ? gone() : error;
      });
      while (at !== undefined) {
        const page = await get(at, MOST);
        for (const each of page.Records) {
          found.push(each);
          if (each.dynamodb.SequenceNumber === to) {
            if (found[0]?.dynamodb.SequenceNumber !== from) break;
            return found;
          }
        }
        at = page.Records.length === 0 ? undefined : page.NextShardIterator;
      }
      throw gone();
    },
    changed() {
      reads = new Map();
    },
  };
}
