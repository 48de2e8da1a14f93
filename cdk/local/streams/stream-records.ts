import { createHash } from 'node:crypto';
import type { EventSourceSpec, TableSpec } from '../template/blueprint.ts';
import type { Json } from '../template/json.ts';
import { compilePattern } from './event-pattern.ts';
import type { LaneRecord } from './lane.ts';
import type { EngineRecord } from './shard-reader.ts';

export interface StreamRecordsOptions {
  readonly sources: readonly EventSourceSpec[];
  readonly region: string;
}

/** Where a record comes from. */
export interface Shard {
  readonly table: TableSpec;
  readonly shardId: string;
}

export interface StreamRecords {
  /** The record as functions get it; undefined when no filter of the source lets it pass. */
  accept(source: EventSourceSpec, shard: Shard, record: EngineRecord): LaneRecord | undefined;
}

/** Turns the engine's records into those of AWS, each once for all who follow the stream, and filters them. */
export function createStreamRecords({ sources, region }: StreamRecordsOptions): StreamRecords {
  const filters = new Map(
    sources.map((source) => [source.id, source.patterns.map((pattern) => compilePattern(pattern))]),
  );
  const made = new WeakMap<EngineRecord, { readonly record: LaneRecord; readonly event: Json }>();

  const make = ({ table, shardId }: Shard, record: EngineRecord) => {
    const sequenceNumber = record.dynamodb.SequenceNumber;
    const createdAt = record.dynamodb.ApproximateCreationDateTime * 1_000;
    const text = JSON.stringify({
      eventID: createHash('md5').update(`${shardId}/${sequenceNumber}`).digest('hex'),
      eventName: record.eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      dynamodb: record.dynamodb,
      ...(record.userIdentity && { userIdentity: identityOf(record.userIdentity) }),
      eventSourceARN: table.streamArn,
    });
    const event: Json = JSON.parse(text);
    const entry = { record: { sequenceNumber, createdAt, text }, event };
    made.set(record, entry);
    return entry;
  };

  return {
    accept(source, shard, engineRecord) {
      const { record, event } = made.get(engineRecord) ?? make(shard, engineRecord);
      const tests = filters.get(source.id) ?? [];
      return tests.length === 0 || tests.some((test) => test(event)) ? record : undefined;
    },
  };
}

/** Who did it, in the words of a function's event, which begin with small letters. */
const identityOf = ({ PrincipalId, Type }: NonNullable<EngineRecord['userIdentity']>) => ({
  type: Type,
  principalId: PrincipalId,
});

/** Which of a shard's lanes an item's records go: always the same, so that their order is kept. */
export function laneOf(record: EngineRecord, lanes: number): number {
  if (lanes === 1) return 0;
  const entries = Object.entries(record.dynamodb.Keys).sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('md5').update(JSON.stringify(entries)).digest().readUInt32BE() % lanes;
}
