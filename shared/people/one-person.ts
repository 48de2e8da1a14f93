import type { MemberId } from '../domain/ids.ts';
import { isSameMailbox } from '../domain/same/mailbox.ts';
import { listMembers, listParties } from '../store/parties.ts';
import { accountsWithMailbox } from '../store/people.ts';
import type { Table } from '../store/table.ts';

/** Accounts of members of the parties that work with the hub. Cost: a Query, and one a party. */
async function membersWith(table: Table, email: string): Promise<MemberId[]> {
  const parties = await listParties(table);
  const members = await Promise.all(parties.map(({ id }) => listMembers(table, id)));
  return members.flat().flatMap((one) => (isSameMailbox(one.email, email) ? [one.id] : []));
}

/**
 * The other accounts of the person who has the mailbox, in whichever party: those who have it as members, and those who
 * were shown to have it and are no members any more. Cost: a Query, one a party, and one.
 * @param hash the mailbox's, see `shared/secrets/lookup-hash.ts`; left out where nobody has the key
 */
export async function otherAccounts(
  table: Table,
  person: MemberId,
  email: string,
  hash?: string,
): Promise<readonly MemberId[]> {
  const shown = hash === undefined ? [] : await accountsWithMailbox(table, hash);
  const found = new Set([...(await membersWith(table, email)), ...shown]);
  return [...found].filter((one) => one !== person);
}

/** What a trace says of other accounts: nothing where there are none. */
export function accountsTold(accounts: readonly MemberId[]): { readonly accounts?: MemberId[] } {
  return accounts.length > 0 ? { accounts: [...accounts] } : {};
}
