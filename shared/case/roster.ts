import { createHash } from 'node:crypto';
import { type Acting, type ActingMember, actorOf, assertMay } from '../answering/acting.ts';
import { recordTrace, recordView, type TraceChannel } from '../audit/record.ts';
import { type FieldProblem, Rejected } from '../domain/errors.ts';
import { newSlug } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { type LocalDate, localDate, startOfDay } from '../domain/time.ts';
import type { InsuranceCase, RosterRef } from '../kinds/insurance/case.ts';
import { coverProblems, isStartPassed } from '../kinds/insurance/days.ts';
import type { Volunteer, VolunteerInput } from '../kinds/insurance/input.ts';
import { type CheckedRow, checkRoster } from '../kinds/insurance/roster/check-roster.ts';
import { type InsurerBatch, insurerBatchRows } from '../kinds/insurance/roster/insurer-batch.ts';
import {
  type ColumnChoice,
  placeOf,
  type RosterFile,
  type RosterRow,
  readRosterSheets,
} from '../kinds/insurance/roster/read-roster-sheet.ts';
import { encodings } from '../spreadsheet/decode-text.ts';
import { readSheets } from '../spreadsheet/index.ts';
import { listCases } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { readRoster, stageRoster, unstageRoster } from '../store/rosters.ts';
import { daysToInsure } from './covered-volunteers.ts';
import { type Sight, volunteersSeen } from './sight.ts';

/** Volunteers and the days, both covered, that they shall be covered for. */
export interface RosterRequest {
  /** typed, or with their places in a file */
  readonly volunteers: readonly (VolunteerInput & Partial<Pick<RosterRow, 'digitsLost' | 'line' | 'sheet'>>)[];
  readonly coverFrom: LocalDate;
  readonly coverTo: LocalDate;
}

/**
 * Checks every row by itself; the good and the bad, in their order. `line` is the file's, of typed rows their place from 1. Whether a person has cover
 * already is told to nobody here: whoever knows a number could ask. The screening looks, and those who decide see it.
 */
export function reviewRoster(request: RosterRequest, today = localDate(Date.now())): CheckedRow[] {
  const rows = request.volunteers.map((volunteer, index) => ({ line: index + 1, ...volunteer }));
  return checkRoster(rows, { coverFrom: request.coverFrom, today });
}

/**
 * Checks a roster and stages its rows beside the case that will name it.
 * @param prefix where the request's fields are in what was sent
 * @throws {@link Rejected} with a problem for every wrong row, `/volunteers/3/identityNumber`; nothing is staged then
 */
export async function checkAndStage(
  hub: Hub,
  request: RosterRequest,
  today: LocalDate,
  prefix = '',
): Promise<RosterRef> {
  const volunteers = checkRequest(request, today, prefix);
  const id = newSlug();
  await stageRoster(hub.table, id, volunteers);
  return { id, count: volunteers.length, hash: rosterHash(volunteers) };
}

/** Takes away the rows of a roster whose request came to nothing: nobody's data stays without a case. */
export async function discardRoster(hub: Pick<Hub, 'table'>, { id, count }: RosterRef): Promise<void> {
  await unstageRoster(hub.table, id, count);
}

/** What says of a roster's rows that they are the ones a case named. */
export function rosterHash(volunteers: readonly Volunteer[]): string {
  const rows = volunteers.map(({ name, identityNumber, phone }) => [name, identityNumber, phone]);
  return createHash('sha256').update(JSON.stringify(rows)).digest('base64url');
}

/** What is wrong with the rows of a roster, by their places in what was sent; a row that is named is named as in its file. */
export function rosterProblems(rows: readonly CheckedRow[], prefix = ''): FieldProblem[] {
  return rows.flatMap((row, index) =>
    row.ok
      ? []
      : row.problems.map(({ field, code, first, age }) => ({
          pointer: `${prefix}/volunteers/${index}/${field}`,
          code,
          ...((first !== undefined || age !== undefined) && {
            params: { ...(first !== undefined && { line: placeOf(first) }), ...(age !== undefined && { age }) },
          }),
        })),
  );
}

/**
 * Checks the days of a cover and every volunteer for them.
 * @returns the volunteers as they are kept
 * @throws {@link Rejected} with a problem for every wrong row
 */
