import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { MemberId, PartyId } from '../domain/ids.ts';
import { StandIns } from '../domain/stand-in.ts';
import { keys } from './keys.ts';
import { get, queryAll, type Table, toItem } from './table.ts';

/** Cost: one consistent read. */
export async function readStandIns(table: Table, party: PartyId, member: MemberId): Promise<StandIns | undefined> {
  const item = await get(table, keys.standIns(party, member));
  return item && StandIns.parse(item.data);
}

/** The stand-ins that the members of a party named. Cost: one Query; an item for each member who ever named one. */
export async function standInsOfParty(table: Table, party: PartyId): Promise<StandIns[]> {
  return (await queryAll(table, keys.standInsOfParty(party))).map((item) => StandIns.parse(item.data));
}

/** Writes a member's stand-ins from the revision that was read. Cost: one item in a transaction. */
export function savingStandIns(table: Table, after: StandIns): TransactWriteItem {
  const data = StandIns.parse(after);
  return {
    Put: {
      TableName: table.name,
      Item: toItem({ ...keys.standIns(data.party, data.member), entity: 'stand-ins', revision: data.revision, data }),
      ConditionExpression: 'revision = :read OR (attribute_not_exists(pk) AND :read = :none)',
      ExpressionAttributeValues: toItem({ ':read': data.revision - 1, ':none': 0 }),
    },
  };
}

/** Checks, in the transaction that decides, that the stand-ins are those that were read. Cost: one item. */
export function standInsUnchanged(table: Table, { party, member, revision }: StandIns): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: toItem({ ...keys.standIns(party, member) }),
      ConditionExpression: 'revision = :read',
      ExpressionAttributeValues: toItem({ ':read': revision }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}
