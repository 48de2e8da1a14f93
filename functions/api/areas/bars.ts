import { assertMay } from '../../../shared/answering/acting.ts';
import { barsSeen, liftBar } from '../../../shared/case/lift-bar.ts';
import { LiftInput } from '../../../shared/domain/bar.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { readCase } from '../../../shared/store/cases.ts';
import type { At } from '../call.ts';
import { actingMember, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/conflicts.ts';
import { json, operation } from '../operation.ts';
import { BarView, viewBar } from '../views/bar.ts';
import { listOf } from '../views/list.ts';
import type { AtCase } from './places.ts';
import { Reference } from './places.ts';

async function subjectOf(call: AtCase): Promise<Case> {
  return permitted(call, await readCase(call.hub.table, call.place('id')));
}

async function listed(call: Call, subject: Case) {
  const found = await barsSeen(call.hub.table, subject, actingMember(call));
  return { body: { items: found.map(viewBar), nextCursor: null } };
}

async function list(call: AtCase) {
  return listed(call, await subjectOf(call));
}

async function lift(call: At<{ id: typeof CaseId; bar: typeof Reference }>) {
  const subject = await subjectOf(call);
  assertMay(actingMember(call), 'lift-bar', subject);
  const input = parseInput(LiftInput, await call.json());
  const body = { ...input, bar: call.place('bar') };
  const changed = await once(
    call,
    body,
    (key) => liftBar(call.hub, subject.id, body, actingMember(call), key),
    async () => subject,
  );
  return listed(call, changed);
}

const kept = { description: 'Whom what the applicant typed keeps from the case', schema: { BarList: listOf(BarView) } };

export const bars = {
  listBars: operation({
    method: 'get',
    path: '/cases/{id}/bars',
    access: 'token',
    action: 'see-interests',
    places: { id: CaseId },
    summary: 'Whom what the applicant typed keeps from a case',
    description:
      'By the contact’s address, or the organization’s name, which nobody confirmed. For who leads those people, auditors, and whoever may agree to lift it.',
    answer: kept,
    handle: list,
  }),
  liftBar: operation({
    method: 'post',
    path: '/cases/{id}/bars/{bar}/lift',
    access: 'token',
    action: 'lift-bar',
    places: { id: CaseId, bar: Reference },
    summary: 'Lift that with a second person',
    description:
      'Who leads the party asks; another person of the party does the same and so agrees, each with a reason. From then on the colleague may answer. Never by whoever is kept away.',
    request: json({ LiftInput }, example.lift),
    answer: kept,
    refusals: ['same-person', 'both-sides', 'interest-declared', 'membership-ended'],
    handle: lift,
  }),
};
