import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PartyId, Slug } from '../domain/ids.ts';
import { Invitation } from '../domain/invitation.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { get, type Item, put, putOver, queryAll, type Table, toItem } from './table.ts';

/** How long an invitation is kept after its end, in days. */
const KEPT_DAYS = 30;

function invitationItem(invitation: Invitation): Item {
  const expires = expiresAfter(invitation.endsAt, KEPT_DAYS);
  return {
    ...keys.invitation(invitation.party, invitation.id),
    entity: 'invitation',
    version: invitation.version,
    ended: invitation.ended ?? 'no',
    expires,
    ...dataOf(Invitation, Invitation.parse(invitation)),
  };
}

function fromItem(item: Item): Invitation {
  return wholeOf(Invitation, item);
}

/** Cost: one consistent read. */
export async function readInvitation(table: Table, party: PartyId, id: Slug): Promise<Invitation | undefined> {
  const item = await get(table, keys.invitation(party, id));
  return item && fromItem(item);
}

/** The invitations of a party, also those that ended lately. Cost: one Query. */
export async function listInvitations(table: Table, party: PartyId): Promise<Invitation[]> {
  const items = await queryAll(table, keys.membersOfParty(party), keys.invitationPrefix);
  return items.map(fromItem).sort((a, b) => (a.at < b.at ? 1 : -1));
}

export function inviting(table: Table, invitation: Invitation): TransactWriteItem {
  return put(table, invitationItem(invitation), true);
}

/** The removal of an invitation that is still as it was read: its link leads nowhere from then on. */
export function removingInvitation(table: Table, { party, id, version, ended }: Invitation): TransactWriteItem {
  return {
    Delete: {
      TableName: table.name,
      Key: toItem({ ...keys.invitation(party, id) }),
      ConditionExpression: 'version = :read AND ended = :ended',
      ExpressionAttributeValues: toItem({ ':read': version, ':ended': ended ?? 'no' }),
    },
  };
}

/** The write of an invitation that is still as it was read, and not over: of two who end it, one does. */
export function changingInvitation(table: Table, before: Invitation, after: Invitation): TransactWriteItem {
  return putOver(table, invitationItem(after), before.version, ['ended = :no', { ':no': 'no' }]);
}
