import './begin.ts';
import { readFileSync } from 'node:fs';
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
const Run = z.object({
  created: z.number(),
  skipped: z.number(),
  changed: z.array(z.object({ organization: z.string(), caseId: z.string() })),
  next: z.number().nullable(),
});

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
  let created = 0;
  let skipped = 0;
  for (let from: number | null = 1; from !== null; ) {
    const run: z.infer<typeof Run> = await api.post(`/imports/${preview.id}/run`, { from }, Run);
    created += run.created;
    skipped += run.skipped;
    for (const { organization, caseId } of run.changed) {
      console.log(`  ${organization}: its need ${caseId} from an earlier sheet is open and differs; change it there`);
    }
    from = run.next;
  }
  console.log(`${created} needs created, ${skipped} were there already.`);
} catch (error) {
  if (!(error instanceof ApiProblem)) throw error;
  const problem = z.object({ detail: z.string().optional() }).safeParse(error.problem).data;
  fail(`The import was refused: ${problem?.detail ?? error.message}`);
}
