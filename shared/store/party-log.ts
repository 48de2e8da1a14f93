import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PartyId } from '../domain/ids.ts';
import { PartyEvent } from '../domain/party-event.ts';
import { keys } from './keys.ts';
import { get, put, queryAll, type Table, toItem } from './table.ts';

/** How many changes the people of a party have seen; 0 before the first. Cost: one consistent read. */
export async function readPartyVersion(table: Table, party: PartyId): Promise<number> {
  const item = await get(table, keys.partyLog(party));
  return item ? Number(item.version) : 0;
}

/**
 * Writes that append an event to a party's log. They fail where another change came between: what is true of all members
 * together (there is a lead) is therefore still true when the change is written. Cost: two items in a transaction.
 */
export function logging(table: Table, event: PartyEvent): TransactWriteItem[] {
  const data = PartyEvent.parse(event);
  return [
    {
      Put: {
        TableName: table.name,
        Item: toItem({ ...keys.partyLog(data.party), entity: 'party-log', version: data.version }),
        ConditionExpression: 'attribute_not_exists(pk) AND :read = :none OR version = :read',
        ExpressionAttributeValues: toItem({ ':read': data.version - 1, ':none': 0 }),
      },
    },
    put(table, { ...keys.partyEvent(data.party, data.version), entity: 'party-event', data }, true),
  ];
}

/** All that happened to the people of a party, in order. Cost: one Query. */
export async function readPartyLog(table: Table, party: PartyId): Promise<PartyEvent[]> {
  const items = await queryAll(table, keys.membersOfParty(party), 'EVENT#');
  return items.map((item) => PartyEvent.parse(item.data));
}
