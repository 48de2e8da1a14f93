import { handBack } from '../answering/hand-over.ts';
import { requestOwnRechecks } from '../answering/recheck-cases.ts';
import { toldNow } from '../audit/record.ts';
import type { Member } from '../domain/party.ts';
import { linkingAccounts } from '../store/accounts.ts';
import { joining, readMember, wasRemoved } from '../store/parties.ts';
import { ConditionFailed, type Table } from '../store/table.ts';
import { transactTraced } from '../store/traces.ts';
import { bindingMember } from './member-digest.ts';
import { accountsTold, otherAccounts } from './one-person.ts';

/**
 * Enters a member whom the installation's owner names, with the trace that says so: nobody who is one, and nobody who was
 * removed. Other accounts with the same mailbox are one person with them. Cost: three reads, a Query a party, and a transaction
 * of four to eight items, more where there are other accounts.
 * @returns whether they were entered
 */
export async function enterMember(table: Table, member: Member): Promise<boolean> {
  const { id, party, roles } = member;
  if ((await readMember(table, party, id)) || (await wasRemoved(table, party, id))) return false;
  const by = { type: 'workflow' } as const;
  const accounts = await otherAccounts(table, id, member.email);
  const bound = bindingMember(member);
  const told = toldNow({
    type: 'member-joined',
    by,
    door: 'command',
    party,
    member: id,
    roles,
    person: bound.person,
    ...accountsTold(accounts),
  });
  const writes = [
    ...joining(table, bound.member),
    ...linkingAccounts(table, id, accounts),
    ...requestOwnRechecks(table, member, told.trace.at),
  ];
  try {
    await transactTraced(table, writes, told);
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
  await handBack(table, member);
  return true;
}
