import './begin.ts';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { ImportView } from '../../functions/api/views/import.ts';
import { columnLabel } from '../../functions/console/import-needs/column-label.ts';
import { Language } from '../../shared/domain/language.ts';
import { colon } from '../../shared/i18n/lookup.ts';
import { type ApiClient, ApiProblem, apiClient } from './api-client.ts';
import { control } from './control.ts';
import { importWords } from './import-words.ts';
import { baseUrl, fail } from './settings.ts';

const Preview = ImportView;
type Preview = z.infer<typeof Preview>;
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
const Problem = z.object({
  detail: z.string().optional(),
  params: z.object({ import: z.string().optional() }).optional(),
  errors: z.array(z.object({ detail: z.string() })).optional(),
});

/** How often it is asked how far the work has come, in milliseconds. */
const AGAIN = 1_000;

const usage = `Usage: npm run import -- FILE [--yes] [--language zh|en] [--encoding NAME]
         [--sheet NAME] [--headings ROW] [--column C=item]… [--organization NAME] [--without 5,8] [--take 9]
  FILE is CSV, XLSX or ODS. What is behind --sheet says how that sheet is read (a file of text needs no --sheet).
  --take names rows that are needs although they were read as a total or a note.
  --column names a column by its letter: organization, item, quantity, unit, …, amounts, or nothing (C=).`;

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', default: false },
        language: { type: 'string', default: 'en' },
        encoding: { type: 'string' },
        sheet: { type: 'string', default: '' },
        headings: { type: 'string' },
        column: { type: 'string', multiple: true },
        organization: { type: 'string' },
        without: { type: 'string' },
        take: { type: 'string' },
      },
    });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

const { values, positionals } = options();
const [file] = positionals;
const spoken = Language.safeParse(values.language);
if (!file || positionals.length > 1 || !spoken.success) fail(usage);
const language = spoken.data;
const text = importWords[language];

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return fail(`${path} cannot be read.`);
  }
}
const bytes = bytesOf(file);

/** What the options say of the file; nothing where they say nothing. */
function choices(): object | undefined {
  const { encoding, sheet, headings, column, organization, without, take } = values;
  const rows = (typed: string) => typed.split(/[,，\s]+/).map(Number);
  const columns = column?.map((pair) => {
    const [letter = '', field = ''] = pair.split('=');
    return [letter.toUpperCase(), field === '' ? null : field];
  });
  const said = {
    ...(headings !== undefined && { headings: Number(headings) }),
    ...(columns && { columns: Object.fromEntries(columns) }),
    ...(organization !== undefined && { organization }),
    ...(without !== undefined && { without: rows(without) }),
    ...(take !== undefined && { take: rows(take) }),
  };
  const sheets = Object.keys(said).length > 0 ? [{ name: sheet, ...said }] : undefined;
  return encoding !== undefined || sheets ? { ...(encoding && { encoding }), ...(sheets && { sheets }) } : undefined;
}

const { token } = z.object({ token: z.string() }).parse(await control('token', { sub: 'hub-coordinator' }));
const api = apiClient(baseUrl, token, language);

/** The file as it would be read by itself, or as the options say. */
async function planned(client: ApiClient): Promise<Preview> {
  const said = choices();
  if (!said) return client.upload('/imports', bytes, 'application/octet-stream', Preview);
  const first = await client.upload('/imports', bytes, 'application/octet-stream', Preview).then(
    ({ id }) => id,
    (error: unknown) => {
      const id = error instanceof ApiProblem ? Problem.safeParse(error.problem).data?.params?.import : undefined;
      if (id === undefined) throw error;
      return id;
    },
  );
  return client.post(`/imports/${first}/mapping`, said, Preview);
}

type Place = { readonly sheet?: string | undefined; readonly line: number };
const placeOf = ({ sheet, line }: Place) => text.row([sheet, line].filter(Boolean).join(' '));

/** What a column holds, as pages call it, and as `--column` names it. */
function named(field: string): string {
  const label = columnLabel(language, field);
  return label === field ? field : `${label} (${field})`;
}

function show(preview: Preview): void {
  const { totals, encoding, sheets, hidden } = preview;
  if (encoding)
    console.log(`${text.encoding}${colon(language)}${encoding.name}${encoding.guessed ? ` (${text.guessed})` : ''}`);
  for (const sheet of sheets) {
    const used = sheet.columns.filter(({ field }) => field !== undefined);
    const unused = sheet.columns.filter(({ field }) => field === undefined);
    if (sheets.length > 1 || sheet.name !== '') console.log(text.sheet(sheet.name, sheet.use, sheet.rows));
    const columns = used.map(
      ({ column, field = '', header, guessed }) =>
        `${column} ${named(field)} = “${header}”${guessed ? ` (${text.guessed})` : ''}`,
    );
    if (sheet.use === 'read') console.log(`${text.columns}${colon(language)}${columns.join(', ')}`);
    if (unused.length > 0)
      console.log(
        `${text.unused}${colon(language)}${unused.map(({ column, header }) => `${column} “${header}”`).join(', ')}`,
      );
    if (sheet.missing.length > 0)
      console.log(`${text.missing}${colon(language)}${sheet.missing.map(named).join(', ')}`);
  }
  if (hidden.length > 0) console.log(`${text.hidden}${colon(language)}${hidden.join(', ')}`);
  console.log(text.totals(totals));
  for (const remark of preview.rejected)
    console.log(`  ${placeOf(remark)} ${text.rejected}${colon(language)}${remark.detail}`);
  for (const remark of preview.notices) console.log(`  ${placeOf(remark)}${colon(language)}${remark.detail}`);
  if (preview.moreNotices > 0) console.log(text.more(preview.moreNotices));
}

/** Whether the person at the terminal says yes; where there is nobody, only `--yes` does. */
async function agreed(needs: number): Promise<boolean> {
  if (values.yes) return true;
  if (!process.stdin.isTTY) {
    console.log(text.nobodyAsked);
    return false;
  }
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asked.question(`${text.question(needs)} `);
  asked.close();
  return /^\s*(?:y|yes|是|好)\s*$/i.test(answer);
}

/** The rows that were not done, a page after another. */
async function* notDone(job: Job): AsyncGenerator<Job['notDone']['items'][number]> {
  yield* job.notDone.items;
  const { nextCursor } = job.notDone;
  if (nextCursor !== null) yield* notDone(await api.get(`/jobs/${job.id}?cursor=${nextCursor}`, Job));
}

async function run(id: string): Promise<void> {
  let job = await api.post(`/imports/${id}/run`, {}, Job);
  while (job.state === 'open') {
    await sleep(AGAIN);
    job = await api.get(`/jobs/${job.id}`, Job);
  }
  for await (const { row, name, detail, caseId } of notDone(job))
    console.log(`  ${text.notMade(row, name)}${colon(language)}${detail}${caseId === undefined ? '' : ` ${caseId}`}`);
  console.log(text.made(job.done - job.noted, job.noted));
  if (job.left > 0) console.log(text.left(job.left));
  if (job.failed > 0) console.log(text.failed(job.failed));
}

try {
  const preview = await planned(api);
  show(preview);
  if (preview.totals.needs > 0 && (await agreed(preview.totals.needs))) await run(preview.id);
} catch (error) {
  if (!(error instanceof ApiProblem)) throw error;
  const { detail, errors = [] } = Problem.safeParse(error.problem).data ?? {};
  const why = errors.length > 0 ? errors.map((one) => one.detail) : [detail ?? error.message];
  const isTrouble = error.status >= 500;
  fail(`${isTrouble ? text.trouble : text.refused}${colon(language)}${why.join(' ')}`);
}
