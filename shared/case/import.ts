import { createHash, createHmac } from 'node:crypto';
import * as z from 'zod';
import { assertMay } from '../answering/acting.ts';
import { Rejected } from '../domain/errors.ts';
import { type CaseId, newSlug, type Slug } from '../domain/ids.ts';
import type { Job } from '../domain/jobs/job.ts';
import type { RowDone, RowOf } from '../domain/jobs/kinds.ts';
import type { Member } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import { letterOf } from '../domain/sheet/column-letter.ts';
import type { Sheet, SheetRow } from '../domain/sheet/sheet-row.ts';
import { instant, localDate } from '../domain/time.ts';
import { type Doing, startJob } from '../jobs/start.ts';
import type { Case } from '../kinds/case.ts';
import { endStages } from '../kinds/lifecycle.ts';
import { columnsNamedTwice, columnUses, ImportChoices, namedEncodings } from '../kinds/need/import/choices.ts';
import { needInput } from '../kinds/need/import/need-input.ts';
import type { PlannedNeed, PlannedSheet, RowPlace } from '../kinds/need/import/plan.ts';
import { planNeedsImport } from '../kinds/need/import/plan-needs-import.ts';
import { NeedLineOnBehalf } from '../kinds/need/line.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { readSheets, UnreadableFile } from '../spreadsheet/index.ts';
import { readCase } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import {
  type ImportedNeed,
  type ImportPlan,
  type ImportRemark,
  readImported,
  readImportFile,
  readImportNeeds,
  readImportPlan,
  readImportRemarks,
  rememberingImported,
  type SheetRead,
  saveImport,
  saveImportFile,
} from '../store/imports.ts';
import { stageRows } from '../store/job-rows.ts';
import { readJob, rowsHash } from '../store/jobs.ts';
import { readMember } from '../store/parties.ts';
import { ConditionFailed } from '../store/table.ts';
import { textFits } from './case-size.ts';
import { submitCase } from './submit.ts';

/** A line of a planned need, with the row that it was made from. */
export type PreviewLine = z.infer<typeof NeedLineOnBehalf> & { readonly source: RowPlace };

/** What a person can say of a file, for the doors. */
export { columnUses, ImportChoices, namedEncodings };

/** What an import will make, and every row it cannot use. */
export interface ImportPreview extends ImportPlan {
  /** the planned needs, in the file's order; of a large file the lines of the first of them */
  readonly needs: readonly (Omit<ImportedNeed, 'body' | 'importKey' | 'contentKey' | 'sources'> & {
    readonly items: readonly PreviewLine[];
    readonly sourceLines: readonly number[];
  })[];
  readonly rejected: readonly ImportRemark[];
  readonly notices: readonly ImportRemark[];
}

/** More planned needs than a preview lists. */
const MOST_LISTED = 5000;
/** Characters of a cell that stands for its column. */
const LONGEST_SAMPLE = 60;
/** Lines of all needs together; a table that goes across may ask for as many as it has cells. */
const MOST_PLANNED = 60_000;
/** More notices than are kept and told one by one. */
const MOST_NOTICES = 10_000;
/** More lines than a preview lists: an answer holds 6 MB. */
const MOST_LINES_LISTED = 4000;
/** Characters of one need, all its lines together: beyond that it is not kept, see `case-size.ts`. */
const MOST_CHARACTERS = 60_000;
/** How often a need that another import made meanwhile is looked at again. */
const TRIES = 3;

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}

/** Of what is personal too, and kept for good: whoever guesses a name and a telephone number must not be able to try them. */
function keyedHash(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(`imported ${text}`).digest('base64url').slice(0, 32);
}

function toImported(planned: PlannedNeed, key: Buffer): ImportedNeed {
  const quantities = planned.lines.map((line) => line.quantity);
  return {
    importKey: hash(planned.importKey),
    contentKey: keyedHash(key, planned.contentKey),
    organization: planned.organization,
    district: planned.district,
    lines: quantities.length,
    unknownLines: quantities.filter((quantity) => quantity === null).length,
    pieces: quantities.reduce((sum: number, quantity) => sum + (quantity ?? 0), 0),
    sources: [...planned.sources],
    // where a sheet names no place, the coordinator completes it when the need is verified
    body: needInput(planned, { province: '—', city: '—' }),
  };
}

function sum(needs: readonly ImportedNeed[], what: 'lines' | 'unknownLines' | 'pieces'): number {
  return needs.reduce((total, need) => total + need[what], 0);
}

function assertMayImport(member: Member): void {
  assertMay({ type: 'member', member }, 'import-needs', { ownedBy: member.party });
}

/** The cells of a column as people know it again: the first that is filled. */
function sampleOf(rows: readonly SheetRow[], index: number, headings: number): string | undefined {
  const below = rows.find(({ line, cells }) => line > headings && (cells[index] ?? '') !== '');
  return below?.cells[index]?.slice(0, LONGEST_SAMPLE);
}

