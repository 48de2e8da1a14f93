import * as z from 'zod';
import { digest, newSalt, saltedDigest } from '../audit/digest.ts';
import type { DecisionRecord } from '../domain/case-base.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId } from '../domain/ids.ts';
import type { Case } from '../kinds/case.ts';
import type { Item } from './table.ts';

/**
 * What binds a change of a case to all that went before, and to the case as it was made. Only {@link linked} makes one,
 * and an event cannot become an item without it.
 */
export const EventLink = z
  .object({
    /** hash of the event before; for the first what {@link genesisOf} says */
    previous: z.string(),
    hash: z.string(),
    /** digest of what anybody with the table may read of the case after the event */
    data: z.string(),
    /** digest of what is personal in it, which holds a salt of its own: it says nothing once that is erased */
    personal: z.string().optional(),
    /** salted digest of what the decision says: the salt is erased with its words */
    decision: z.string().optional(),
  })
  .brand('EventLink');
export type EventLink = z.infer<typeof EventLink>;

/** What the first event of a case follows: of a case that continues another, the event by which that one was split. */
export function genesisOf(id: CaseId, parent?: string): string {
  return parent === undefined ? digest('case', id) : digest('child-case', { id, parent });
}

/** Binds a decision's words. Undefined once they were erased, with the salt. */
export function decisionDigest({ salt, ...decision }: DecisionRecord): string | undefined {
  return salt === undefined ? undefined : saltedDigest(salt, decision);
}

/** The case as it is kept: with a salt of its own, and one for the decision of this version. */
export function salted<C extends Case>(after: C): C {
  const decisions = after.decisions.map((decision) =>
    decision.version === after.version ? { ...decision, salt: newSalt() } : decision,
  );
  return { ...after, decisions, salt: newSalt() };
}

/** The digests of a case's item: what is clear, without the head of the chain, and what is personal. */
export function digestsOf({ data, personal }: Item): Pick<EventLink, 'data' | 'personal'> {
  const { chain: _chain, ...clear } = z.record(z.string(), z.unknown()).parse(data);
  return {
    data: digest('case-data', clear),
    ...(personal !== undefined && { personal: digest('case-personal', personal) }),
  };
}

/** What of a link is bound by its hash, with the event. */
type Bound = Omit<z.input<typeof EventLink>, 'hash'>;

/** The hash of an event, with all that it binds. */
export function eventHash(event: unknown, { previous, data, personal, decision }: Bound): string {
  return digest('event', { event, previous, data, personal, decision });
}

/**
 * The link of an event.
 * @param previous what it follows
 * @param after the case after it
 * @param item that case as an item, without the head of the chain
 */
export function linked(previous: string, event: CaseEvent, after: Case, item: Item): EventLink {
  const decision = after.decisions.find(({ version }) => version === event.version);
  const bound = decision && decisionDigest(decision);
  const link = { previous, ...digestsOf(item), ...(bound !== undefined && { decision: bound }) };
  return EventLink.parse({ ...link, hash: eventHash(event, link) });
}
