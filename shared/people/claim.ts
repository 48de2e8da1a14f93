import { becomingOwn } from '../case/owner.ts';
import type { Actor } from '../domain/case-base.ts';
import { type PartyId, taskIdFor } from '../domain/ids.ts';
import { instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { readCase, replacement } from '../store/cases.ts';
import { unclaimedCases } from '../store/owner-cases.ts';
import { ConditionFailed, type Table, transact } from '../store/table.ts';
import { opening, readTask } from '../store/tasks.ts';

/** How often a case that is being changed is tried. */
const TRIES = 4;

/** Puts what the applicant is being asked into the inbox of the organization. Cost: one read. */
async function takingOver(table: Table, subject: Case, organizationParty: PartyId) {
  const task = await readTask(table, taskIdFor(subject));
  return task?.status === 'open' ? [opening(table, { ...task, organizationParty })] : [];
}

async function claim(table: Table, found: Case, hash: string, organization: PartyId, by: Actor): Promise<boolean> {
  let before: Case | undefined = found;
  for (let tries = 0; before && tries < TRIES; tries++) {
    if (before.organizationParty !== undefined || before.mailHash !== hash) return false;
    const after = { ...before, version: before.version + 1, organizationParty: organization };
    const { id: caseId, kind, version, hub, stage } = after;
    const at = instant(Date.now());
    try {
      await transact(table, [
        ...replacement(table, before, after, {
          type: 'claimed',
          organization,
          caseId,
          kind,
          version,
          at,
          by,
          hub,
          stage,
        }),
        ...(await takingOver(table, before, organization)),
        ...(await becomingOwn(table, before, after, at)),
      ]);
      return true;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      before = await readCase(table, caseId);
    }
  }
  return false;
}

/**
 * Makes the cases with a confirmed address the organization's own, as far as they are nobody's: those that came before the
 * address was confirmed, and any that came at the same moment. What is left over by an interruption, or because somebody
 * is changing it, is found the next time. Cost: one Query when there are none; else two reads and a transaction of three or
 * four items a case, and three more for each standing interest declared on it.
 * @returns how many cases there were
 */
export async function claimCases(table: Table, party: PartyId, hash: string, by: Actor): Promise<number> {
  let claimed = 0;
  for await (const found of unclaimedCases(table, hash)) if (await claim(table, found, hash, party, by)) claimed += 1;
  return claimed;
}
