import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { CaseEvent } from '../../shared/domain/event.ts';
import { fromEventItem } from '../../shared/store/case-item.ts';
import { logLine } from '../log/log-line.ts';

/**
 * Gives each case event of a batch to `act`, in order, and tells the stream where to go on: at the first that failed,
 * since a case's later news must not overtake its earlier.
 */
export async function eachEvent(
  batch: DynamoDBStreamEvent,
  act: (event: CaseEvent) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const record of batch.Records) {
    const image = record.dynamodb?.NewImage;
    if (image?.entity?.S !== 'event') continue;
    try {
      await act(fromEventItem(unmarshall(JSON.parse(JSON.stringify(image)))));
    } catch (error) {
      logLine('event-failed', {
        error: error instanceof Error ? error.name : 'unknown',
        eventId: record.eventID ?? '',
      });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
