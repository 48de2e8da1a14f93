import { PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { anchorObject } from '../../shared/audit/anchor.ts';
import { headOf } from '../../shared/store/chains.ts';
import { logLine } from '../log/log-line.ts';

/** Where the heads of chains are kept outside the table. */
export interface Anchorage {
  readonly s3: S3Client;
  readonly bucket: string;
}

/** The object is there already, from a batch that came twice. */
function isThere(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'PreconditionFailed';
}

/**
 * Writes where the chains of a batch have come to into one object that nobody can change or remove. A batch without
 * chained items, or one that came before, changes nothing. Cost: one put a batch.
 * @returns the records to be given again: all, when it could not be written
 */
export async function anchorBatch(
  { s3, bucket }: Anchorage,
  batch: DynamoDBStreamEvent,
): Promise<DynamoDBBatchResponse> {
  const heads = batch.Records.flatMap(({ dynamodb }) => {
    const image = dynamodb?.NewImage;
    const head = image && headOf(unmarshall(JSON.parse(JSON.stringify(image))));
    return head ? [head] : [];
  });
  if (heads.length === 0) return { batchItemFailures: [] };
  const { key, body } = anchorObject(heads);
  try {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: 'application/json',
        // an anchor is never written over
        IfNoneMatch: '*',
      }),
    );
  } catch (error) {
    if (!isThere(error)) {
      logLine('anchor-failed', { error: error instanceof Error ? error.name : 'unknown', heads: heads.length });
      return { batchItemFailures: [{ itemIdentifier: batch.Records[0]?.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
