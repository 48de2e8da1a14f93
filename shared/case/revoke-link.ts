import { type Acting, actorOf, assertMay } from '../answering/acting.ts';
import { assertGuarded, coordinators, guardsOf } from '../answering/guards.ts';
import type { Actor } from '../domain/case-base.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId, PartyId } from '../domain/ids.ts';
import { newSlug } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { type Instant, instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { mailAddressHash } from '../secrets/lookup-hash.ts';
import { MOST_VERSIONS } from '../secrets/private-link.ts';
import { readCase, readCases, replacement } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering } from '../store/idempotency.ts';
import { posting } from '../store/letters.ts';
import { changedOnce } from '../store/retry.ts';
import { ConditionFailed, type Table, transact } from '../store/table.ts';
import { assertPartyMaySend } from './limits.ts';

/** So many linked cases at most are revoked with one: a transaction takes a hundred items. */
const MOST_LINKED = 45;

/** The case and those that a link to it leads to: what it continues and what continues it. Cost: one read a case. */
async function family(table: Table, subject: Case): Promise<Case[]> {
  const found = new Map<CaseId, Case>([[subject.id, subject]]);
  let next = [subject];
  while (next.length > 0 && found.size < MOST_LINKED) {
    const ids = next.flatMap(({ parent, children }) => [...(parent ? [parent] : []), ...children]);
    next = await readCases(
      table,
      ids.filter((id) => !found.has(id)),
    );
    for (const one of next) if (found.size < MOST_LINKED) found.set(one.id, one);
  }
  return [...found.values()];
}

function revoked(before: Case, by: Actor, at: Instant, alongWith: CaseId | undefined): [Case, CaseEvent] {
  const after = { ...before, version: before.version + 1, linkVersion: before.linkVersion + 1 };
  const { id: caseId, kind, version, hub, stage } = after;
  const event = { type: 'link-revoked', caseId, kind, version, at, by, stage, hub } as const;
  return [after, alongWith === undefined ? event : { ...event, alongWith }];
}

/**
 * Makes the private link of a case void, and those of the cases it leads to: whoever had it has nothing. Another one is
 * mailed to the contact of the case, if there is an address. Nobody does so who has an interest in the case: where there is no
 * address, the next link is shown to them. Cost: a read and a transaction of two items a linked case, and the guards.
 * @throws {@link Rejected} `not-found`, `forbidden`, and what a guard says
 */
export async function revokeLink(hub: Hub, id: CaseId, acting: Acting, once?: Idempotency): Promise<Case> {
  const { table } = hub;
  return changedOnce(hub, once, async () => {
    const subject = await readCase(table, id);
    if (!subject) throw new Rejected('not-found');
    assertMay(acting, 'revoke-link', subject);
    const now = instant(Date.now());
    const by = actorOf(acting);
    const guards = acting.type === 'member' ? await guardsOf(hub, subject, acting, coordinators(subject)) : [];
    try {
      const all = await family(table, subject);
      if (all.some(({ linkVersion }) => linkVersion >= MOST_VERSIONS)) throw new Rejected('forbidden');
      const changes = all.map((before) => {
        const [after, event] = revoked(before, by, now, before.id === id ? undefined : id);
        return { before, after, event };
      });
      await transact(table, [
        ...guards.map(({ check }) => check),
        ...remembering(table, once, id),
        ...changes.flatMap(({ before, after, event }) => replacement(table, before, after, event)),
      ]);
      return changes[0]?.after ?? subject;
    } catch (error) {
      assertGuarded(guards, error);
      throw error;
    }
  });
}

/** How often a case that the workflow is changing is tried. */
const TRIES = 6;

/**
 * Makes the private link of a case void in the name of the installation's owner. Nobody is mailed another: who needs one asks for it. Cost: a
 * read, and a transaction of two items.
 */
export async function voidLink(table: Table, id: CaseId): Promise<void> {
  for (let tries = 1; ; tries++) {
    const before = await readCase(table, id);
    if (!before) return;
    try {
      const [after, event] = revoked(before, { type: 'workflow' }, instant(Date.now()), undefined);
      await transact(table, replacement(table, before, after, event));
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed) || tries >= TRIES) throw error;
    }
  }
}

/**
 * Somebody asks for the private link of a case again, for this address. Nothing is looked up here, so that nothing can be
 * told: a letter is posted, and `notify` mails the link where case and address belong together. Cost: one item.
 */
export async function askForLink(
  hub: Hub,
  { caseId, email, language }: { readonly caseId: CaseId; readonly email: string; readonly language: Language },
  once?: Idempotency,
  by?: PartyId,
): Promise<void> {
  const address = mailAddressHash(await deriveKey(hub.macKeyId, 'lookup'), email);
  const asked = { id: newSlug(), at: instant(Date.now()), ...(by && { by }) };
  const letter = { type: 'link-again', ...asked, caseId, address, language } as const;
  await transact(hub.table, [posting(hub.table, letter), ...remembering(hub.table, once, caseId)]);
}

/**
 * A coordinator has the private link of a case mailed to its contact once more: counted for the coordinator's party, who are
 * told where it is too many. Cost: one read, and a transaction of one or two items.
 * @throws {@link Rejected} `not-found`, `forbidden`; `invalid` where the case has no mail address
 */
export async function sendLinkAgain(hub: Hub, id: CaseId, acting: Acting, once?: Idempotency): Promise<void> {
  const subject = await readCase(hub.table, id);
  if (!subject) throw new Rejected('not-found');
  assertMay(acting, 'renew-link', subject);
  const email = subject.contact?.email;
  if (email === undefined) throw new Rejected('invalid', { fields: [{ pointer: '/contact/email', code: 'required' }] });
  const by = acting.type === 'member' ? acting.member.party : undefined;
  if (by) await assertPartyMaySend(hub.table, by);
  await askForLink(hub, { caseId: id, email, language: subject.language }, once, by);
}
