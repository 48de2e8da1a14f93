import { findAnswerer, handedTo } from '../../../shared/answering/hand-over.ts';
import { noteBars } from '../../../shared/answering/typed-bars.ts';
import { caseForWorkflow, noteEvent, writeByWorkflow } from '../../../shared/answering/write-by-workflow.ts';
import { Permanent, Retryable } from '../../../shared/domain/errors.ts';
import { stuckTaskIdFor, type TaskId, taskIdFor } from '../../../shared/domain/ids.ts';
import type { Assignee, OpenTask, Task } from '../../../shared/domain/task.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { OpenTaskInput } from '../../../shared/domain/workflow/contract.ts';
import { advance, edgeInto } from '../../../shared/kinds/advance.ts';
import { assigneeOf } from '../../../shared/kinds/assignee.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import type { Change } from '../../../shared/kinds/change.ts';
import { endStages, outcomesOf } from '../../../shared/kinds/lifecycle.ts';
import { ConditionFailed, type Table, transact } from '../../../shared/store/table.ts';
import { keepingToken, opening, readTask } from '../../../shared/store/tasks.ts';

/** Whom the question concerns, as far as they may answer it; see `shared/kinds/eligibility.ts`. */
async function question(table: Table, subject: Case, id: TaskId, input: OpenTaskInput, now: number): Promise<OpenTask> {
  const outcomes = input.stuck ? ['resumed'] : [...outcomesOf(subject.kind, subject.stage)];
  const asked: Assignee | undefined = input.stuck
    ? { type: 'party', party: subject.hub, roles: ['coordinator', 'lead'] }
    : assigneeOf(subject);
  if (!asked) throw new Permanent(`nobody is asked in stage ${subject.stage}`);
  const assignee = asked.type === 'party' ? await findAnswerer(table, subject, asked, { outcomes }) : asked;
  return {
    status: 'open',
    id,
    caseId: subject.id,
    kind: subject.kind,
    hub: subject.hub,
    stage: subject.stage,
    assignee,
    outcomes,
    openedAt: instant(now),
    dueAt: instant(now + input.dueSeconds * 1000),
    round: 0,
    organization: subject.organization,
    organizationParty: subject.organizationParty,
  };
}

/** The workflow brings the case to the stage it asks about, where the lifecycle lets it. */
function entering(subject: Case, input: OpenTaskInput, now: number): Change | undefined {
  if (input.stuck || subject.stage === input.stage) return undefined;
  const on = edgeInto(subject, input.stage);
  return on && advance(subject, on, instant(now));
}

interface Asked {
  readonly id: TaskId;
  readonly task: Task | undefined;
}

/**
 * The question about the stage that the case is in, as far as it was asked. One to mend a stuck workflow that was
 * answered is over and the next one is another question: what was mended may have broken again.
 */
async function asked(table: Table, subject: Case, stuck: boolean | undefined): Promise<Asked> {
  for (let time = 1; ; time++) {
    const id = stuck ? stuckTaskIdFor(subject, time) : taskIdFor(subject);
    const task = await readTask(table, id);
    if (!stuck || task?.status !== 'closed') return { id, task };
  }
}

/** Keeps the new token of a question that is open, unless it is answered this moment. */
async function askAgain(table: Table, task: OpenTask, taskToken: string): Promise<void> {
  try {
    await transact(table, [opening(table, task), keepingToken(table, task.id, taskToken)]);
  } catch (error) {
    if (error instanceof ConditionFailed) throw new Retryable('answered meanwhile', { cause: error });
    throw error;
  }
}

/**
 * Puts the workflow's question to whom it concerns and keeps the token for the answer. Called again it does not ask
 * twice: it replaces the token, and if the answer is there already, an event makes the relay give it to the new token.
 * Cost: two reads, who is at the desk (a Query, and two or three reads a member), and a transaction of four items.
 * @throws Permanent when nobody can be asked; Retryable when a person was quicker; Throttled
 */
export async function openTask(table: Table, input: OpenTaskInput): Promise<void> {
  const now = Date.now();
  const read = await caseForWorkflow(table, input.caseId, 'ask-party');
  const asks = entering(read, input, now)?.after ?? read;
  const subject = input.stuck ? read : await noteBars(table, read, assigneeOf(asks));
  const change = entering(subject, input, now);
  const current = change?.after ?? subject;
  const isOver = input.stuck ? endStages.has(current.stage) : current.stage !== input.stage;
  const { id, task: known } = change
    ? { id: taskIdFor(current), task: undefined }
    : await asked(table, current, input.stuck);
  const token = keepingToken(table, id, input.taskToken);
  if (known?.status === 'open' && !isOver) {
    await askAgain(table, known, input.taskToken);
  } else if (known || isOver) {
    // the case went on without this question: the workflow is told so
    const nudged = noteEvent(subject, { type: 'nudged', at: instant(now), run: subject.run, closedTask: id });
    await writeByWorkflow(table, nudged, [token]);
  } else {
    const task = await question(table, current, id, input, now);
    const opened = { openedTask: task.id, ...handedTo(undefined, task.assignee) };
    const told: Change =
      change?.event.type === 'stage-changed'
        ? { ...change, event: { ...change.event, ...opened } }
        : noteEvent(subject, { type: input.stuck ? 'stuck' : 'task-opened', at: instant(now), ...opened });
    await writeByWorkflow(table, told, [opening(table, task), token]);
  }
}
