import type { ActingMember } from '../../../shared/answering/acting.ts';
import { declaredInterests, declareInterest, retractInterest } from '../../../shared/answering/interests.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { InterestInput } from '../../../shared/domain/interest.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { readCase } from '../../../shared/store/cases.ts';
import type { At } from '../call.ts';
import { actingMember, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/conflicts.ts';
import { json, operation } from '../operation.ts';
import { InterestView, viewInterest } from '../views/interest.ts';
import { listOf } from '../views/list.ts';
import { EmptyBody, emptyBody } from './empty-body.ts';
import type { AtCase } from './places.ts';
import { Reference } from './places.ts';

async function subjectOf(call: AtCase): Promise<Case> {
  return permitted(call, await readCase(call.hub.table, call.place('id')));
}

async function listed(call: Call, subject: Case) {
  const found = await declaredInterests(call.hub.table, subject, actingMember(call));
  return { body: { items: found.map(viewInterest), nextCursor: null } };
}

async function list(call: AtCase) {
  return listed(call, await subjectOf(call));
}

/** Does it once for each key, and answers with what is declared then. */
async function change(
  call: Call,
  subject: Case,
  request: unknown,
  does: (acting: ActingMember, id: CaseId, key: Parameters<typeof declareInterest>[4]) => Promise<Case>,
) {
  const acting = actingMember(call);
  const changed = await once(
    call,
    request,
    (key) => does(acting, subject.id, key),
    async () => subject,
  );
  return listed(call, changed);
}

async function declare(call: AtCase) {
  const subject = await subjectOf(call);
  const body = await call.json();
  parseInput(InterestInput, body);
  return change(call, subject, body, (acting, id, key) => declareInterest(call.hub, id, body, acting, key));
}

async function retract(call: At<{ id: typeof CaseId; interest: typeof Reference }>) {
  const subject = await subjectOf(call);
  const body = await call.json();
  parseInput(EmptyBody, body);
  const interest = call.place('interest');
  return change(call, subject, { interest }, (acting, id, key) =>
    retractInterest(call.hub, id, { interest }, acting, key),
  );
}

const declared = {
  description: 'The interests that the caller may see',
  schema: { InterestList: listOf(InterestView) },
};

export const interests = {
  listInterests: operation({
    method: 'get',
    path: '/cases/{id}/interests',
    access: 'token',
    action: 'see-interests',
    places: { id: CaseId },
    summary: 'Declared interests in a case',
    description: 'One’s own; for who leads, those of their people; for auditors, all.',
    answer: declared,
    handle: list,
  }),
  declareInterest: operation({
    method: 'post',
    path: '/cases/{id}/interests',
    access: 'token',
    action: 'declare-interest',
    places: { id: CaseId },
    summary: 'Declare an interest in a case',
    description:
      'From then on the caller may answer nothing about it, nor, when `standing`, about any case of the organization. What was open to them goes to their colleagues, or, when none is left, to who leads. Said again, nothing changes.',
    request: json({ InterestInput }, example.interest),
    answer: declared,
    refusals: ['membership-ended'],
    handle: declare,
  }),
  retractInterest: operation({
    method: 'post',
    path: '/cases/{id}/interests/{interest}/retraction',
    access: 'token',
    action: 'hand-over',
    places: { id: CaseId, interest: Reference },
    summary: 'Take back an interest that was declared by mistake',
    description: 'By who leads, never by whoever declared it. Both stay on record.',
    request: emptyBody,
    answer: declared,
    refusals: ['interest-declared', 'membership-ended'],
    handle: retract,
  }),
};
