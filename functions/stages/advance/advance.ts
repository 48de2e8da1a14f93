import { findAnswererAgain, handedTo } from '../../../shared/answering/hand-over.ts';
import { noteBars } from '../../../shared/answering/typed-bars.ts';
import { caseForWorkflow, noteEvent, writeByWorkflow } from '../../../shared/answering/write-by-workflow.ts';
import { taskIdFor } from '../../../shared/domain/ids.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { AdvanceInput, Progress } from '../../../shared/domain/workflow/contract.ts';
import { advance as advanceCase, type WorkflowOutcome } from '../../../shared/kinds/advance.ts';
import { escalated } from '../../../shared/kinds/assignee.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { askedFirst } from '../../../shared/kinds/eligibility.ts';
import { tellsEnding } from '../../../shared/kinds/insurance/days.ts';
import { progressOf } from '../../../shared/kinds/progress.ts';
import { readOnce, rememberingOnce } from '../../../shared/store/done-once.ts';
import type { Table } from '../../../shared/store/table.ts';
import { closing, opening, readTask } from '../../../shared/store/tasks.ts';

/** The edges that the clock takes by itself. */
const edges = { expire: 'expired', 'arrival-due': 'arrival-due', end: 'ended' } as const satisfies Record<
  string,
  WorkflowOutcome
>;

async function openTaskOf(table: Table, subject: Case): Promise<OpenTask | undefined> {
  const task = await readTask(table, taskIdFor(subject));
  return task?.status === 'open' ? task : undefined;
}

/** Takes an edge because its time has come; an unanswered task is closed by the same write. */
async function takeEdge(table: Table, subject: Case, on: WorkflowOutcome, at: string): Promise<Case> {
  const change = advanceCase(subject, on, at);
  if (!change) return subject;
  const task = await openTaskOf(table, subject);
  const closed = task && {
    ...task,
    status: 'closed' as const,
    outcome: on,
    closedAt: at,
    closedBy: { type: 'workflow' as const },
  };
  return writeByWorkflow(table, change, closed ? [closing(table, closed)] : []);
}

async function chase(table: Table, read: Case, input: AdvanceInput, at: string): Promise<Case> {
  const task = await openTaskOf(table, read);
  if (!task) return read;
  const subject = await noteBars(table, read, askedFirst(read, task));
  const type = input.action === 'remind' ? 'reminded' : 'escalated';
  const round = input.round + 1;
  // a second try of a write that had gone through
  if (task.round === round) return subject;
  const chased = { ...task, round, ...(type === 'escalated' && { assignee: escalated(subject, task.assignee) }) };
  const again: OpenTask = { ...chased, assignee: await findAnswererAgain(table, subject, chased) };
  const told = { type, at, task: task.id, round, ...handedTo(chased.assignee, again.assignee) } as const;
  return writeByWorkflow(table, noteEvent(subject, told), [opening(table, again)]);
}

/** The next run carries the case on; the relay starts it. A run that was renewed already is not renewed twice. */
async function renew(table: Table, subject: Case, run: number, at: string): Promise<Case> {
  if (subject.run !== run) return subject;
  return writeByWorkflow(table, noteEvent({ ...subject, run: run + 1 }, { type: 'nudged', at, run: run + 1 }));
}

/** Tells once that cover is ending, also when it is tried again; not where that is no news. */
async function tellEnding(table: Table, subject: Case, at: string): Promise<Case> {
  if (subject.kind !== 'insurance' || !tellsEnding(subject, Date.parse(at))) return subject;
  const name = `ending-soon ${subject.id}`;
  if (await readOnce(table, name)) return subject;
  const told = rememberingOnce(table, name, { request: '', result: at });
  return writeByWorkflow(table, noteEvent(subject, { type: 'ending-soon', at }), [told]);
}

/**
 * A due time has passed: reminds, escalates or moves the case on. A case that a person moved meanwhile is left alone.
 * Whoever may answer now is asked: who left a desk or stepped aside is not waited for. Cost: one or two reads, who is at the
 * desk, and a transaction of up to four items.
 * @throws Permanent when there is no such case; Retryable when a person was quicker; Throttled
 */
export async function advance(table: Table, input: AdvanceInput): Promise<Progress> {
  const subject = await caseForWorkflow(table, input.caseId, 'advance-case');
  if (subject.stage !== input.stage) return progressOf(subject);
  const at = instant(Date.now());
  switch (input.action) {
    case 'remind':
    case 'escalate':
      return progressOf(await chase(table, subject, input, at));
    case 'renew':
      return progressOf(await renew(table, subject, input.run, at));
    case 'ending-soon':
      return progressOf(await tellEnding(table, subject, at));
    case 'expire':
    case 'arrival-due':
    case 'end':
      return progressOf(await takeEdge(table, subject, edges[input.action], at));
  }
}
