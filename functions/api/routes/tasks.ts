import { answerable } from '../../../shared/answering/answerable.ts';
import { ownDesk, tasksOf } from '../../../shared/answering/own-desk.ts';
import { decideTask } from '../../../shared/case/decide.ts';
import { sightWith } from '../../../shared/case/sight.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId, TaskId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { partyNameIn } from '../../../shared/i18n/names.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { readTask } from '../../../shared/store/tasks.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewCase } from '../views/case.ts';
import { namesFor } from '../views/party-names.ts';
import { viewTask } from '../views/task.ts';
import { named } from './path.ts';
import { Paging } from './queries.ts';

/**
 * The open tasks of the party's desks that are the caller's, soonest due first: their own and those of whom they stand in
 * for. What is not theirs to answer is left out of a page, which may be shorter than asked for.
 */
async function list(call: Call): Promise<Answer> {
  const { cursor, limit } = parseInput(Paging, call.query);
  const { member } = actingMember(call);
  const desk = await ownDesk(call.hub, member);
  const page = await tasksOf(call.hub.table, member, desk, cursor, limit);
  const names = new Map([[member.party, partyNameIn(call.language, member)]]);
  const items = [...(await desk.held(page.items)).keys()];
  return {
    body: { items: items.map((task) => viewTask(task, { people: true }, names)), nextCursor: page.nextCursor },
  };
}

async function get(call: Call): Promise<Answer> {
  const task = await readTask(call.hub.table, named(call, 'id', TaskId));
  const subject = permitted(call, task && (await readCase(call.hub.table, task.caseId)));
  if (!task) throw new Rejected('not-found');
  const names = await namesFor(call.hub.table, { events: [], tasks: [task] }, call.language);
  const acting = actingMember(call);
  const { tasks: theirs, roles } = await answerable(call.hub.table, { subject, tasks: [task] }, acting);
  const view = viewTask(task, sightWith(acting, roles, subject), names);
  return { body: { ...view, outcomes: theirs.get(task.id)?.outcomes ?? [] } };
}

async function decide(call: Call): Promise<Answer> {
  const { hub, language } = call;
  const acting = actingMember(call);
  const id = named(call, 'id', TaskId);
  const body = await readJson(call.request);
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

export const tasks = { listTasks: list, getTask: get, decideTask: decide };
