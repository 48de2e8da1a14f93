import * as z from 'zod';
import type { ActingMember } from '../../../shared/answering/acting.ts';
import { declaredInterests, declareInterest, retractInterest } from '../../../shared/answering/interests.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { InterestInput } from '../../../shared/domain/interest.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewInterest } from '../views/interest.ts';
import { EmptyBody } from './empty-body.ts';
import { named } from './path.ts';

async function subjectOf(call: Call): Promise<Case> {
  return permitted(call, await readCase(call.hub.table, named(call, 'id', CaseId)));
}

async function listed(call: Call, subject: Case): Promise<Answer> {
  const found = await declaredInterests(call.hub.table, subject, actingMember(call));
  return { body: { items: found.map(viewInterest), nextCursor: null } };
}

async function list(call: Call): Promise<Answer> {
  return listed(call, await subjectOf(call));
}

/** Does it once for each key, and answers with what is declared then. */
async function change(
  call: Call,
  subject: Case,
  request: unknown,
  does: (acting: ActingMember, id: CaseId, key: Parameters<typeof declareInterest>[4]) => Promise<Case>,
): Promise<Answer> {
  const acting = actingMember(call);
  const changed = await once(
    call,
    request,
    (key) => does(acting, subject.id, key),
    async () => subject,
  );
  return listed(call, changed);
}

async function declare(call: Call): Promise<Answer> {
  const subject = await subjectOf(call);
  const body = await readJson(call.request);
  parseInput(InterestInput, body);
  return change(call, subject, body, (acting, id, key) => declareInterest(call.hub, id, body, acting, key));
}

async function retract(call: Call): Promise<Answer> {
  const subject = await subjectOf(call);
  const body = await readJson(call.request, true);
  parseInput(EmptyBody, body);
  const interest = named(call, 'interest', z.string().min(1).max(64));
  return change(call, subject, { interest }, (acting, id, key) =>
    retractInterest(call.hub, id, { interest }, acting, key),
  );
}

export const interests = { listInterests: list, declareInterest: declare, retractInterest: retract };