export function checkRequest(request: RosterRequest, today: LocalDate, prefix: string): Volunteer[] {
  const { coverFrom: from, coverTo: to } = request;
  const period = coverProblems({ from, to }, Date.parse(startOfDay(today)), prefix);
  if (period.length > 0) throw new Rejected('invalid', { fields: period });
  const rows = reviewRoster(request, today);
  const fields = rosterProblems(rows, prefix);
  if (fields.length > 0) throw new Rejected('invalid', { fields });
  return rows.flatMap((row) => (row.ok ? [row.volunteer] : []));
}

/** How a person says that a file is to be read, where it would be read otherwise. */
export interface RosterReading extends ColumnChoice {
  /** in which the text is, one of {@link encodings} */
  readonly encoding?: string | undefined;
  /** names of sheets that are not to be read, between commas */
  readonly leaveOut?: string | undefined;
}

/**
 * The volunteers in an uploaded file.
 * @throws UnreadableFile with what is wrong with the file
 */
export async function volunteersFromFile(
  bytes: Uint8Array,
  { encoding, leaveOut = '', ...columns }: RosterReading = {},
): Promise<RosterFile> {
  const file = await readSheets(bytes, { encoding: encodings.find((each) => each === encoding) });
  const left = new Set(leaveOut.split(/[,，;；、]/).map((name) => name.trim()));
  // the one of a text file has no name
  const isLeft = (name: string) => name !== '' && left.has(name);
  const { out = [], read = [] } = Object.groupBy(file.sheets, ({ name }) => (isLeft(name) ? 'out' : 'read'));
  const roster = readRosterSheets(read, columns);
  if (!roster.ok) return roster;
  const unread = [...roster.unread, ...out.map(({ name }) => name), ...file.hidden];
  return { ...roster, unread, encoding: file.encoding };
}

/** The volunteers of a request, in the roster's order; for work on them, not to be shown. */
export function rosterOf(hub: Pick<Hub, 'table'>, subject: InsuranceCase): Promise<Volunteer[]> {
  return readRoster(hub.table, subject.roster.id);
}

/** The volunteers of a request as they are seen: numbers masked. */
export async function rosterSeen(hub: Pick<Hub, 'table'>, subject: InsuranceCase, sight: Sight): Promise<Volunteer[]> {
  return sight.roster ? volunteersSeen(await rosterOf(hub, subject), sight) : [];
}

/**
 * The volunteers of a request with their numbers in full, for who writes the policies. That it was asked for, and why, is
 * an entry of the case's trail before it is answered.
 * @throws {@link Rejected} `not-found`, `forbidden`
 */
export async function discloseRoster(
  hub: Pick<Hub, 'table'>,
  subject: InsuranceCase,
  acting: Acting,
  reason: string,
  door: TraceChannel,
): Promise<Volunteer[]> {
  assertMay(acting, 'see-volunteers-in-full', subject);
  // nothing is shown, and nothing erases the reason once the rest is erased
  if (subject.erasedAt) return [];
  await recordView(hub.table, { cases: [subject.id], shown: ['identity'], by: actorOf(acting), door, reason });
  return rosterOf(hub, subject);
}

/**
 * The file from which an insurer binds cover: every volunteer of every request that waits for it, as rows with a heading,
 * numbers in full. That it was taken, and why, is recorded, with each case that is in it.
 * @throws {@link Rejected} `forbidden` for anybody but the insurer
 */
export async function batchFile(
  hub: Hub,
  acting: ActingMember,
  language: Language,
  door: TraceChannel,
  reason: string,
): Promise<string[][]> {
  const { member } = acting;
  assertMay(acting, 'export-insurance-batch', { ownedBy: member.party });
  const batches: InsurerBatch[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCases(hub.table, {
      as: 'partner',
      party: member.party,
      kind: 'insurance',
      stage: 'binding',
      cursor,
    });
    for (const subject of page.items) {
      if (subject.kind !== 'insurance') continue;
      const roster = await rosterOf(hub, subject);
      const days = await daysToInsure(hub, subject, roster);
      const volunteers = roster.map((volunteer, index) => ({ volunteer, days: days[index] ?? [] }));
      batches.push({ ...subject, isStartPassed: isStartPassed(subject, Date.now()), volunteers });
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const cases = batches.map(({ id }) => id);
  const by = actorOf(acting);
  await recordView(hub.table, { cases, shown: ['identity'], by, door, reason });
  const entries = batches.reduce((sum, { volunteers }) => sum + volunteers.length, 0);
  await recordTrace(hub.table, { type: 'exported', what: 'insurance-batch', by, door, entries }, reason);
  return insurerBatchRows(batches, language);
}
