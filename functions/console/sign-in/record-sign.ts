import { actorOf } from '../../../shared/answering/acting.ts';
import { recordTrace } from '../../../shared/audit/record.ts';
import type { MemberId } from '../../../shared/domain/ids.ts';
import type { Member } from '../../../shared/domain/party.ts';
import { membershipsOf } from '../../../shared/store/parties.ts';
import type { Door } from '../door.ts';

/**
 * Records that somebody signed in or out. A person who is a member of nothing gets no further and leaves no trace.
 * @returns the membership in which they begin
 */
export async function recordSign(
  { hub }: Door,
  person: MemberId,
  type: 'signed-in' | 'signed-out',
): Promise<Member | undefined> {
  const [member] = await membershipsOf(hub.table, person);
  if (member) await recordTrace(hub.table, { type, by: actorOf({ type: 'member', member }), door: 'console' });
  return member;
}
