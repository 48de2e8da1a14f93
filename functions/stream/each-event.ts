import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { CaseEvent } from '../../shared/domain/event.ts';
import { fromEventItem } from '../../shared/store/case-item.ts';
import type { Item } from '../../shared/store/table.ts';
import { logLine } from '../log/log-line.ts';

/**
 * Gives each case event of a batch to `act`, in order, and tells the stream where to go on: at the first that failed,
 * since a case's later news must not overtake its earlier.
 * @param others what else to act on, by its entity
 */
export async function eachEvent(
  batch: DynamoDBStreamEvent,
  act: (event: CaseEvent) => Promise<void>,
  others: Readonly<Record<string, (item: Item) => Promise<void>>> = {},
): Promise<DynamoDBBatchResponse> {
  const acts: typeof others = { ...others, event: (item) => act(fromEventItem(item)) };
  for (const record of batch.Records) {
    const image = record.dynamodb?.NewImage;
    const carry = acts[image?.entity?.S ?? ''];
    if (!image || !carry) continue;
    try {
      await carry(unmarshall(JSON.parse(JSON.stringify(image))));
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
