import type { Case } from '../domain/case.ts';
import { type Asked, ableToCarryOn, askedFirst, assigneeAt, desksFor, isSameAssignee } from '../domain/eligibility.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId, MemberId, PartyId } from '../domain/ids.ts';
import type { Role } from '../domain/party.ts';
import type { Assignee, OpenTask } from '../domain/task.ts';
import { instant } from '../domain/time.ts';
import { readCaseFile } from '../store/cases.ts';
import { interestedIn } from '../store/interests.ts';
import { membersOf } from '../store/parties.ts';
import { ConditionFailed, type Table } from '../store/table.ts';
import { inbox, opening } from '../store/tasks.ts';
import { noted, writeByWorkflow } from './write-by-workflow.ts';

/** A question, and whose interest in the case is about to change in the same transaction. */
interface Question {
  readonly outcomes: readonly string[];
  readonly changing?: { readonly member: MemberId; readonly interested: boolean };
}

/**
 * To whom the question goes: to those who are asked when somebody of them may answer it, else to the lead of their party,
 * else to the lead of the hub. Cost: for each desk a Query of its party's members, and two or three reads a member.
 */
export async function placed(table: Table, subject: Case, asked: Asked, question: Question): Promise<Asked> {
  const { changing, outcomes } = question;
  const isStuck = outcomes.includes('resumed');
  const desks = desksFor(subject, asked);
  for (const [place, desk] of desks.entries()) {
    const members = (await membersOf(table, desk.party, desk.roles)).map(({ id }) => id);
    const people = ableToCarryOn(subject, asked, isStuck, members);
    const interested = await interestedIn(table, people, subject);
    const isFree = (id: MemberId) => (id === changing?.member ? !changing.interested : !interested.has(id));
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
  return role ? { handedTo: { party: after.party, role, ...(!after.handedOver && { back: true }) } } : {};
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

/** Open tasks of a desk that are looked at at once when somebody leaves it; the others at their next reminder. */
const MOST_TASKS = 200;

/**
 * Hands over what nobody at a desk may answer any more, since somebody left it or has other roles now. Call it when that is
 * written. Cost: a Query a desk, and {@link handOver} for each of at most two hundred tasks.
 * @param roles the roles that the person no longer has
 */
export async function handOverDesk(table: Table, party: PartyId, roles: readonly Role[]): Promise<void> {
  const seen = new Set<CaseId>();
  let cursor: string | undefined;
  do {
    const page = await inbox(table, { party, roles }, cursor, 100);
    for (const { caseId } of page.items) {
      if (seen.has(caseId)) continue;
      seen.add(caseId);
      await handOver(table, caseId);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor && seen.size < MOST_TASKS);
}
