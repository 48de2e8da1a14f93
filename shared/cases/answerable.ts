import type { TaskId } from '../domain/ids.ts';
import type { Member, Role } from '../domain/party.ts';
import type { CaseFile } from '../store/cases.ts';
import { interestedIn } from '../store/interests.ts';
import type { Table } from '../store/table.ts';
import { type ActingMember, isOwn, mayAnswer } from './acting.ts';
import { applicantsAddresses } from './applicants-side.ts';
import { standsInFor } from './stand-ins.ts';

/** What a member may do about a case at this moment. */
export interface Answerable {
  /** the open tasks that are theirs to answer, and as whom they would: themselves, or in a colleague's place */
  readonly tasks: ReadonlyMap<TaskId, ActingMember>;
  /** whether they have an interest in the case, or are the applicant by their mail address, and therefore may answer nothing */
  readonly interested: boolean;
  /** their roles, and those of colleagues for whom they stand in today: what they need to see is what those see */
  readonly roles: readonly Role[];
}

/**
 * What of a case's open tasks is a member's to answer. Decided is anew, by the transaction that writes an answer. Cost: a
 * Query, and two or three reads; another Query for who stands in for somebody, and one where an organization with an
 * account applies.
 */
export async function answerable(
  table: Table,
  file: Pick<CaseFile, 'subject' | 'tasks'>,
  acting: ActingMember,
): Promise<Answerable> {
  const { subject, tasks } = file;
  const { member } = acting;
  if (isOwn(acting, subject)) {
    const own = tasks.filter((task) => task.status === 'open' && mayAnswer(acting, subject, task));
    return { tasks: new Map(own.map(({ id }) => [id, acting])), interested: false, roles: member.roles };
  }
  const places = await standsInFor(table, member);
  const people = [member.id, ...places.map(({ member: away }) => away.id)];
  const [interests, isApplicants] = await Promise.all([
    interestedIn(table, people, subject),
    applicantsAddresses(table, subject),
  ]);
  const isBarred = ({ id, email }: Member) => interests.has(id) || isApplicants(email);
  const interested = isBarred(member);
  const free = places.filter(({ member: away }) => !isBarred(away));
  const as = interested ? [] : [acting, ...free.map((inPlaceOf): ActingMember => ({ ...acting, inPlaceOf }))];
  const found = tasks.flatMap((task) => {
    const first = task.status === 'open' ? as.find((one) => mayAnswer(one, subject, task)) : undefined;
    return first ? [[task.id, first] as const] : [];
  });
  const roles = [...new Set([...member.roles, ...free.flatMap(({ member: away }) => away.roles)])];
  return { tasks: new Map(found), interested, roles };
}
