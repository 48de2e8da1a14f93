import './begin.ts';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { importRemarkText } from '../../shared/i18n/spreadsheet.ts';
import { ApiProblem, apiClient } from './api-client.ts';
import { control } from './control.ts';
import { baseUrl, fail } from './settings.ts';

const Remark = z.object({
  line: z.number(),
  code: z.string(),
  column: z.string().optional(),
  value: z.string().optional(),
  maximum: z.number().optional(),
});
const Preview = z.object({
  id: z.string(),
  columns: z.array(z.object({ field: z.string(), header: z.string() })),
  totals: z.object({
    rows: z.number(),
    needs: z.number(),
    lines: z.number(),
    unknownLines: z.number(),
    pieces: z.number(),
    rejected: z.number(),
  }),
  rejected: z.array(Remark),
  notices: z.array(Remark),
});
const Job = z.object({
  id: z.string(),
  state: z.string(),
  rows: z.number(),
  done: z.number(),
  noted: z.number(),
  failed: z.number(),
  left: z.number(),
  notDone: z.object({
    items: z.array(z.object({ row: z.number(), name: z.string(), detail: z.string(), caseId: z.string().optional() })),
    nextCursor: z.string().nullable(),
  }),
});
type Job = z.infer<typeof Job>;

/** How often it is asked how far the work has come, in milliseconds. */
const AGAIN = 1_000;

const file = process.argv[2];
if (!file) fail('Usage: npm run import -- FILE   (CSV or XLSX)');
let bytes: Buffer;
try {
  bytes = readFileSync(file);
} catch {
  fail(`${file} cannot be read.`);
}

const { token } = z.object({ token: z.string() }).parse(await control('token', { sub: 'hub-coordinator' }));
const api = apiClient(baseUrl, token);
/** The rows that were not done, a page after another. */
async function* notDone(job: Job): AsyncGenerator<Job['notDone']['items'][number]> {
  yield* job.notDone.items;
  const { nextCursor } = job.notDone;
  if (nextCursor !== null) yield* notDone(await api.get(`/jobs/${job.id}?cursor=${nextCursor}`, Job));
}

try {
  const preview = await api.upload('/imports', bytes, 'application/octet-stream', Preview);
  const { totals } = preview;
  console.log(`Columns: ${preview.columns.map(({ field, header }) => `${field} = “${header}”`).join(', ')}`);
  console.log(
    `The file asks for ${totals.needs} needs with ${totals.lines} lines: ${totals.unknownLines} of unknown amount, the rest ${totals.pieces.toLocaleString('en')} pieces.`,
  );
  for (const remark of preview.rejected)
    console.log(`  line ${remark.line} not used: ${importRemarkText('en', remark)}`);
  for (const remark of preview.notices) console.log(`  line ${remark.line}: ${importRemarkText('en', remark)}`);
  let job = await api.post(`/imports/${preview.id}/run`, {}, Job);
  while (job.state === 'open') {
    await sleep(AGAIN);
    job = await api.get(`/jobs/${job.id}`, Job);
  }
  for await (const { row, name, detail, caseId } of notDone(job))
    console.log(`  need ${row}, ${name}, not made: ${detail}${caseId === undefined ? '' : ` ${caseId}`}`);
  console.log(`${job.done - job.noted} needs created, ${job.noted} were there already.`);
  if (job.left > 0) console.log(`${job.left} were left, since somebody stopped the work.`);
  if (job.failed > 0) console.log(`${job.failed} came to nothing by a fault: npm run redrive tries them again.`);
} catch (error) {
  if (!(error instanceof ApiProblem)) throw error;
  const problem = z.object({ detail: z.string().optional() }).safeParse(error.problem).data;
  fail(`The import was refused: ${problem?.detail ?? error.message}`);
}
