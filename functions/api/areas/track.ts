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
import { CaseView, decisionSchemas } from '../../kinds/api.ts';
import type { At, Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { amounts, decisions, withdrawal } from '../openapi/examples/decisions.ts';
import { json, operation, optionalJson } from '../operation.ts';
import { viewCase } from '../views/case.ts';
import { CaseFileView, viewCaseFile } from '../views/case-file.ts';
import { RosterView, viewRoster } from '../views/roster.ts';
import { Secret } from './places.ts';

/** What the link opened: the app has asked whether its holder may do this. */
function opened({ file }: Call): CaseFile {
  if (!file) throw new Rejected('not-found');
  return file;
}

async function get(call: Call) {
  return { body: await viewCaseFile(call.hub.table, opened(call), call.acting, call.language) };
}

async function roster(call: Call) {
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

async function decide(call: At<{ id: typeof TaskId }>) {
  const task = call.place('id');
  const body = await call.json();
  return act(call, body, (_id, acting, key) => decideTask(call.hub, task, body, acting, key));
}

async function say(call: Call, schema: z.ZodType, does: typeof withdrawCase | typeof amendNeed) {
  const body = await call.json();
  parseInput(schema, body);
  return act(call, body, (id, acting, key) => does(call.hub, id, body, acting, key));
}

export const track = {
  getTrackedCase: operation({
    method: 'get',
    path: '/track/{secret}',
    access: 'link',
    action: 'read-case',
    places: { secret: Secret },
    summary: 'Where a case stands',
    description:
      '`secret` is the last part of the private link. Whoever asks gets no `version`, and `history` is numbered as it is listed: not all that happens is shown to them.',
    answer: {
      description: 'The case with its history, who has it, and what the applicant can do now',
      schema: { CaseFile: CaseFileView },
    },
    handle: get,
  }),
  getTrackedRoster: operation({
    method: 'get',
    path: '/track/{secret}/roster',
    access: 'link',
    action: 'see-volunteers',
    places: { secret: Secret },
    summary: 'Who is covered from when to when',
    answer: { description: 'The roster, identity numbers and telephones masked', schema: { Roster: RosterView } },
    handle: roster,
  }),
  decideTrackedTask: operation({
    method: 'post',
    path: '/track/{secret}/tasks/{id}/decision',
    access: 'link',
    action: 'answer-task',
    places: { secret: Secret, id: TaskId },
    summary: 'Answer a task that the applicant has',
    request: json(decisionSchemas, (now) => decisions(now, 'applicant')),
    answer: { description: 'The case as it is after the answer', schema: { Case: CaseView } },
    refusals: ['already-decided', 'stage-changed', 'unknown-outcome'],
    handle: decide,
  }),
  withdrawTrackedCase: operation({
    method: 'post',
    path: '/track/{secret}/withdrawal',
    access: 'link',
    action: 'withdraw-case',
    places: { secret: Secret },
    summary: 'Withdraw',
    request: optionalJson({ Withdrawal }, withdrawal),
    answer: { description: 'The case, withdrawn', schema: { Case: CaseView } },
    refusals: ['stage-changed'],
    handle: (call) => say(call, Withdrawal, withdrawCase),
  }),
  giveTrackedAmounts: operation({
    method: 'post',
    path: '/track/{secret}/amounts',
    access: 'link',
    action: 'amend-case',
    places: { secret: Secret },
    summary: 'Say amounts of lines, or that it is enough',
    request: json({ Amounts }, amounts),
    answer: { description: 'The need', schema: { Case: CaseView } },
    refusals: ['stage-changed'],
    handle: (call) => say(call, Amounts, amendNeed),
  }),
};
