import { assertByWorkflow } from '../answering/write-by-workflow.ts';
import type { Actor } from '../domain/case-base.ts';
import { Rejected, Retryable } from '../domain/errors.ts';
import type { CaseEvent } from '../domain/event.ts';
import type { CaseId } from '../domain/ids.ts';
import { instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { erased } from '../kinds/erased.ts';
import { endStages } from '../kinds/lifecycle.ts';
import { rosterRefOf } from '../kinds/parts.ts';
import { readCaseFile, replacement } from '../store/cases.ts';
import { rememberedKeys } from '../store/people.ts';
import { rosterKeys } from '../store/rosters.ts';
import { ConditionFailed, remove, type Table, transact } from '../store/table.ts';
import { withoutNames } from '../store/tasks.ts';
import { withoutReasons } from '../store/traces.ts';

/** Items that one transaction leaves to tasks and rosters, beside the case and its event. */
const A_TRANSACTION = 80;

/**
 * Takes everything personal out of a case that has ended, its roster and the reasons in its trail of views included, and
 * appends the event that says so. A case that was erased before is left as it is. Cost: a Query of the case, of its views and
 * of its roster, and a transaction of the case, its event, its roster's items, its closed tasks and the reasons.
 * @throws {@link Rejected} `not-found`, or `stage-changed` for a case that goes on; Retryable when it was changed meanwhile
 */
export async function eraseCase(table: Table, id: CaseId, why: 'retention' | 'request', by: Actor): Promise<Case> {
  const file = await readCaseFile(table, id);
  if (!file) throw new Rejected('not-found');
  const { subject, tasks } = file;
  if (subject.erasedAt) return subject;
  if (why === 'retention') assertByWorkflow('erase-in-time', subject);
  if (!endStages.has(subject.stage)) throw new Rejected('stage-changed');
  const at = instant(Date.now());
  const { after, fields } = erased(subject, at);
  const held = rosterRefOf(subject);
  const event: CaseEvent = {
    type: 'personal-erased',
    why,
    fields,
    people: held?.count ?? 0,
    caseId: id,
    kind: after.kind,
    version: after.version,
    at,
    by,
    stage: after.stage,
    hub: after.hub,
  };
  const people = await rememberedKeys(table, id);
  const roster = held ? await rosterKeys(table, held.id) : [];
  const gone = [...people, ...roster].map((key) => remove(table, key));
  // why somebody looked into the case may tell of a person as well
  const reasons = await withoutReasons(table, id);
  const beside = [...gone, ...reasons, ...tasks.flatMap((task) => withoutNames(table, task))];
  try {
    // a case with a very long history takes more than one: the event is in the last, so that a crash in between is made good
    const rest = beside.slice(A_TRANSACTION);
    for (let start = 0; start < rest.length; start += A_TRANSACTION) {
      await transact(table, rest.slice(start, start + A_TRANSACTION));
    }
    await transact(table, [...replacement(table, subject, after, event), ...beside.slice(0, A_TRANSACTION)]);
  } catch (error) {
    if (error instanceof ConditionFailed) throw new Retryable('the case was changed meanwhile', { cause: error });
    throw error;
  }
  return after;
}
