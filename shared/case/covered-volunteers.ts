import type { InsuranceCase } from '../kinds/insurance/case.ts';
import type { Volunteer } from '../kinds/insurance/input.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { lookupHash } from '../secrets/lookup-hash.ts';
import { coveredPeople, readRoster } from '../store/rosters.ts';
import type { Table } from '../store/table.ts';

/** The keyed hashes of a roster's people, in the roster's order. */
export async function peopleOf(macKeyId: string, identityNumbers: readonly string[]): Promise<string[]> {
  const key = await deriveKey(macKeyId, 'lookup');
  return identityNumbers.map((number) => lookupHash(key, 'identity', number));
}

/** Which volunteers of a request are covered by another on some day of its period: their places in its roster, from 0. */
export async function coveredRows(
  table: Table,
  macKeyId: string,
  { coverFrom, coverTo }: InsuranceCase,
  roster: readonly Volunteer[],
): Promise<ReadonlySet<number>> {
  const people = await peopleOf(
    macKeyId,
    roster.map((volunteer) => volunteer.identityNumber),
  );
  const covered = await coveredPeople(table, people, { from: coverFrom, to: coverTo });
  return new Set(people.flatMap((person, index) => (covered.has(person) ? [index] : [])));
}

/** How many of a request's volunteers are covered by another on some day of its period. Cost: one Query a person. */
export async function countCovered(table: Table, macKeyId: string, subject: InsuranceCase): Promise<number> {
  const roster = await readRoster(table, subject.roster.id);
  return (await coveredRows(table, macKeyId, subject, roster)).size;
}
