import { isLifted } from '../domain/bar.ts';
import type { MemberId } from '../domain/ids.ts';
import type { Member } from '../domain/party.ts';
import type { Case } from '../kinds/case.ts';
import { type AccountsOf, accountsOf } from '../store/accounts.ts';
import { interestedIn } from '../store/interests.ts';
import type { Table } from '../store/table.ts';
import { applicantsOf } from './applicants-side.ts';

/** Which accounts are of somebody whom what the applicant typed keeps away no more. */
export function liftedAmong(
  subject: Case,
  people: readonly MemberId[],
  accounts: AccountsOf,
): (account: MemberId) => boolean {
  const lifted = new Set(people.filter((one) => isLifted(subject, one)).flatMap(accounts));
  return (account) => lifted.has(account);
}

/**
 * Which of `people` act on the case at no door: those who have an interest in it, and those who are its applicant by their
 * mail address. What pages offer and mails tell goes by this; what is written, by the same as conditions, see `guards.ts`.
 * Cost: a Query and up to six reads a person, and a Query where an organization with an account applies.
 */
export async function barredFrom(
  table: Table,
  subject: Case,
  people: readonly Member[],
): Promise<(person: Member) => boolean> {
  const ids = people.map(({ id }) => id);
  const accounts = await accountsOf(table, ids);
  const [interested, applicants] = await Promise.all([
    interestedIn(table, [...new Set(ids.flatMap(accounts))], subject, liftedAmong(subject, ids, accounts)),
    applicantsOf(table, subject).then((among) => among(people)),
  ]);
  return ({ id }) => accounts(id).some((each) => interested.has(each)) || applicants.has(id);
}
