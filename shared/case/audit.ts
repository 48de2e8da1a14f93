import { type Acting, actorOf, assertMay, assertMayEver, may } from '../answering/acting.ts';
import { recordTrace, recordView, type TraceChannel } from '../audit/record.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId, MemberId } from '../domain/ids.ts';
import { addDays, type LocalDate, startOfDay } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { outcomeOf } from '../kinds/lifecycle.ts';
import { readCase } from '../store/cases.ts';
import { type ChainedEntry, chainedIn, chainedOfCase } from '../store/chained.ts';
import { fromCursor, toCursor } from '../store/cursor.ts';
import type { Hub } from '../store/hub.ts';
import { memberNames } from '../store/parties.ts';
import type { Table } from '../store/table.ts';

/** An entry of the audit, with the reason as far as the reader may see it. */
export interface AuditEntry extends ChainedEntry {
  /** The name of the person who did it: of a decision, the name at that time; else today's name. Undefined for a former member. */
  readonly name: string | undefined;
  /** the name of the member in whose place they acted */
  readonly inPlaceOf?: string | undefined;
  /** the name of the member whom it was done to */
  readonly whom?: string | undefined;
}

/** The trail of a case, in the order it happened. */
export interface CaseAudit {
  readonly subject: Case;
  readonly entries: readonly AuditEntry[];
}

/** With names and reasons of the case's decisions; what the funder's reviewer wrote is for those who may weigh it. */
function withDecisions(acting: Acting, subject: Case, entries: readonly ChainedEntry[]): AuditEntry[] {
  const decisions = new Map(subject.decisions.map((decision) => [decision.version, decision]));
  const weighs = may(acting, 'see-assessment', subject);
  return entries.map((entry) => {
    const decision = entry.purpose === 'event' ? decisions.get(entry.seq) : undefined;
    const isCounsel = decision && outcomeOf(subject.kind, decision.outcome)?.reasonFor === 'assessment';
    const reason = weighs || !isCounsel ? decision?.reason : undefined;
    return { ...entry, name: decision?.name, inPlaceOf: decision?.inPlaceOf, reason: entry.reason ?? reason };
  });
}

/** The member whom an entry is about, beside who did it. */
function about({ what }: ChainedEntry): MemberId | undefined {
  if ('member' in what) return what.member;
  return 'standIn' in what ? what.standIn : undefined;
}

/** With the names of people where the entries do not have them. Cost: one read a person. */
async function withNames(table: Table, entries: readonly AuditEntry[]): Promise<AuditEntry[]> {
  const people = entries.flatMap((entry) => {
    const { by, what } = entry;
    if (by.type !== 'member') return [];
    const whom = about(entry);
    const party = 'party' in what ? what.party : by.party;
    return [
      ...[by.member, by.standInFor].flatMap((id) => (id ? [{ party: by.party, id }] : [])),
      ...(whom ? [{ party, id: whom }] : []),
    ];
  });
  const names = await memberNames(table, people);
  return entries.map((entry) => {
    const { by, name, inPlaceOf } = entry;
    const nameOf = (id: MemberId | undefined) => id && names.get(id);
    const member = by.type === 'member' ? by : undefined;
    return {
      ...entry,
      name: name ?? nameOf(member?.member),
      inPlaceOf: inPlaceOf ?? nameOf(member?.standInFor),
      whom: nameOf(about(entry)),
    };
  });
}

async function trailOf(hub: Hub, id: CaseId, acting: Acting): Promise<CaseAudit> {
  const subject = await readCase(hub.table, id);
  if (!subject) throw new Rejected('not-found');
  assertMay(acting, 'read-audit', subject);
  const entries = withDecisions(acting, subject, await chainedOfCase(hub.table, id));
  return { subject, entries: await withNames(hub.table, entries) };
}

/**
 * Who saw and did what in a case. That it was looked at is recorded too.
 * @throws {@link Rejected} `not-found`, `forbidden`
 */
export async function readCaseAudit(hub: Hub, id: CaseId, acting: Acting, door: TraceChannel): Promise<CaseAudit> {
  const audit = await trailOf(hub, id, acting);
  await recordView(hub.table, { cases: [id], shown: ['decisions'], by: actorOf(acting), door });
  return audit;
}

/**
 * The same to be taken away as a file; an export is an entry of the case's trail by itself, and not yet in this one.
 * @throws {@link Rejected} `not-found`, `forbidden`
 */
export async function exportCaseAudit(hub: Hub, id: CaseId, acting: Acting, door: TraceChannel): Promise<CaseAudit> {
  const audit = await trailOf(hub, id, acting);
  assertMay(acting, 'export-audit', audit.subject);
  const entries = audit.entries.length;
  await recordTrace(hub.table, {
    type: 'exported',
    what: 'case-audit',
    caseId: id,
    by: actorOf(acting),
    door,
    entries,
  });
  return audit;
}

/** Days at the hub, both included. */
export interface AuditPeriod {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** The longest period that is asked for at once, in days. */
export const MOST_DAYS = 92;

function assertPeriod({ from, to }: AuditPeriod): void {
  if (to < from) throw new Rejected('invalid', { fields: [{ pointer: '/to', code: 'before-start' }] });
  if (to > addDays(from, MOST_DAYS - 1)) {
    throw new Rejected('invalid', { fields: [{ pointer: '/to', code: 'too-long', params: { maximum: MOST_DAYS } }] });
  }
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly nextCursor: string | null;
}

/**
 * All that happened in a period, cases and everything else, a page at a time; each page that is taken is recorded.
 * @param limit entries a page
 * @throws {@link Rejected} `forbidden`, or a problem for a wrong period or cursor
 */
export async function exportPeriodAudit(
  hub: Hub,
  period: AuditPeriod,
  acting: Acting,
  door: TraceChannel,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<AuditPage> {
  assertMayEver(acting, 'export-audit');
  assertPeriod(period);
  const { from, to } = period;
  const found: ChainedEntry[] = [];
  const wanted = { from: startOfDay(from), to: startOfDay(addDays(to, 1)), after: fromCursor(cursor)?.after };
  for await (const page of chainedIn(hub.table, wanted)) {
    found.push(...page);
    if (found.length > limit) break;
  }
  const entries = await withNames(
    hub.table,
    found.slice(0, limit).map((entry) => ({ ...entry, name: undefined })),
  );
  const by = actorOf(acting);
  await recordTrace(hub.table, { type: 'exported', what: 'period-audit', by, door, from, to, entries: entries.length });
  return { entries, nextCursor: found.length > limit ? toCursor({ after: entries.at(-1)?.place }) : null };
}
