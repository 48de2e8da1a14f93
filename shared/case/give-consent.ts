import * as z from 'zod';
import { type Acting, actorOf, assertMay, isOwn, nameOf } from '../answering/acting.ts';
import { assertGuarded, coordinators, guardsOf } from '../answering/guards.ts';
import { ConsentVersion } from '../domain/consent.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId } from '../domain/ids.ts';
import { parseInput } from '../domain/problems.ts';
import { instant, LocalDate, localDate, startOfDay } from '../domain/time.ts';
import { assertDay } from '../domain/typed-day.ts';
import { Case } from '../kinds/case.ts';
import { moved } from '../kinds/change.ts';
import { readCase, replacement } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering } from '../store/idempotency.ts';
import { changedOnce } from '../store/retry.ts';
import { transact } from '../store/table.ts';

/** What the applicant themselves agrees to: the text that they saw. */
export const OwnConsent = z.strictObject({ version: ConsentVersion });
/** What a coordinator was told: which text was read out or signed, how, and on which day. */
export const ToldConsent = z.strictObject({
  version: ConsentVersion,
  how: z.enum(['spoken', 'written']),
  on: LocalDate,
});

function readToldConsent({ on, ...consent }: z.infer<typeof ToldConsent>) {
  const today = localDate(Date.now());
  assertDay('/on', on, { to: today }, today);
  return { ...consent, at: startOfDay(on) };
}

/**
 * Keeps the consent to a case that was entered without one, as an import is: given by the applicant on their own page, or
 * told to a coordinator on some day. What was given before stays as it is. Cost: a read, and a transaction of the case, its
 * event and the guards.
 * @param body of the applicant `{ version }`, of a coordinator `{ version, how, on }`
 * @throws {@link Rejected} `not-found`, `forbidden`, `stage-changed` for what was erased, or a problem for every wrong field
 */
export async function giveConsent(
  hub: Hub,
  id: CaseId,
  body: unknown,
  acting: Acting,
  once?: Idempotency,
): Promise<Case> {
  return changedOnce(hub, once, async () => {
    const before = await readCase(hub.table, id);
    if (!before) throw new Rejected('not-found');
    assertMay(acting, 'give-consent', before);
    const now = instant(Date.now());
    const given = isOwn(acting, before)
      ? { ...parseInput(OwnConsent, body), how: 'form' as const, at: now }
      : readToldConsent(parseInput(ToldConsent, body));
    if (before.consent) return before;
    if (before.erasedAt) throw new Rejected('stage-changed');
    const by = actorOf(acting);
    const { version, decisions } = moved(before, 'consented', { actor: by, name: nameOf(acting), now });
    const after = Case.parse({ ...before, version, decisions, consent: given });
    const { kind, hub: of, stage } = after;
    const event = {
      type: 'consented',
      how: given.how,
      caseId: id,
      kind,
      version,
      hub: of,
      stage,
      at: now,
      by,
    } as const;
    const guards = acting.type === 'member' ? await guardsOf(hub, before, acting, coordinators(before)) : [];
    try {
      await transact(hub.table, [
        ...guards.map(({ check }) => check),
        ...replacement(hub.table, before, after, event),
        ...remembering(hub.table, once, id),
      ]);
      return after;
    } catch (error) {
      assertGuarded(guards, error);
      throw error;
    }
  });
}
