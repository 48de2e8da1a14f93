import { type Acting, actorOf, assertMay } from '../answering/acting.ts';
import { assertGuarded, coordinators, guardsOf } from '../answering/guards.ts';
import { assertByWorkflow, noteEvent, writeByWorkflow } from '../answering/write-by-workflow.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId } from '../domain/ids.ts';
import { instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { lookupHash } from '../secrets/lookup-hash.ts';
import { readCase, readCaseFile, replacement } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering } from '../store/idempotency.ts';
import { untilWritten } from '../store/retry.ts';
import { type Table, transact } from '../store/table.ts';
import { deliverableAgain } from '../store/undeliverable.ts';

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
 * Writes into a case that mail to its applicant does not arrive, once until somebody has seen to it; its coordinators are told. Cost: a Query
 * and a transaction of two items.
 * @throws {@link Retryable} when the case was changed meanwhile
 */
export async function noteUndelivered(table: Table, id: CaseId, why: Undelivered['why']): Promise<void> {
  const file = await readCaseFile(table, id);
  const known = file && undeliveredIn(file.events)?.why;
  // that no more mail goes there is news, also after one that was given up
  if (!file || (known !== undefined && (known !== 'given-up' || why === 'given-up'))) return;
  assertByWorkflow('tell-by-mail', file.subject);
  await writeByWorkflow(table, noteEvent(file.subject, { type: 'mail-undelivered', at: instant(Date.now()), why }));
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