function sheetRead({ rows }: Sheet, planned: PlannedSheet): SheetRead {
  const { name, headings, columns, across, ignored, leftOut, missing } = planned;
  const fields = new Map<number, { field: string; guessed?: true }>();
  for (const [field, column] of Object.entries(columns))
    if (column) fields.set(column.index, { field, ...(column.guessed && { guessed: column.guessed }) });
  for (const { index } of across) fields.set(index, { field: 'amounts' });
  const all = [...Object.values(columns), ...across, ...ignored].toSorted((one, other) => one.index - other.index);
  return {
    name,
    use: leftOut ? 'left-out' : missing.length > 0 ? 'columns-missing' : 'read',
    headings,
    rows: planned.rows,
    missing: [...missing],
    columns: all.map(({ index, header }) => {
      const sample = sampleOf(rows, index, headings);
      return { column: letterOf(index), header, ...fields.get(index), ...(sample !== undefined && { sample }) };
    }),
  };
}

interface SentFile {
  readonly bytes: Uint8Array;
  /** where it lies already */
  readonly kept?: NonNullable<ImportPlan['file']>;
}

async function plan(hub: Hub, member: Member, file: SentFile, choices: ImportChoices): Promise<ImportPreview> {
  const { sheets, hidden, encoding } = await readSheets(file.bytes, { encoding: choices.encoding });
  const said = Object.fromEntries((choices.sheets ?? []).map(({ name, ...choice }) => [name, choice]));
  const planned = planNeedsImport(sheets, { today: localDate(Date.now()), choices: said });
  if (planned.totals.lines > MOST_PLANNED) throw new UnreadableFile('too-large');
  const notices = planned.notices.slice(0, MOST_NOTICES);
  const key = await deriveKey(hub.macKeyId, 'lookup');
  const all = planned.needs.map((need) => toImported(need, key));
  const needs = all.filter(({ body }) => textFits(body));
  const rejected = [
    ...planned.rejected,
    ...all.flatMap(({ body, sources }) =>
      textFits(body)
        ? []
        : [...new Set(sources)].map((place) => ({ ...place, code: 'too-long', maximum: MOST_CHARACTERS })),
    ),
  ];
  const id = newSlug();
  const read = sheets.flatMap((sheet, index) => {
    const { [index]: how } = planned.sheets;
    return how ? [sheetRead(sheet, how)] : [];
  });
  const columns = read.filter(({ use }) => use === 'read').flatMap((sheet) => sheet.columns);
  const head: ImportPlan = {
    id,
    member: member.id,
    party: member.party,
    plannedAt: instant(Date.now()),
    columns: columns.flatMap(({ field, header }) => (field === undefined ? [] : [{ field, header }])),
    ignored: columns.flatMap(({ field, header, column }) => (field === undefined ? [header || column] : [])),
    hidden: [...hidden],
    sheets: read,
    ...(encoding && { encoding }),
    choices,
    moreNotices: planned.notices.length - notices.length,
    file: file.kept ?? (await saveImportFile(hub.table, id, file.bytes)),
    totals: {
      rows: planned.totals.rows,
      needs: needs.length,
      lines: sum(needs, 'lines'),
      unknownLines: sum(needs, 'unknownLines'),
      pieces: sum(needs, 'pieces'),
      rejected: rejected.length,
    },
  };
  await saveImport(hub.table, head, needs, { rejected, notices });
  // it is kept all the same, so that a person can say which column is which
  if (planned.missing.length > 0) {
    throw new Rejected('unreadable-file', {
      fields: [{ pointer: '', code: 'no-columns', params: { columns: planned.missing.join(', ') } }],
      params: { import: id },
    });
  }
  return { ...head, needs: listed(needs), rejected, notices };
}

/**
 * Reads a coordinator's spreadsheet and says what importing it would make; nothing is made yet.
 * @throws UnreadableFile, or {@link Rejected} `forbidden`, or `unreadable-file` when columns that are needed were not found: it names
 * the import, of which {@link planImportAgain} takes what a person says
 */
export async function planImport(
  hub: Hub,
  member: Member,
  bytes: Uint8Array,
  choices: ImportChoices = {},
): Promise<ImportPreview> {
  assertMayImport(member);
  return plan(hub, member, { bytes }, choices);
}

/**
 * Reads the file of an import once more, as a person says how: which column is which, which sheet, which row not. It is an import of its own:
 * whoever confirms the earlier one gets what they saw.
 * @param body in place of all that was said before
 * @throws as {@link planImport}, and {@link Rejected} `not-found`, `invalid`
 */
