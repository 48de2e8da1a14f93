import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Member, Role } from '../domain/party.ts';
import { keys } from './keys.ts';
import { type Table, toItem } from './table.ts';

/**
 * Checks, in the transaction that acts, that the person is still a member of the party with one of the roles in which they
 * act: a page that was open when they were removed decides nothing. Cost: one item.
 */
export function stillMember(table: Table, { id, party }: Member, roles: readonly Role[]): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: toItem({ ...keys.member(id, party) }),
      ConditionExpression: roles.map((_, index) => `contains(#data.#roles, :role${index})`).join(' OR '),
      ExpressionAttributeNames: { '#data': 'data', '#roles': 'roles' },
      ExpressionAttributeValues: toItem(Object.fromEntries(roles.map((role, index) => [`:role${index}`, role]))),
    },
  };
}
