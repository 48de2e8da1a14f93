import type * as z from 'zod';
import { caseForWorkflow } from '../../../shared/answering/write-by-workflow.ts';
import { rosterHash } from '../../../shared/case/roster.ts';
import { Permanent } from '../../../shared/domain/errors.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { addDays, endOfDay, startOfDay } from '../../../shared/domain/time.ts';
import type { CoverOutput } from '../../../shared/domain/workflow/contract.ts';
import { NOTICE_DAYS } from '../../../shared/kinds/insurance/days.ts';
import { markCovered } from '../../../shared/store/cover-days.ts';
import { readRoster } from '../../../shared/store/rosters.ts';
import type { Table } from '../../../shared/store/table.ts';

/**
 * Makes sure that who is covered is who was sent, and remembers it. Their days are held since the request was approved; what a release
 * before approved holds them once it is brought along. Cost: a Query a megabyte of the roster, and a write.
 * @throws Permanent when the roster is not the one that the case names; Throttled, Retryable
 */
export async function cover(table: Table, id: CaseId): Promise<z.infer<typeof CoverOutput>> {
  const subject = await caseForWorkflow(table, id, 'cover-people');
  if (subject.kind !== 'insurance') throw new Permanent(`${id} is no insurance request`);
  const volunteers = await readRoster(table, subject.roster.id);
  const { count, hash } = subject.roster;
  if (volunteers.length !== count || rosterHash(volunteers) !== hash)
    throw new Permanent(`roster of ${id} is not as it was sent`);
  const to = subject.coverTo;
  const progress = { stage: subject.stage, endingSoonAt: startOfDay(addDays(to, -NOTICE_DAYS)), endsAt: endOfDay(to) };
  if (subject.stage !== 'active') return progress;
  await markCovered(table, id, volunteers.length);
  return progress;
}
