import { isAtDesk, may, mayAnswer } from '../../../shared/cases/acting.ts';
import { decideTask } from '../../../shared/cases/decide.ts';
import { ownDesk } from '../../../shared/cases/own-desk.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId, TaskId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { fromCursor, toCursor } from '../../../shared/store/cursor.ts';
import { inbox, readTask } from '../../../shared/store/tasks.ts';
import { readJson } from '../body.ts';
import { type Answer, type Call, memberFor } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewCase } from '../views/case.ts';
import { namesFor } from '../views/party-names.ts';
import { viewTask } from '../views/task.ts';
import { viewerOf } from '../views/viewer.ts';
import { named } from './path.ts';
import { Paging } from './queries.ts';

function placeOf(task: OpenTask): string {
  return `${task.dueAt}#${task.id}`;
}

/**
 * The open tasks of all the caller's parties, soonest due first: their own and those of whom they stand in for. Each party's
 * list has the same order, so one cursor serves all.
 */
async function list(call: Call): Promise<Answer> {
  const { cursor, limit } = parseInput(Paging, call.query);
  memberFor(call);
  const position = fromCursor(cursor);
  if (position && position.after === undefined) {
    throw new Rejected('invalid', { fields: [{ pointer: '/cursor', code: 'not-a-cursor' }] });
  }
  const pages = await Promise.all(
    call.memberships.map(async (member) => {
      const desk = await ownDesk(call.hub.table, member);
      const page = await inbox(call.hub.table, { party: member.party, roles: desk.roles }, cursor, limit);
      return { ...page, items: page.items.map((task) => ({ task, held: desk.holds(task) !== undefined })) };
    }),
  );
  const found = pages.flatMap((page) => page.items).sort((a, b) => (placeOf(a.task) < placeOf(b.task) ? -1 : 1));
  // what is not theirs to answer is left out of the page, which may be shorter than asked for
  const looked = found.slice(0, limit);
  const last = looked.at(-1)?.task;
  const items = looked.flatMap(({ task, held }) => (held ? [task] : []));
  const more = found.length > limit || pages.some((page) => page.nextCursor !== null);
  const names = new Map(call.memberships.map((member) => [member.party, member.partyName]));
  return {
    body: {
      items: items.map((task) => viewTask(task, { people: true }, names)),
      nextCursor: more && last ? toCursor({ after: placeOf(last) }) : null,
    },
  };
}

async function get(call: Call): Promise<Answer> {
  memberFor(call);
  const task = await readTask(call.hub.table, named(call, 'id', TaskId));
  const subject = task && (await readCase(call.hub.table, task.caseId));
  const member = subject && call.memberships.find((one) => may({ type: 'member', member: one }, 'read-case', subject));
  if (!task || !member) throw new Rejected('not-found');
  const view = viewTask(task, { people: true }, await namesFor(call.hub.table, { events: [], tasks: [task] }));
  return { body: mayAnswer({ type: 'member', member }, subject, task) ? view : { ...view, outcomes: [] } };
}

async function decide(call: Call): Promise<Answer> {
  const id = named(call, 'id', TaskId);
  const body = await readJson(call.request);
  const task = call.memberships.length > 1 ? await readTask(call.hub.table, id) : undefined;
  const member = memberFor(call, (one) => task !== undefined && isAtDesk(one, task));
  const acting = { type: 'member', member } as const;
  const subject = await once(
    call,
    body,
    (key) => decideTask(call.hub, id, body, acting, key),
    async (done) => (await readCase(call.hub.table, CaseId.parse(done))) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewCase(subject, viewerOf(acting, subject), call.language) };
}

export const tasks = { listTasks: list, getTask: get, decideTask: decide };
