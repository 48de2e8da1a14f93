import { handOverDesk } from '../answering/hand-over.ts';
import { requestOwnRechecks } from '../answering/recheck-cases.ts';
import { toldNow } from '../audit/record.ts';
import type { Member } from '../domain/party.ts';
import { changingInvitation, listInvitations } from '../store/invitations.ts';
import { removing } from '../store/parties.ts';
import { endSessionsOf } from '../store/sessions.ts';
import type { Table } from '../store/table.ts';
import { transactTraced } from '../store/traces.ts';

/**
 * Ends a membership in the name of the installation's owner, with the trace that says so, also that of a last lead: the person's sessions
 * and the invitations that they sent end with it, and no file enters them again. Cost: a Query, a read, a transaction of up to ten items and
 * one an invitation, and what ending sessions and handing over cost.
 */
export async function takeOutMember(table: Table, member: Member): Promise<void> {
  const { id, party, roles } = member;
  const by = { type: 'workflow' } as const;
  const sent = (await listInvitations(table, party)).filter((one) => one.by === id && one.ended === undefined);
  const told = toldNow({
    type: 'member-removed',
    by,
    door: 'command',
    party,
    member: id,
    roles,
    ...(sent.length > 0 && { invitations: sent.map((one) => one.id) }),
  });
  const { at } = told.trace;
  const writes = [
    ...removing(table, member, { member: id, party, at }),
    ...sent.map((one) => changingInvitation(table, one, { ...one, ended: 'cancelled' })),
    ...requestOwnRechecks(table, member, at),
  ];
  await transactTraced(table, writes, told);
  await endSessionsOf(table, id);
  await handOverDesk(table, party, roles);
}
