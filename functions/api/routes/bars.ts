import * as z from 'zod';
import { assertMay } from '../../../shared/answering/acting.ts';
import { barsSeen, liftBar } from '../../../shared/case/lift-bar.ts';
import { LiftInput } from '../../../shared/domain/bar.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call, permitted } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewBar } from '../views/bar.ts';
import { named } from './path.ts';

async function subjectOf(call: Call): Promise<Case> {
  return permitted(call, await readCase(call.hub.table, named(call, 'id', CaseId)));
}

async function listed(call: Call, subject: Case): Promise<Answer> {
  const found = await barsSeen(call.hub.table, subject, actingMember(call));
  return { body: { items: found.map(viewBar), nextCursor: null } };
}

async function list(call: Call): Promise<Answer> {
  return listed(call, await subjectOf(call));
}

async function lift(call: Call): Promise<Answer> {
  const subject = await subjectOf(call);
  assertMay(actingMember(call), 'lift-bar', subject);
  const input = parseInput(LiftInput, await readJson(call.request));
  const body = { ...input, bar: named(call, 'bar', z.string().min(1).max(64)) };
  const changed = await once(
    call,
    body,
    (key) => liftBar(call.hub, subject.id, body, actingMember(call), key),
    async () => subject,
  );
  return listed(call, changed);
}

export const bars = { listBars: list, liftBar: lift };
