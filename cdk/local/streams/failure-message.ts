import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Millis } from '../types.ts';
import type { BatchFailure } from './batch-result.ts';
import type { LaneRecord } from './lane.ts';

export interface FailedBatch {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  readonly records: readonly LaneRecord[];
  readonly failure: BatchFailure;
  readonly now: Millis;
}

/**
 * What a failure destination is told: where the records are, not what they say.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function failureMessage({ functionArn, streamArn, shardId, records, failure, now }: FailedBatch): string {
  const first = records[0];
  const last = records.at(-1);
  return JSON.stringify({
    requestContext: {
      requestId: randomUUID(),
      functionArn,
      condition: failure.condition,
      approximateInvokeCount: failure.invocations,
    },
    ...(failure.response && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(failure.response.functionError && { functionError: failure.response.functionError }),
      },
    }),
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first?.createdAt ?? now),
      approximateArrivalOfLastRecord: arrival(last?.createdAt ?? now),
      batchSize: records.length,
      streamArn,
    },
  });
}

/** Whole seconds, as streams date their records. */
const arrival = (at: Millis): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

const message = z.object({
  requestContext: z.object({ functionArn: z.string(), condition: z.string(), approximateInvokeCount: z.number() }),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    approximateArrivalOfFirstRecord: z.iso.datetime(),
    batchSize: z.number(),
    streamArn: z.string(),
  }),
});

export interface FailedPlace {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  readonly from: string;
  readonly to: string;
  /** Why they were given up, after how many calls. */
  readonly condition: string;
  readonly tries: number;
  /** How many records there are, and when the first of them was written. */
  readonly count: number;
  readonly writtenAt: Millis;
}

/** Where the records of a failure message are; undefined when the text is none. */
export function readFailureMessage(text: string): FailedPlace | undefined {
  try {
    const { requestContext, DDBStreamBatchInfo: info } = message.parse(JSON.parse(text));
    return {
      // messages of before have the version in it
      functionArn: requestContext.functionArn.replace(/:\$LATEST$/, ''),
      streamArn: info.streamArn,
      shardId: info.shardId,
      from: info.startSequenceNumber,
      to: info.endSequenceNumber,
      condition: requestContext.condition,
      tries: requestContext.approximateInvokeCount,
      count: info.batchSize,
      writtenAt: Date.parse(info.approximateArrivalOfFirstRecord),
    };
  } catch {
    return undefined;
  }
}
