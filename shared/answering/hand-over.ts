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
import { noteBars } from './typed-bars.ts';
import { liftedAmong } from './who-is-barred.ts';
import { noteEvent, writeByWorkflow } from './write-by-workflow.ts';

/** A question, and whose interest in the case is about to change in the same transaction. */
interface Question {
  readonly outcomes: readonly string[];
  readonly changing?: { readonly member: MemberId; readonly interested: boolean };
}

/**
 * Finds the desk that a task goes to: the desk that is asked, if somebody there may answer; else the lead of its party, else the
 * hub's lead, else the leads of the hubs above. Cost: for each desk a Query of its party's members, a
 * Query and up to six reads a member, and a Query where an organization with an account applies.
 */
export async function findAnswerer(table: Table, subject: Case, asked: Asked, question: Question): Promise<Asked> {
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

/** Finds the desk of an open task again, after people or interests changed. Cost: that of {@link findAnswerer}; none for an applicant's task. */
export async function findAnswererAgain(
  table: Table,
  subject: Case,
  task: OpenTask,
  changing?: Question['changing'],
): Promise<Assignee> {
  const asked = askedFirst(subject, task);
  if (asked.type === 'applicant') return asked;
  return findAnswerer(table, subject, asked, { outcomes: task.outcomes, ...(changing && { changing }) });
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
 * Checks who may still answer the open tasks of a case. A task that nobody at its desk may answer goes to another desk, with an
 * event that says so; before it, whom what the applicant typed keeps from it. Cost: one Query of the case, {@link findAnswerer} a
 * task, and for each that is handed over {@link noteBars} and a transaction of three items.
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
        const assignee = await findAnswererAgain(table, subject, task);
        if (isSameAssignee(task.assignee, assignee)) continue;
        const told = { type: 'handed-over', at: instant(Date.now()), task: task.id } as const;
        const noted = await noteBars(table, subject, askedFirst(subject, task));
        const change = noteEvent(noted, { ...told, ...handedTo(task.assignee, assignee) });
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

/** At most so many tasks of a desk are checked when people come or leave; the others at their next reminder. */
const MOST_TASKS = 200;

/** Calls {@link handOver} for the case of each open task of a desk that `wanted` picks out. */
async function handOverTasks(
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
 * Hands over the tasks that nobody at a desk may answer any more. Call it after the write by which a person left the desk or
 * got other roles. Cost: a Query a desk, and {@link handOver} for each of at most two hundred tasks.
 * @param roles the roles that the person no longer has
 */
export function handOverDesk(table: Table, party: PartyId, roles: readonly Role[]): Promise<void> {
  return handOverTasks(table, { party, roles }, () => true);
}

/**
 * Gives tasks back to the desk that was asked first. They went to the party's lead or the hub's lead because nobody at that desk
 * could answer. Call it after the write by which a person came to the desk. Cost: a Query for the party's lead and one a hub, and {@link handOver} for each task that was handed
 * over, of at most two hundred at each desk.
 */
export async function handBack(table: Table, { party, partyType }: Pick<Member, 'party' | 'partyType'>): Promise<void> {
  // organizations answer for their own cases only, auditors and operators for none
  if (partyType === 'organization' || partyType === 'auditor' || partyType === 'operator') return;
  const isHandedOver = ({ assignee }: OpenTask) => assignee.type === 'party' && assignee.handedOver === true;
  const hubs = (await everyHub(table)).map((hub) => ({ party: hub, roles: [leadRoleOf.hub] }));
  const own = hubs.some((hub) => hub.party === party) ? [] : [{ party, roles: [leadRoleOf[partyType]] }];
  for (const desk of [...own, ...hubs]) await handOverTasks(table, desk, isHandedOver);
}
