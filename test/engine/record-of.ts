import type { DynamoDBRecord } from 'aws-lambda';
import { type Item, toItem } from '../../shared/store/table.ts';

/** An item as the table's stream tells that it is new. */
export function recordOf(item: Item): DynamoDBRecord {
  return {
    eventID: `${item.pk}-${item.sk}`,
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: String(item.sk), NewImage: JSON.parse(JSON.stringify(toItem(item))) },
  };
}
