import { createHash } from 'node:crypto';
import * as z from 'zod';
import { planImport, readImport, runImport } from '../../../shared/case/import.ts';
import { Slug } from '../../../shared/domain/ids.ts';
import type { Member } from '../../../shared/domain/party.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { readJson, readSpreadsheet } from '../body.ts';
import { type Answer, actingMember, type Call } from '../call.ts';
import { once, remember } from '../idempotency.ts';
import { apiRoot } from '../operations.ts';
import { ImportRunView, viewImport } from '../views/import.ts';
import { slugIn } from './path.ts';

/** Where a run begins, counted from 1; left out, at the first need. */
export const RunBody = z.strictObject({ from: z.int().min(1).max(1_000_000).optional() });

/** A run ends after so long, to be well within what a request may take; the next one goes on. */
const RUN_MS = 10_000;

async function plan(call: Call): Promise<Answer> {
  const { member } = actingMember(call);
  const bytes = await readSpreadsheet(call.request);
  const file = createHash('sha256').update(bytes).digest('base64url');
  const preview = await once(
    call,
    { file },
    async (key) => {
      const planned = await planImport(call.hub, member, bytes);
      await remember(call, key, planned.id);
      return planned;
    },
    (id) => readImport(call.hub, member, Slug.parse(id)),
  );
  const location = `${call.base}${apiRoot}/imports/${preview.id}`;
  return { status: 201, body: viewImport(preview, call.language), headers: { location } };
}

async function get(call: Call): Promise<Answer> {
  const { member } = actingMember(call);
  return { body: viewImport(await readImport(call.hub, member, slugIn(call)), call.language) };
}

async function runFrom(call: Call, member: Member, id: Slug, from: number): Promise<ImportRunView> {
  const { totals } = await readImport(call.hub, member, id);
  const until = performance.now() + RUN_MS;
  let next: number | null = from;
  const done: Pick<ImportRunView, 'created' | 'skipped' | 'changed'> = { created: 0, skipped: 0, changed: [] };
  do {
    const run = await runImport(call.hub, member, id, next);
    done.created += run.created;
    done.skipped += run.skipped;
    done.changed.push(...run.changed);
    next = run.next;
  } while (next !== null && performance.now() < until);
  return { ...done, next, remaining: next === null ? 0 : totals.needs - next + 1 };
}

async function run(call: Call): Promise<Answer> {
  const { member } = actingMember(call);
  const id = slugIn(call);
  const body = await readJson(call.request, true);
  const { from = 1 } = parseInput(RunBody, body);
  const answer = await once(
    call,
    body,
    async (key) => {
      const made = await runFrom(call, member, id, from);
      await remember(call, key, JSON.stringify(made));
      return made;
    },
    async (made) => ImportRunView.parse(JSON.parse(made)),
  );
  return { body: answer };
}

export const imports = { planImport: plan, getImport: get, runImport: run };
