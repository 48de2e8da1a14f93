import { toldNow } from '../audit/record.ts';
import { handBack } from '../cases/hand-over.ts';
import { lookingAtOwn } from '../cases/look-anew.ts';
import type { Member } from '../domain/party.ts';
import { joining, readMember, wasRemoved } from '../store/parties.ts';
import { ConditionFailed, type Table } from '../store/table.ts';
import { transactTraced } from '../store/traces.ts';

/**
 * Enters a member whom the installation's owner names, with the trace that says so: nobody who is one, and nobody who was
 * removed. Cost: three reads, and a transaction of four to eight items.
 * @returns whether they were entered
 */
export async function enterMember(table: Table, member: Member): Promise<boolean> {
  const { id, party, roles } = member;
  if ((await readMember(table, party, id)) || (await wasRemoved(table, party, id))) return false;
  const by = { type: 'workflow' } as const;
  const told = toldNow({ type: 'member-joined', by, door: 'command', party, member: id, roles });
  try {
    await transactTraced(table, [...joining(table, member), ...lookingAtOwn(table, member, told.trace.at)], told);
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
  await handBack(table, member);
  return true;
}
