import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { headOf } from '../../shared/store/chains.ts';
import { type Anchorage, addAnchor } from '../anchors/add-anchor.ts';
import { logFailure } from '../log/log-line.ts';

/**
 * Writes where the chains of a batch have come to into one object that nobody can change or remove. A batch without
 * chained items, or one that came before, changes nothing. Cost: one put a batch.
 * @returns the records to be given again: all, when it could not be written
 */
export async function anchorBatch(anchorage: Anchorage, batch: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const heads = batch.Records.flatMap(({ dynamodb }) => {
    const image = dynamodb?.NewImage;
    const head = image && headOf(unmarshall(JSON.parse(JSON.stringify(image))));
    return head ? [head] : [];
  });
  if (heads.length === 0) return { batchItemFailures: [] };
  try {
    await addAnchor(anchorage, heads);
  } catch (error) {
    logFailure('anchor-failed', error, { heads: heads.length });
    return { batchItemFailures: [{ itemIdentifier: batch.Records[0]?.dynamodb?.SequenceNumber ?? '' }] };
  }
  return { batchItemFailures: [] };
}
