import type { TaskId } from '../domain/ids.ts';
import type { Role } from '../domain/party.ts';
import type { Task } from '../domain/task.ts';
import type { Case } from '../kinds/case.ts';
import { standsAgainst } from '../kinds/eligibility.ts';
import { type AccountsOf, accountsOf } from '../store/accounts.ts';
import type { CaseFile } from '../store/cases.ts';
import type { Table } from '../store/table.ts';
import { type ActingMember, actorOf, answererOf, isOwn, may, mayAnswer } from './acting.ts';
import { standsInFor } from './stand-ins.ts';
import { barredFrom } from './who-is-barred.ts';

/** How a member may answer a task. */
interface Offered {
  /** as whom they would: themselves, or in a colleague's place */
  readonly as: ActingMember;
  /** the answers that the rules of two people and of two sides leave them */
  readonly outcomes: readonly string[];
  /** why not all of them */
  readonly kept: ReturnType<typeof standsAgainst>;
}

/** What a member may do about a case at this moment. */
export interface Answerable {
  /** the open tasks that are theirs to answer */
  readonly tasks: ReadonlyMap<TaskId, Offered>;
  /** why the member may not give one or all of the answers to a task that is put to them */
  readonly kept: Offered['kept'];
  /** whether they may do this for the applicant, as a member of the organization or for one without e-mail */
  actsFor(action: 'withdraw-case' | 'amend-case'): boolean;
  /** whether the member may answer nothing: they have an interest in the case, or are the applicant by their mail address */
  readonly interested: boolean;
  /** the member's roles and those of colleagues for whom they stand in today: a page shows what these roles see */
  readonly roles: readonly Role[];
}

function offered(subject: Case, task: Task, as: ActingMember, accounts: AccountsOf): Offered[] {
  if (task.status !== 'open' || !mayAnswer(as, subject, task)) return [];
  const by = answererOf(as, subject, task);
  const refusals = task.outcomes.map((outcome) => standsAgainst(subject, outcome, by, accounts));
  const outcomes = task.outcomes.filter((_, index) => refusals[index] === undefined);
  return [{ as, outcomes, kept: refusals.find((code) => code !== undefined) }];
}

/** How `people` may answer the tasks: each as the first of them to whom an answer is left. */
function offeredTo(
  { subject, tasks }: Pick<CaseFile, 'subject' | 'tasks'>,
  people: readonly ActingMember[],
  accounts: AccountsOf,
) {
  const found = tasks.flatMap((task) => {
    const ways = people.flatMap((as) => offered(subject, task, as, accounts));
    const way = ways.find(({ outcomes }) => outcomes.length > 0) ?? ways[0];
    return way ? [[task.id, way] as const] : [];
  });
  return {
    tasks: new Map(found.filter(([, { outcomes }]) => outcomes.length > 0)),
    kept: found.find(([, { kept }]) => kept)?.[1].kept,
  };
}

/**
 * What of a case's open tasks is a member's to answer, and how. Decided is anew, by the transaction that writes an answer. Cost: a
 * Query, and three to five reads; another Query for who stands in for somebody, and one where an organization with an
 * account applies.
 */
export async function answerable(
  table: Table,
  file: Pick<CaseFile, 'subject' | 'tasks'>,
  acting: ActingMember,
): Promise<Answerable> {
  const { subject } = file;
  const { member } = acting;
  const by = actorOf(acting, !isOwn(acting, subject));
  const isTheirs = isOwn(acting, subject);
  const places = isTheirs ? [] : await standsInFor(table, member);
  const accounts = await accountsOf(table, [member.id, ...places.map(({ member: away }) => away.id)]);
  const actsFor: Answerable['actsFor'] = (action) =>
    may(acting, action, subject) && standsAgainst(subject, action, by, accounts) === undefined;
  if (isTheirs) return { ...offeredTo(file, [acting], accounts), actsFor, interested: false, roles: member.roles };
  const isBarred = await barredFrom(table, subject, [member, ...places.map(({ member: away }) => away)]);
  const interested = isBarred(member);
  const free = places.filter(({ member: away }) => !isBarred(away));
  const people = interested ? [] : [acting, ...free.map((inPlaceOf): ActingMember => ({ ...acting, inPlaceOf }))];
  const roles = [...new Set([...member.roles, ...free.flatMap(({ member: away }) => away.roles)])];
  return {
    ...offeredTo(file, people, accounts),
    actsFor: (action) => !interested && actsFor(action),
    interested,
    roles,
  };
}
