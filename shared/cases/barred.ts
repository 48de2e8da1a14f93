import type { Case } from '../domain/case.ts';
import type { Member } from '../domain/party.ts';
import { interestedIn } from '../store/interests.ts';
import type { Table } from '../store/table.ts';
import { applicantsOf } from './applicants-side.ts';

/**
 * Which of `people` act on the case at no door: those who have an interest in it, and those who are its applicant by their
 * mail address. What pages offer and mails tell goes by this; what is written, by the same as conditions, see `guards.ts`.
 * Cost: a Query and up to four reads a person, and a Query where an organization with an account applies.
 */
export async function barredFrom(
  table: Table,
  subject: Case,
  people: readonly Member[],
): Promise<(person: Member) => boolean> {
  const [interested, applicants] = await Promise.all([
    interestedIn(
      table,
      people.map(({ id }) => id),
      subject,
    ),
    applicantsOf(table, subject).then((among) => among(people)),
  ]);
  return ({ id }) => interested.has(id) || applicants.has(id);
}
