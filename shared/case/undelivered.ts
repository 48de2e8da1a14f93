import { type Acting, actorOf, assertMay } from '../answering/acting.ts';
import { assertGuarded, coordinators, guardsOf } from '../answering/guards.ts';
import { assertByWorkflow, noteEvent } from '../answering/write-by-workflow.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId, MemberId } from '../domain/ids.ts';
import type { Member } from '../domain/party.ts';
import { type Instant, instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { partnerOf } from '../kinds/partner.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { lookupHash } from '../secrets/lookup-hash.ts';
import { type CaseFile, readCase, readCaseFile, replacement } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering } from '../store/idempotency.ts';
import { membershipsOf, readMember } from '../store/parties.ts';
import { untilWritten } from '../store/retry.ts';
import { type Table, transact } from '../store/table.ts';
import { deliverableAgain, isUndeliverable } from '../store/undeliverable.ts';

export type Undelivered = Extract<CaseEvent, { type: 'mail-undelivered' }>;

/** How an address is known by which mail does not arrive: by a keyed hash, as it is looked up. */
export async function mailboxHash({ macKeyId }: Pick<Hub, 'macKeyId'>, email: string): Promise<string> {
  return lookupHash(await deriveKey(macKeyId, 'lookup'), 'mail', email);
}

/** What says that mail to the applicant does not arrive, where nobody has found since that it does. */
export function undeliveredIn(events: readonly CaseEvent[]): Undelivered | undefined {
  const last = events.findLast(({ type }) => type === 'mail-undelivered' || type === 'mail-resumed');
  return last?.type === 'mail-undelivered' ? last : undefined;
}

/**
 * Adds to a case what is news there about mail, anew on what is there as often as another change comes between: whoever tells it has a mail
 * in hand, which would otherwise wait for its next hour.
 */
function note(
  table: Table,
  id: CaseId,
  newsIn: (file: CaseFile) => Parameters<typeof noteEvent>[1] | undefined,
): Promise<void> {
  return untilWritten({ table }, undefined, async () => {
    const file = await readCaseFile(table, id);
    const news = file && newsIn(file);
    if (!news) return;
    assertByWorkflow('tell-by-mail', file.subject);
    const { before, after, event } = noteEvent(file.subject, news);
    await transact(table, replacement(table, before, after, event));
  });
}

/**
 * Writes into a case that mail to its applicant does not arrive, once until somebody has seen to it; its coordinators are told. Cost: a Query
 * and a transaction of two items.
 * @throws {@link Retryable} when the case is being changed all the time
 */
export function noteUndelivered(table: Table, id: CaseId, why: Undelivered['why']): Promise<void> {
  return note(table, id, ({ events }) => {
    const known = undeliveredIn(events)?.why;
    // that no more mail goes there is news, also after one that was given up
    if (known !== undefined && (known !== 'given-up' || why === 'given-up')) return undefined;
    return { type: 'mail-undelivered', at: instant(Date.now()), why };
  });
}

/** Of somebody's memberships the one by which they have part in a case; any where it is none of them. */
function partIn({ hub, organizationParty, ...subject }: Case, memberships: readonly Member[]): Member | undefined {
  const parties = [hub, partnerOf({ hub, ...subject }), organizationParty];
  return memberships.find(({ party }) => parties.includes(party)) ?? memberships[0];
}

/**
 * Writes into a case that mail about it to a member does not arrive: its coordinators and who leads the member are told. Once a member, and
 * again where `isNews`, which is when mail had gone to the address until now. Cost: two Queries and a transaction of two items.
 * @throws {@link Retryable} when the case is being changed all the time
 */
export async function noteUnreached(
  table: Table,
  id: CaseId,
  whose: MemberId,
  { why, isNews }: { readonly why: Undelivered['why']; readonly isNews: boolean },
): Promise<void> {
  const memberships = await membershipsOf(table, whose);
  await note(table, id, ({ subject, events }) => {
    const isKnown = events.some((event) => event.type === 'member-unreached' && event.whose === whose);
    const party = partIn(subject, memberships)?.party;
    if (!party || (isKnown && !isNews)) return undefined;
    return { type: 'member-unreached', at: instant(Date.now()), why, whose, party };
  });
}

/** A member whom mail about a case does not reach. */
export interface Unreached {
  readonly member: Member;
  readonly why: Undelivered['why'];
  readonly at: Instant;
}

/** Those of a case whom mail still does not reach at the address that they have now. Cost: two reads for each who ever was one. */
export async function unreachedIn(hub: Hub, events: readonly CaseEvent[]): Promise<Unreached[]> {
  const told = events.flatMap((event) => (event.type === 'member-unreached' ? [event] : []));
  const latest = [...new Map(told.map((event) => [event.whose, event])).values()];
  const found = await Promise.all(
    latest.map(async ({ whose, party, why, at }): Promise<Unreached[]> => {
      const member = await readMember(hub.table, party, whose);
      if (!member || !(await isUndeliverable(hub.table, await mailboxHash(hub, member.email)))) return [];
      return [{ member, why, at }];
    }),
  );
  return found.flat();
}

function resumed(before: Case, acting: Acting): [Case, CaseEvent] {
  const after = { ...before, version: before.version + 1 };
  const { id: caseId, kind, version, hub, stage } = after;
  const by = actorOf(acting);
  return [after, { type: 'mail-resumed', caseId, kind, version, at: instant(Date.now()), by, stage, hub }];
}

/**
 * A coordinator has found that the applicant's address is right: mail goes there again, the private link first. Nobody does so who has an
 * interest in the case. Cost: one read, the guards, and a transaction of three items.
 * @throws {@link Rejected} `not-found`, `forbidden`, what a guard says; `invalid` where the case has no mail address
 */
export async function resumeMail(hub: Hub, id: CaseId, acting: Acting, once?: Idempotency): Promise<void> {
  const { table } = hub;
  await untilWritten(hub, once, async () => {
    const before = await readCase(table, id);
    if (!before) throw new Rejected('not-found');
    assertMay(acting, 'resume-mail', before);
    const email = before.contact?.email;
    if (!email) throw new Rejected('invalid', { fields: [{ pointer: '/contact/email', code: 'required' }] });
    const guards = acting.type === 'member' ? await guardsOf(hub, before, acting, coordinators(before)) : [];
    const [after, event] = resumed(before, acting);
    try {
      await transact(table, [
        ...guards.map(({ check }) => check),
        deliverableAgain(table, await mailboxHash(hub, email)),
        ...replacement(table, before, after, event),
        ...remembering(table, once, id),
      ]);
    } catch (error) {
      assertGuarded(guards, error);
      throw error;
    }
  });
}
