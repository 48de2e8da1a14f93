import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { digest } from '../audit/digest.ts';
import type { OfferId } from '../domain/ids.ts';
import { Offer } from '../domain/party.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { get, type Item, put, queryAll, type Table, toItem } from './table.ts';

/** What is left of an offer is an attribute of its own, so that a condition can test and change it. */
export const StoredOffer = Offer.omit({ available: true });

function fromItem(item: Item): Offer {
  return wholeOf(Offer, item, { available: item.available });
}

/** Cost: one consistent read. */
export async function readOffer(table: Table, id: OfferId): Promise<Offer | undefined> {
  const item = await get(table, keys.offer(id));
  return item && fromItem(item);
}

/** All offers, used up ones too. Cost: one Query. */
export async function listOffers(table: Table): Promise<Offer[]> {
  return (await queryAll(table, keys.offer('').pk)).map(fromItem);
}

function offerItem(offer: Offer): Item {
  const { available, ...data } = Offer.parse(offer);
  return { ...keys.offer(offer.id), entity: 'offer', available, ...dataOf(StoredOffer, data) };
}

/** The write of a new offer; it fails when its id is taken. */
export function offering(table: Table, offer: Offer): TransactWriteItem {
  return put(table, offerItem(offer), true);
}

/** What binds an offer to the trace of its making: what it is for, how much and whose; not what is left of it. */
export function offerDigest({ data }: Item): string {
  return digest('offer', data);
}

/** The same of an offer as it is made. */
export function promiseDigest(offer: Offer): string {
  return offerDigest(offerItem(offer));
}

/** Takes pieces from an offer (negative) while it has them, or gives them back. */
export function offerChange(table: Table, id: OfferId, by: number): TransactWriteItem {
  return {
    Update: {
      TableName: table.name,
      Key: toItem({ ...keys.offer(id) }),
      UpdateExpression: 'SET available = available + :by',
      ConditionExpression: 'available >= :least',
      ExpressionAttributeValues: toItem({ ':by': by, ':least': Math.max(0, -by) }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}
