import { isLifted } from '../domain/bar.ts';
import { type CaseId, taskIdFor } from '../domain/ids.ts';
import type { Member, Role } from '../domain/party.ts';
import type { OpenTask } from '../domain/task.ts';
import { endStages } from '../kinds/lifecycle.ts';
import { accountsOf } from '../store/accounts.ts';
import { type List, readCases } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { interestsOf } from '../store/interests.ts';
import { listOwnCases } from '../store/owner-cases.ts';
import type { Table } from '../store/table.ts';
import { inbox, readTasks } from '../store/tasks.ts';
import { isAtDesk, isOfOwn } from './acting.ts';
import { addressesOf, sideOfAddress } from './applicants-side.ts';
import { standsInFor } from './stand-ins.ts';
import { barredFrom } from './who-is-barred.ts';

/** Why a task is in somebody's inbox: it is put to them, or to a colleague in whose place they answer. */
export interface OnDesk {
  readonly inPlaceOf: Member | undefined;
}

/** What a member has on their desk today, their own and that of those for whom they stand in. */
export interface OwnDesk {
  /** the roles whose tasks are looked through */
  readonly roles: readonly Role[];
  /** those of these tasks that are theirs to answer: put to them, and none in which they have an interest or are the applicant */
  held(tasks: readonly OpenTask[]): Promise<ReadonlyMap<OpenTask, OnDesk>>;
}

/**
 * What the organization did not answer in time, so that the hub's coordinators may answer for it: it lies at their desk
 * now, and is still the organization's to answer. Looked for among its latest 25 cases. Cost: a Query and two reads a case;
 * nothing for members of other parties.
 */
async function passedOn(table: Table, { party, partyType }: Member): Promise<OpenTask[]> {
  if (partyType !== 'organization') return [];
  const cases = (await listOwnCases(table, party)).items.filter(({ stage }) => !endStages.has(stage));
  const tasks = await readTasks(
    table,
    cases.map((subject) => taskIdFor(subject)),
  );
  return tasks.filter((task): task is OpenTask => task.status === 'open' && isOfOwn(party, task) && isElsewhere(task));
}

function isElsewhere({ assignee }: OpenTask): boolean {
  return assignee.type === 'party';
}

/**
 * The open tasks of a member's desks, soonest due first, and at the end of the list what the organization's was passed on
 * to the hub: a last page may be that much longer. Cost: one Query a desk, and see {@link passedOn}.
 */
export async function tasksOf(
  table: Table,
  member: Member,
  desk: OwnDesk,
  cursor: string | undefined,
  limit: number,
): Promise<List<OpenTask>> {
  const page = await inbox(table, { party: member.party, roles: desk.roles }, cursor, limit);
  if (page.nextCursor !== null) return page;
  return { items: [...page.items, ...(await passedOn(table, member))], nextCursor: null };
}

/**
 * The cases of these tasks that two people gave back to somebody whom what the applicant typed kept away, and that nothing else keeps
 * from them. Cost: a read a case, and for each that was given back what {@link barredFrom} costs.
 */
async function liftedFor({ table }: Hub, person: Member, tasks: readonly OpenTask[]): Promise<ReadonlySet<CaseId>> {
  const cases = await readCases(table, [...new Set(tasks.map(({ caseId }) => caseId))]);
  const given = cases.filter((subject) => isLifted(subject, person.id));
  const free = await Promise.all(
    given.map(async (subject) => ((await barredFrom(table, subject, [person]))(person) ? [] : [subject.id])),
  );
  return new Set(free.flat());
}

/** Somebody at a desk, and from which tasks they must keep away. */
async function atDesk(hub: Hub, person: Member) {
  const accounts = (await accountsOf(hub.table, [person.id]))(person.id);
  const [interests, addresses] = await Promise.all([
    Promise.all(accounts.map((id) => interestsOf(hub.table, id))),
    addressesOf(hub.table, accounts),
  ]);
  const sides = await Promise.all(addresses.map((email) => sideOfAddress(hub, email)));
  return {
    person,
    async barredFrom(tasks: readonly OpenTask[]): Promise<(task: OpenTask) => boolean> {
      const contacts = await Promise.all(sides.map((side) => side.contactOf(tasks)));
      const isBarred = (task: OpenTask) =>
        interests.some((one) => one.concern(task)) ||
        contacts.some((contact) => contact.has(task)) ||
        sides.some(({ organization }) => organization !== undefined && organization === task.organizationParty);
      const lifted = await liftedFor(hub, person, tasks.filter(isBarred));
      return (task) => isBarred(task) && !lifted.has(task.caseId);
    },
  };
}

/**
 * Cost: five Queries and two reads, two Queries and two reads for each address in another party, the same again for each colleague for whom the member stands in; no read a case but for
 * those that somebody keeps away from.
 */
export async function ownDesk(hub: Hub, member: Member): Promise<OwnDesk> {
  const [own, places] = await Promise.all([atDesk(hub, member), standsInFor(hub.table, member)]);
  const others = await Promise.all(places.map(({ member: away }) => atDesk(hub, away)));
  return {
    roles: [...new Set([...member.roles, ...others.flatMap(({ person }) => person.roles)])],
    async held(tasks) {
      const [isBarred, ...areBarred] = await Promise.all([own, ...others].map((one) => one.barredFrom(tasks)));
      const holder = (task: OpenTask): OnDesk | undefined => {
        // being one of the organization is an interest in its cases, and why its own tasks are put to them
        if (isOfOwn(member.party, task)) return { inPlaceOf: undefined };
        // what nobody may answer is seen by who must find somebody, whether or not they may themselves
        if (task.assignee.type === 'party' && task.assignee.nobody && isAtDesk(member, task))
          return { inPlaceOf: undefined };
        if (isBarred?.(task)) return undefined;
        if (isAtDesk(member, task)) return { inPlaceOf: undefined };
        const found = others.find(({ person }, index) => isAtDesk(person, task) && !areBarred[index]?.(task));
        return found && { inPlaceOf: found.person };
      };
      return new Map(
        tasks.flatMap((task) => {
          const held = holder(task);
          return held ? [[task, held] as const] : [];
        }),
      );
    },
  };
}