export async function planImportAgain(hub: Hub, member: Member, id: Slug, body: unknown): Promise<ImportPreview> {
  const { file } = await planOf(hub, member, id);
  const choices = parseInput(ImportChoices, body);
  const fields = columnsNamedTwice(choices);
  if (fields.length > 0) throw new Rejected('invalid', { fields });
  const bytes = file && (await readImportFile(hub.table, file));
  if (!bytes) throw new Rejected('not-found');
  return plan(hub, member, { bytes, kept: file }, choices);
}

const Lines = z.object({ lines: z.array(NeedLineOnBehalf) });

function listed(needs: readonly ImportedNeed[]): ImportPreview['needs'] {
  let left = MOST_LINES_LISTED;
  return needs.slice(0, MOST_LISTED).map(({ organization, district, lines, unknownLines, pieces, sources, body }) => {
    const places = new Map(sources.map((source) => [`${source.line} ${source.sheet ?? ''}`, source.line]));
    const shown = left > 0 ? Lines.parse(body).lines : [];
    left -= shown.length;
    return {
      organization,
      district,
      lines,
      unknownLines,
      pieces,
      sourceLines: [...places.values()],
      items: shown.flatMap((line, index) => {
        const source = sources[index];
        return source ? [{ ...line, source }] : [];
      }),
    };
  });
}

async function planOf(hub: Pick<Hub, 'table'>, member: Member, id: Slug): Promise<ImportPlan> {
  assertMayImport(member);
  const plan = await readImportPlan(hub.table, id);
  // of another party's import nobody is told that it is there
  if (!plan || plan.party !== member.party) throw new Rejected('not-found');
  return plan;
}

/** A plan as it was made. @throws {@link Rejected} `not-found` */
export async function readImport(hub: Hub, member: Member, id: Slug): Promise<ImportPreview> {
  const plan = await planOf(hub, member, id);
  const [needs, remarks] = await Promise.all([
    readImportNeeds(hub.table, id, 1, MOST_LISTED),
    readImportRemarks(hub.table, id),
  ]);
  return { ...plan, needs: listed(needs), ...remarks };
}

type Outcome = 'created' | 'skipped' | { readonly organization: string; readonly caseId: CaseId };

async function importOne(hub: Hub, member: Member, need: ImportedNeed): Promise<Outcome> {
  const { table } = hub;
  const { importKey, contentKey, organization, body } = need;
  for (let tries = 1; ; tries++) {
    const before = await readImported(table, member.party, importKey);
    if (before?.contents.includes(contentKey)) return 'skipped';
    const last = before && (await readCase(table, before.caseId));
    if (last && !endStages.has(last.stage)) return { organization, caseId: last.id };
    const also = ({ id }: Case) => {
      const after = { caseId: id, contents: [...(before?.contents ?? []), contentKey] };
      return [rememberingImported(table, member.party, importKey, before, after)];
    };
    try {
      await submitCase(hub, 'need', { body, member, importKey, also });
      return 'created';
    } catch (error) {
      // another run of the same import was quicker: it is skipped then
      if (!(error instanceof ConditionFailed) || tries >= TRIES) throw error;
    }
  }
}

/**
 * Has a plan's needs made by a job of the plan's id, one row a need. Running it again, or the same sheet again, makes nothing twice, however
 * much later. Cost: a write and a read a need,
 * and what starting a job costs.
 * @throws {@link Rejected} `not-found`, `forbidden`; `invalid` for a plan without needs
 */
export async function startImport({ table }: Hub, doing: Doing, id: Slug): Promise<Job> {
  const { party, totals } = await planOf({ table }, doing.member, id);
  const before = await readJob(table, id);
  if (before?.owner === party) return before;
  const rows = Array.from({ length: totals.needs }, (_, index) => ({ plan: id, need: index + 1 }));
  await stageRows(table, 'import-needs', id, 1, rows);
  return startJob(table, { kind: 'import-needs', id, rows: rows.length, hash: rowsHash(rows) }, doing);
}

/**
 * Makes one need of a plan for who started the job, who must still be permitted to.
 * @throws {@link Rejected} `membership-ended`, `forbidden`, `not-found`, and what submitting a need refuses
 */
export async function importOfJob(hub: Hub, { plan, need }: RowOf<'import-needs'>, { by }: Job): Promise<RowDone> {
  const member = by.type === 'member' ? await readMember(hub.table, by.party, by.member) : undefined;
  if (!member) throw new Rejected('membership-ended');
  assertMayImport(member);
  const [planned] = await readImportNeeds(hub.table, plan, need, 1);
  if (!planned) throw new Rejected('not-found');
  const outcome = await importOne(hub, member, planned);
  if (outcome === 'created') return {};
  return outcome === 'skipped' ? { note: 'skipped' } : { refused: 'already-exists', caseId: outcome.caseId };
}
