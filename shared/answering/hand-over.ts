import type { CaseEvent } from '../domain/event.ts';
import type { CaseId, MemberId, PartyId } from '../domain/ids.ts';
import { leadRoleOf, type Member, type Role } from '../domain/party.ts';
import type { Assignee, OpenTask } from '../domain/task.ts';
import { instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { type Asked, ableToCarryOn, askedFirst, assigneeAt, desksFor, isSameAssignee } from '../kinds/eligibility.ts';
import { accountsOf } from '../store/accounts.ts';
import { readCaseFile } from '../store/cases.ts';
import { everyHub, hubsAbove } from '../store/hub-tree.ts';
import { interestedIn } from '../store/interests.ts';
import { membersOf } from '../store/parties.ts';
import { ConditionFailed, type Table } from '../store/table.ts';
import { inbox, opening } from '../store/tasks.ts';
import { applicantsOf } from './applicants-side.ts';
import { liftedAmong } from './barred.ts';
import { noted, writeByWorkflow } from './write-by-workflow.ts';

/** A question, and whose interest in the case is about to change in the same transaction. */
interface Question {
  readonly outcomes: readonly string[];
  readonly changing?: { readonly member: MemberId; readonly interested: boolean };
}

/**
 * To whom the question goes: to those who are asked when somebody of them may answer it, else to the lead of their party,
 * else to the lead of the hub, else to those of the hubs above it. Cost: for each desk a Query of its party's members, a
 * Query and up to six reads a member, and a Query where an organization with an account applies.
 */
export async function placed(table: Table, subject: Case, asked: Asked, question: Question): Promise<Asked> {
  const { changing, outcomes } = question;
  const isStuck = outcomes.includes('resumed');
  const [above, applicantsAmong] = await Promise.all([hubsAbove(table, subject.hub), applicantsOf(table, subject)]);
  const desks = desksFor(subject, asked, above);
  for (const [place, desk] of desks.entries()) {
    const members = await membersOf(table, desk.party, desk.roles);
    const applicants = await applicantsAmong(members);
    const others = members.map(({ id }) => id).filter((id) => !applicants.has(id));
    const accounts = await accountsOf(table, others);
    const people = ableToCarryOn(subject, asked, isStuck, others, accounts);
    const interested = await interestedIn(
      table,
      [...new Set(people.flatMap(accounts))],
      subject,
      liftedAmong(subject, people, accounts),
    );
    const isFree = (person: MemberId) =>
      accounts(person).every((id) => (id === changing?.member ? !changing.interested : !interested.has(id)));
    if (people.some(isFree)) return assigneeAt(subject, asked, desks, place);
  }
  return assigneeAt(subject, asked, desks, -1);
}

/** Whose an open task is when everybody who may not answer it is left out. Cost: as {@link placed}, nothing for an applicant's. */
export async function placedAnew(
  table: Table,
  subject: Case,
  task: OpenTask,
  changing?: Question['changing'],
): Promise<Assignee> {
  const asked = askedFirst(subject, task);
  if (asked.type === 'applicant') return asked;
  return placed(table, subject, asked, { outcomes: task.outcomes, ...(changing && { changing }) });
}

/** Says in an event whose the task is from now on; nothing when nobody else is asked than before. */
export function handedTo(before: Assignee | undefined, after: Assignee): Pick<CaseEvent, 'handedTo'> {
  if (after.type === 'applicant' || (before ? isSameAssignee(before, after) : !after.handedOver)) return {};
  const [role] = after.roles;
  return role
    ? {
        handedTo: {
          party: after.party,
          role,
          ...(!after.handedOver && { back: true }),
          ...(after.nobody && { nobody: true }),
        },
      }
    : {};
}

/**
 * Looks anew whose the open tasks of a case are, since somebody who could have answered no longer may: each that must go to
 * another desk is handed over, with an event that says so. Cost: one Query of the case, {@link placed} a task, and a
 * transaction of three items for each that is handed over.
 * @returns whether any was
 */
export async function handOver(table: Table, id: CaseId): Promise<boolean> {
  let changed = false;
  for (let tries = 0; tries < 3; tries++) {
    const file = await readCaseFile(table, id);
    if (!file) return changed;
    let { subject } = file;
    try {
      for (const task of file.tasks) {
        if (task.status !== 'open') continue;
        const assignee = await placedAnew(table, subject, task);
        if (isSameAssignee(task.assignee, assignee)) continue;
        const told = { type: 'handed-over', at: instant(Date.now()), task: task.id } as const;
        const change = noted(subject, { ...told, ...handedTo(task.assignee, assignee) });
        subject = await writeByWorkflow(table, change, [opening(table, { ...task, assignee })]);
        changed = true;
      }
      return changed;
    } catch (error) {
      // somebody changed the case meanwhile: what is there now is looked at again
      if (!(error instanceof Error && error.cause instanceof ConditionFailed)) throw error;
    }
  }
  return changed;
}

/** Open tasks of a desk that are looked at at once when people come or leave; the others at their next reminder. */
const MOST_TASKS = 200;

/** Looks anew whose the open tasks of a desk are, those that `wanted` picks out. */
async function lookAnew(
  table: Table,
  desk: { readonly party: PartyId; readonly roles: readonly Role[] },
  wanted: (task: OpenTask) => boolean,
): Promise<void> {
  const seen = new Set<CaseId>();
  let read = 0;
  let cursor: string | undefined;
  do {
    const page = await inbox(table, desk, cursor, 100);
    read += page.items.length;
    for (const task of page.items) {
      if (seen.has(task.caseId) || !wanted(task)) continue;
      seen.add(task.caseId);
      await handOver(table, task.caseId);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor && read < MOST_TASKS);
}

/**
 * Hands over what nobody at a desk may answer any more, since somebody left it or has other roles now. Call it when that is
 * written. Cost: a Query a desk, and {@link handOver} for each of at most two hundred tasks.
 * @param roles the roles that the person no longer has
 */
export function handOverDesk(table: Table, party: PartyId, roles: readonly Role[]): Promise<void> {
  return lookAnew(table, { party, roles }, () => true);
}

/**
 * Gives back what had to go to who leads, or waited for anybody at all, since somebody who may answer it has come. Call it
 * when that is written. Cost: a Query for the party's lead and one a hub, and {@link handOver} for each task that was handed
 * over, of at most two hundred at each desk.
 */
export async function handBack(table: Table, { party, partyType }: Pick<Member, 'party' | 'partyType'>): Promise<void> {
  // organizations answer for their own cases only, auditors and operators for none
  if (partyType === 'organization' || partyType === 'auditor' || partyType === 'operator') return;
  const isHandedOver = ({ assignee }: OpenTask) => assignee.type === 'party' && assignee.handedOver === true;
  const hubs = (await everyHub(table)).map((hub) => ({ party: hub, roles: [leadRoleOf.hub] }));
  const own = hubs.some((hub) => hub.party === party) ? [] : [{ party, roles: [leadRoleOf[partyType]] }];
  for (const desk of [...own, ...hubs]) await lookAnew(table, desk, isHandedOver);
}
