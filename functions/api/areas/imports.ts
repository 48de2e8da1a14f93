import { createHash } from 'node:crypto';
import { ImportChoices, planImport, planImportAgain, readImport, startImport } from '../../../shared/case/import.ts';
import { Slug } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { jobOf } from '../../../shared/jobs/start.ts';
import { readSpreadsheet } from '../body.ts';
import type { At } from '../call.ts';
import { actingMember, type Call } from '../call.ts';
import { once, remember } from '../idempotency.ts';
import { importChoices, importFile, importForm } from '../openapi/examples/catalogue.ts';
import { apiRoot, json, operation } from '../operation.ts';
import { ImportView, viewImport } from '../views/import.ts';
import { JobView, viewJob } from '../views/job.ts';
import { EmptyBody, emptyBody } from './empty-body.ts';

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

/** Reads the file again, as somebody says how. */
async function again(call: At<{ id: typeof Slug }>) {
  const { member } = actingMember(call);
  const id = call.place('id');
  const choices: unknown = await call.json();
  const preview = await once(
    call,
    { id, choices },
    async (key) => {
      const planned = await planImportAgain(call.hub, member, id, choices);
      await remember(call, key, planned.id);
      return planned;
    },
    (made) => readImport(call.hub, member, Slug.parse(made)),
  );
  const location = `${call.base}${apiRoot}/imports/${preview.id}`;
  return { body: viewImport(preview, call.language), headers: { location } };
}

/** Begins the work and answers at once: it goes on by itself. */
async function run(call: At<{ id: typeof Slug }>) {
  const { member } = actingMember(call);
  const { table } = call.hub;
  const id = call.place('id');
  parseInput(EmptyBody, await call.json());
  const job = await once(
    call,
    { id },
    async (key) => {
      const started = await startImport(call.hub, { member, door: 'api' }, id);
      await remember(call, key, id);
      return started;
    },
    () => jobOf(table, member, id),
  );
  const location = `${call.base}${apiRoot}/jobs/${id}`;
  return { body: await viewJob(table, job, call.language), headers: { location } };
}

export const imports = {
  planImport: operation({
    method: 'post',
    path: '/imports',
    access: 'token',
    action: 'import-needs',
    summary: 'See what importing a spreadsheet of needs would make',
    description:
      'CSV in any usual encoding, XLSX or ODS; as `text/csv` it must be UTF-8. Lines are grouped into one need per organization and district. Nothing is made yet.',
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
  mapImport: operation({
    method: 'post',
    path: '/imports/{id}/mapping',
    access: 'token',
    action: 'import-needs',
    places: { id: Slug },
    summary: 'Say how the file of an import is to be read',
    description:
      'Which column is which, which sheet, which rows not, and the encoding of a file of text. The file is read again; what is said here stands in place of all that was said before, and the rest is found as at first. The answer is an import of its own: the earlier one stays as it was seen.',
    request: json({ ImportChoices }, importChoices),
    answer: {
      status: 201,
      description: 'What it would make, and every row it cannot use',
      schema: { Import: ImportView },
    },
    refusals: ['unreadable-file'],
    handle: again,
  }),
  runImport: operation({
    method: 'post',
    path: '/imports/{id}/run',
    access: 'token',
    action: 'import-needs',
    places: { id: Slug },
    summary: 'Make the needs of an import',
    description:
      'Begins a job of one row a need and answers at once; `Location` says where to ask how far it has come, every few seconds. Nothing is made twice.',
    request: emptyBody,
    answer: { status: 202, description: 'The job', schema: { Job: JobView } },
    handle: run,
  }),
};
