import type { Member } from '../domain/party.ts';
import { hubsBelow } from '../store/hub-tree.ts';
import type { Table } from '../store/table.ts';
import type { Acting } from './acting.ts';

/** A member who acts, with the hubs below theirs. Cost: none but for a hub's members, see {@link hubsBelow}. */
export async function memberActing(table: Table, member: Member): Promise<Extract<Acting, { type: 'member' }>> {
  if (member.partyType !== 'hub') return { type: 'member', member };
  return { type: 'member', member, below: await hubsBelow(table, member.party) };
}
