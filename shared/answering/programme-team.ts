import type { PartyId } from '../domain/ids.ts';
import type { Member } from '../domain/party.ts';
import { localDate } from '../domain/time.ts';
import { isOpen, type Programme } from '../entities/programme/programme.ts';
import { lackedBy, type Seat } from '../entities/programme/team.ts';
import { accountsOf } from '../store/accounts.ts';
import { listMembers } from '../store/parties.ts';
import type { Table } from '../store/table.ts';

/** The people of a party, each with the roles of all their accounts in it. Cost: a Query, and a read a person. */
async function peopleIn(table: Table, party: PartyId) {
  const members = await listMembers(table, party);
  const accounts = await accountsOf(
    table,
    members.map(({ id }) => id),
  );
  const same = Map.groupBy(members, ({ id }: Member) => accounts(id).toSorted().join());
  return [...same.values()].map((each) => ({ roles: each.flatMap(({ roles }) => roles) }));
}

/** Whom a funder lacks for a programme, or, without one, for any that grants more than one person may approve. */
export async function seatsLacking(table: Table, funder: PartyId, programme?: Programme): Promise<readonly Seat[]> {
  return lackedBy(await peopleIn(table, funder), programme);
}

/** The same for each of a funder's programmes that is open. Cost: as of one. */
export async function seatsLackingIn(
  table: Table,
  funder: PartyId,
  programmes: readonly Programme[],
): Promise<ReadonlyMap<Programme['id'], readonly Seat[]>> {
  const today = localDate(Date.now());
  const open = programmes.filter((one) => one.funder === funder && isOpen(one, today));
  if (open.length === 0) return new Map();
  const people = await peopleIn(table, funder);
  return new Map(open.map((one) => [one.id, lackedBy(people, one)]));
}
