import type * as z from 'zod';
import { caseForWorkflow } from '../../../shared/answering/write-by-workflow.ts';
import { peopleOf } from '../../../shared/case/covered-volunteers.ts';
import { rosterHash } from '../../../shared/case/roster.ts';
import { Permanent } from '../../../shared/domain/errors.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { addDays, endOfDay, startOfDay } from '../../../shared/domain/time.ts';
import type { CoverOutput } from '../../../shared/domain/workflow/contract.ts';
import { readRoster, saveCovers } from '../../../shared/store/rosters.ts';
import type { Table } from '../../../shared/store/table.ts';

/** Days before the end at which the organization is told that cover is ending. */
const NOTICE_DAYS = 3;

/**
 * Enters who is covered from when to when, so that nobody is insured twice for the same day. Cost: a Query a megabyte of
 * the roster, one write a person.
 * @throws Permanent when the roster is not the one that the case names; Throttled, Retryable
 */
export async function cover(table: Table, macKeyId: string, id: CaseId): Promise<z.infer<typeof CoverOutput>> {
  const subject = await caseForWorkflow(table, id, 'cover-people');
  if (subject.kind !== 'insurance') throw new Permanent(`${id} is no insurance request`);
  const volunteers = await readRoster(table, subject.roster.id);
  const { count, hash } = subject.roster;
  if (volunteers.length !== count || rosterHash(volunteers) !== hash)
    throw new Permanent(`roster of ${id} is not as it was sent`);
  const { coverFrom: from, coverTo: to } = subject;
  const progress = { stage: subject.stage, endingSoonAt: startOfDay(addDays(to, -NOTICE_DAYS)), endsAt: endOfDay(to) };
  if (subject.stage !== 'active') return progress;
  const people = await peopleOf(
    macKeyId,
    volunteers.map((volunteer) => volunteer.identityNumber),
  );
  await saveCovers(
    table,
    id,
    people.map((person) => ({ person, from, to })),
  );
  return progress;
}
