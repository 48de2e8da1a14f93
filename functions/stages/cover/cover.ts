import type * as z from 'zod';
import { caseForWorkflow } from '../../../shared/answering/write-by-workflow.ts';
import { holdsDays, holdVolunteers } from '../../../shared/case/covered-volunteers.ts';
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
 * Makes sure that the days of who is covered are held, so that nobody is insured twice for the same day, and remembers it. Cost: a Query a
 * megabyte of the roster, a read a person.
 * @throws Permanent when the roster is not the one that the case names; Throttled, Retryable
 */
export async function cover(table: Table, macKeyId: string, id: CaseId): Promise<z.infer<typeof CoverOutput>> {
  const subject = await caseForWorkflow(table, id, 'cover-people');
  if (subject.kind !== 'insurance') throw new Permanent(`${id} is no insurance request`);
  const volunteers = await readRoster(table, subject.roster.id);
  const { count, hash } = subject.roster;
  if (volunteers.length !== count || rosterHash(volunteers) !== hash)
    throw new Permanent(`roster of ${id} is not as it was sent`);
  const to = subject.coverTo;
  const progress = { stage: subject.stage, endingSoonAt: startOfDay(addDays(to, -NOTICE_DAYS)), endsAt: endOfDay(to) };
  if (subject.stage !== 'active') return progress;
  const hub = { table, macKeyId };
  // held since it was approved, but for a request that a release before approved and bound
  if (!(await holdsDays(hub, subject, volunteers))) await holdVolunteers(hub, subject, volunteers);
  await markCovered(table, id, volunteers.length);
  return progress;
}
