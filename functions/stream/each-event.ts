import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { CaseEvent } from '../../shared/domain/event.ts';
import { fromEventItem } from '../../shared/store/case-item.ts';
import type { Item } from '../../shared/store/table.ts';
import { logFailure } from '../log/log-line.ts';

/** Cases whose events are carried on side by side: a mail server takes only so many connections from one sender. */
const AT_ONCE = 5;

/**
 * Gives each case event of a batch to `act`: those of a case in order, since its later news must not overtake its earlier,
 * different cases side by side. Tells the stream to go on at the first that failed; what came after it and succeeded comes
 * again.
 * @param others what else to act on, by its entity
 */
export async function eachEvent(
  batch: DynamoDBStreamEvent,
  act: (event: CaseEvent) => Promise<void>,
  others: Readonly<Record<string, (item: Item) => Promise<void>>> = {},
): Promise<DynamoDBBatchResponse> {
  const acts: typeof others = { ...others, event: (item) => act(fromEventItem(item)) };
  const failed = new Set<DynamoDBRecord>();
  const carry = async (record: DynamoDBRecord): Promise<boolean> => {
    const image = record.dynamodb?.NewImage;
    const carried = acts[image?.entity?.S ?? ''];
    if (!image || !carried) return true;
    try {
      await carried(unmarshall(JSON.parse(JSON.stringify(image))));
      return true;
    } catch (error) {
      logFailure('event-failed', error, { eventId: record.eventID ?? '' });
      failed.add(record);
      return false;
    }
  };
  const cases = Map.groupBy(batch.Records, ({ dynamodb }) => dynamodb?.NewImage?.pk?.S).values();
  const goOn = async (): Promise<void> => {
    // whoever is free takes the next case
    for (const records of cases) for (const record of records) if (!(await carry(record))) break;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, goOn));
  const first = batch.Records.find((record) => failed.has(record));
  return { batchItemFailures: first ? [{ itemIdentifier: first.dynamodb?.SequenceNumber ?? '' }] : [] };
}
