import { answerable } from '../../../shared/answering/answerable.ts';
import { ownDesk, tasksOf } from '../../../shared/answering/own-desk.ts';
import { decideTask } from '../../../shared/case/decide.ts';
import { sightWith } from '../../../shared/case/sight.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId, TaskId } from '../../../shared/domain/ids.ts';
import { partyNameIn } from '../../../shared/i18n/names.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { readTask } from '../../../shared/store/tasks.ts';
import { CaseView, decisionSchemas } from '../../kinds/api.ts';
import type { Asking, At } from '../call.ts';
import { actingMember, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import { decisions } from '../openapi/examples/decisions.ts';
import { json, operation } from '../operation.ts';
import { viewCase } from '../views/case.ts';
import { listOf } from '../views/list.ts';
import { namesFor } from '../views/party-names.ts';
import { TaskView, viewTask } from '../views/task.ts';
import { Paging } from './paging.ts';

/**
 * The open tasks of the party's desks that are the caller's, soonest due first: their own and those of whom they stand in
 * for. What is not theirs to answer is left out of a page, which may be shorter than asked for.
 */
async function list(call: Asking<typeof Paging>) {
  const { cursor, limit } = call.asked();
  const { member } = actingMember(call);
  const desk = await ownDesk(call.hub, member);
  const page = await tasksOf(call.hub.table, member, desk, cursor, limit);
  const names = new Map([[member.party, partyNameIn(call.language, member)]]);
  const items = [...(await desk.held(page.items)).keys()];
  return {
    body: { items: items.map((task) => viewTask(task, { people: true }, names)), nextCursor: page.nextCursor },
  };
}

async function get(call: At<{ id: typeof TaskId }>) {
  const task = await readTask(call.hub.table, call.place('id'));
  const subject = permitted(call, task && (await readCase(call.hub.table, task.caseId)));
  if (!task) throw new Rejected('not-found');
  const names = await namesFor(call.hub.table, { events: [], tasks: [task] }, call.language);
  const acting = actingMember(call);
  const { tasks: theirs, roles } = await answerable(call.hub.table, { subject, tasks: [task] }, acting);
  const view = viewTask(task, sightWith(acting, roles, subject), names);
  return { body: { ...view, outcomes: theirs.get(task.id)?.outcomes ?? [] } };
}

async function decide(call: At<{ id: typeof TaskId }>) {
  const { hub, language } = call;
  const acting = actingMember(call);
  const id = call.place('id');
  const body = await call.json();
  const subject = await once(
    call,
    body,
    (key) => decideTask(hub, id, body, acting, key),
    async (done) => (await readCase(hub.table, CaseId.parse(done))) ?? Promise.reject(new Rejected('not-found')),
  );
  // a decision can take the case away from whoever made it: then they see what they did, and no more
  const { roles } = await answerable(hub.table, { subject, tasks: [] }, acting);
  return { body: viewCase(subject, sightWith(acting, roles, subject), language) };
}

export const tasks = {
  listTasks: operation({
    method: 'get',
    path: '/tasks',
    access: 'token',
    action: 'list-tasks',
    summary: 'The caller’s open tasks, soonest due first',
    description: 'Of the party that the caller acts for; an organization’s are what its cases’ applicants are asked.',
    query: Paging,
    answer: { description: 'A page of tasks', schema: { TaskList: listOf(TaskView) } },
    handle: list,
  }),
  getTask: operation({
    method: 'get',
    path: '/tasks/{id}',
    access: 'token',
    action: 'read-case',
    places: { id: TaskId },
    summary: 'A task',
    description: 'Its outcomes are listed for those who may answer it.',
    answer: { description: 'The task', schema: { Task: TaskView } },
    handle: get,
  }),
  decideTask: operation({
    method: 'post',
    path: '/tasks/{id}/decision',
    access: 'token',
    action: 'answer-task',
    places: { id: TaskId },
    summary: 'Answer a task',
    description:
      'The first answer counts: whoever comes second is told who decided what and when. What else may be said depends on the outcome. `merged` names the other need in `into`.',
    request: json(decisionSchemas, decisions),
    answer: { description: 'The case as it is after the decision', schema: { Case: CaseView } },
    refusals: [
      'already-decided',
      'stage-changed',
      'unknown-outcome',
      'same-person',
      'both-sides',
      'interest-declared',
      'membership-ended',
      'stand-in-ended',
      'budget-exceeded',
    ],
    handle: decide,
  }),
};
