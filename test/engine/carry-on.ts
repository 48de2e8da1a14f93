import { openTask } from '../../functions/stages/open-task/open-task.ts';
import { screen } from '../../functions/stages/screen/screen.ts';
import type { CaseId, Kind } from '../../shared/domain/ids.ts';
import { assigneeOf } from '../../shared/kinds/assignee.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { edgesFrom } from '../../shared/kinds/lifecycle.ts';
import { readCase } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { policedTable } from './policed-table.ts';

const DAY_SECONDS = 86_400;

async function current(hub: Hub, id: CaseId): Promise<Case> {
  const subject = await readCase(hub.table, id);
  if (!subject) throw new Error(`no case ${id}`);
  return subject;
}

/** Where a case goes when its automatic checks are done. */
function firstAsked(kind: Kind): string {
  return edgesFrom(kind, 'screening').find(({ on }) => on === 'screened')?.to ?? '';
}

/**
 * Does what the workflow does between two answers of people: the automatic checks, then the question about the stage
 * that the case is in now. Gives the case as it is then; a case that waits for nobody is left as it is.
 */
export async function carryOn(hub: Hub, id: CaseId, dueSeconds = DAY_SECONDS): Promise<Case> {
  const subject = await current(hub, id);
  if (subject.stage === 'submitted') await screen(await policedTable(hub.table, 'screen'), hub.macKeyId, id);
  const checked = await current(hub, id);
  const stage = checked.stage === 'screening' ? firstAsked(checked.kind) : checked.stage;
  if (checked.stage === 'screening' || assigneeOf(checked)) {
    await openTask(await policedTable(hub.table, 'open-task'), {
      caseId: id,
      stage,
      taskToken: `token of ${id}`,
      dueSeconds,
    });
  }
  return current(hub, id);
}
