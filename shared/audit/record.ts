import { createHash } from 'node:crypto';
import type { Actor } from '../domain/case-base.ts';
import type { CaseId, PartyId } from '../domain/ids.ts';
import { instant, localDate } from '../domain/time.ts';
import type { doors, ShownGroup, Trace } from '../domain/trace.ts';
import type { Table } from '../store/table.ts';
import { appendTraces, type NewTrace } from '../store/traces.ts';

export type TraceChannel = (typeof doors)[number];

/** `Omit` that keeps a union a union. */
type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;

/** A trace, before it is known when it is left. */
export type Told = DistributiveOmit<Trace, 'at'>;

/** A view of personal data of one case, or of each of several that one page or file shows. */
export interface View {
  readonly cases: readonly CaseId[];
  readonly shown: readonly ShownGroup[];
  readonly by: Actor;
  readonly door: TraceChannel;
  /** why, where the person was asked: such a view is always a new entry */
  readonly reason?: string | undefined;
}

/** A member who looks at the same of a case again within five minutes has looked once. */
const SAME_LOOK = 5 * 60_000;
/** An applicant who follows the own case by its private link leaves one trace a day, for when the link got about. */
const OWN_LOOK = 86_400_000;

/** The chain of changes of a party's people. Each change is conditional on the chain's end, so that of two at once one is tried again. */
export function peopleChain(party: PartyId): string {
  return `${party}/people`;
}

/** Views of a case are a chain of their own beside its changes, so that looking never delays deciding. */
function chainOf(trace: Trace): string {
  if ('caseId' in trace && trace.caseId) return trace.caseId;
  if ('party' in trace && trace.type !== 'members-viewed') return peopleChain(trace.party);
  const party: PartyId | 'installation' = trace.by.type === 'member' ? trace.by.party : 'installation';
  return `${party}/${localDate(Date.parse(trace.at))}`;
}

function nameOf(...what: readonly string[]): string {
  return createHash('sha256').update(what.join('\n')).digest('base64url').slice(0, 16);
}

/**
 * Records that personal data of cases was looked at. To be awaited before anything is shown: what cannot be recorded is
 * not shown. Cost: one read a case, and a transaction of two items a case unless the same person looked just now.
 * @throws Retryable, Throttled
 */
export async function recordView(table: Table, { cases, shown, by, door, reason }: View): Promise<void> {
  const [first] = shown;
  if (first === undefined) return;
  const at = instant(Date.now());
  const groups = [...new Set(shown)].sort();
  const who = by.type === 'member' ? [by.member, by.party] : [by.type];
  const once =
    reason === undefined
      ? { name: nameOf(door, ...who, ...groups), within: by.type === 'applicant' ? OWN_LOOK : SAME_LOOK }
      : undefined;
  await appendTraces(
    table,
    [...new Set(cases)].map((caseId) => ({
      chain: caseId,
      trace: { type: 'viewed', at, by, door, caseId, shown: groups },
      reason,
      once,
    })),
  );
}

/** What is told, with its chain: for the transaction that does it, see `store/traces.ts`. */
export function toldNow(what: Told, reason?: string): NewTrace {
  const trace: Trace = { ...what, at: instant(Date.now()) };
  return { chain: chainOf(trace), trace, reason };
}

/**
 * Records what was done beside the changes of cases and writes nothing else: an export, a sign-in, a search. Cost: one read
 * and a transaction of two items.
 * @param reason why, where the person was asked
 * @throws Retryable, Throttled
 */
export async function recordTrace(table: Table, what: Told, reason?: string): Promise<void> {
  await appendTraces(table, [toldNow(what, reason)]);
}
