import { createHash } from 'node:crypto';
import * as z from 'zod';
import { planImport, readImport, runImport } from '../../../shared/case/import.ts';
import { Slug } from '../../../shared/domain/ids.ts';
import type { Member } from '../../../shared/domain/party.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { readSpreadsheet } from '../body.ts';
import type { At } from '../call.ts';
import { actingMember, type Call } from '../call.ts';
import { once, remember } from '../idempotency.ts';
import { importFile, importForm, importRun } from '../openapi/examples/catalogue.ts';
import { apiRoot, operation, optionalJson } from '../operation.ts';
import { ImportRunView, ImportView, viewImport } from '../views/import.ts';

/** Where a run begins, counted from 1; left out, at the first need. */
export const RunBody = z.strictObject({ from: z.int().min(1).max(1_000_000).optional() });

/** A run ends after so long, to be well within what a request may take; the next one goes on. */
const RUN_MS = 10_000;

async function plan(call: Call) {
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
  return { body: viewImport(preview, call.language), headers: { location } };
}

async function get(call: At<{ id: typeof Slug }>) {
  const { member } = actingMember(call);
  return { body: viewImport(await readImport(call.hub, member, call.place('id')), call.language) };
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

async function run(call: At<{ id: typeof Slug }>) {
  const { member } = actingMember(call);
  const id = call.place('id');
  const body = await call.json();
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

export const imports = {
  planImport: operation({
    method: 'post',
    path: '/imports',
    access: 'token',
    action: 'import-needs',
    summary: 'See what importing a spreadsheet of needs would make',
    description:
      'CSV in any usual encoding, or XLSX; as `text/csv` it must be UTF-8. Lines are grouped into one need per organization and district. Nothing is made yet.',
    request: {
      content: {
        'text/csv': { file: { type: 'string' }, examples: importFile },
        'application/octet-stream': { file: {}, examples: importFile },
        'multipart/form-data': {
          file: { type: 'object', properties: { file: { type: 'string' } }, required: ['file'] },
          examples: importForm,
        },
      },
    },
    answer: {
      status: 201,
      description: 'What it would make, and every row it cannot use',
      schema: { Import: ImportView },
    },
    refusals: ['unreadable-file'],
    handle: plan,
  }),
  getImport: operation({
    method: 'get',
    path: '/imports/{id}',
    access: 'token',
    action: 'import-needs',
    places: { id: Slug },
    summary: 'A planned import',
    answer: { description: 'What it would make, and every row it cannot use', schema: { Import: ImportView } },
    handle: get,
  }),
  runImport: operation({
    method: 'post',
    path: '/imports/{id}/run',
    access: 'token',
    action: 'import-needs',
    places: { id: Slug },
    summary: 'Make the needs of an import',
    description:
      'Makes as many as a request has time for: call it again with `from` as `next` says until `remaining` is 0. Nothing is made twice.',
    request: optionalJson({ ImportRunInput: RunBody }, importRun),
    answer: { description: 'What this run made', schema: { ImportRun: ImportRunView } },
    handle: run,
  }),
};
