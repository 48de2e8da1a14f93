import type * as z from 'zod';
import type { Acting } from '../../../shared/answering/acting.ts';
import { Amounts, amendNeed, Withdrawal, withdrawCase } from '../../../shared/case/applicant-actions.ts';
import { decideTask } from '../../../shared/case/decide.ts';
import { assertCaseMay } from '../../../shared/case/limits.ts';
import { rosterSeen } from '../../../shared/case/roster.ts';
import { sightOf } from '../../../shared/case/sight.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { TaskId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { type CaseFile, readCase } from '../../../shared/store/cases.ts';
import { readJson } from '../body.ts';
import type { Answer, Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewCase } from '../views/case.ts';
import { viewCaseFile } from '../views/case-file.ts';
import { viewRoster } from '../views/roster.ts';
import { named } from './path.ts';

/** What the link opened: the app has asked whether its holder may do this. */
function opened({ file }: Call): CaseFile {
  if (!file) throw new Rejected('not-found');
  return file;
}

async function get(call: Call): Promise<Answer> {
  return { body: await viewCaseFile(call.hub.table, opened(call), call.acting, call.language) };
}

async function roster(call: Call): Promise<Answer> {
  const { subject } = opened(call);
  if (subject.kind !== 'insurance') throw new Rejected('not-found');
  return { body: viewRoster(subject, await rosterSeen(call.hub, subject, sightOf(call.acting, subject)), true) };
}

/** Does what the body says to the link's case, once for each key. */
async function act(
  call: Call,
  body: unknown,
  does: (id: Case['id'], acting: Acting, key: Parameters<typeof withdrawCase>[4]) => Promise<Case>,
) {
  const { acting } = call;
  const { id } = opened(call).subject;
  await assertCaseMay(call.hub, 'act/case', id);
  const changed = await once(
    call,
    body,
    (key) => does(id, acting, key),
    async () => (await readCase(call.hub.table, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewCase(changed, sightOf(acting, changed), call.language) };
}

async function decide(call: Call): Promise<Answer> {
  const task = named(call, 'id', TaskId);
  const body = await readJson(call.request);
  return act(call, body, (_id, acting, key) => decideTask(call.hub, task, body, acting, key));
}

async function say(call: Call, schema: z.ZodType, does: typeof withdrawCase | typeof amendNeed): Promise<Answer> {
  const body = await readJson(call.request, schema === Withdrawal);
  parseInput(schema, body);
  return act(call, body, (id, acting, key) => does(call.hub, id, body, acting, key));
}

export const track = {
  getTrackedCase: get,
  getTrackedRoster: roster,
  decideTrackedTask: decide,
  withdrawTrackedCase: (call: Call) => say(call, Withdrawal, withdrawCase),
  giveTrackedAmounts: (call: Call) => say(call, Amounts, amendNeed),
};
