import type { InsuranceCase } from '../domain/insurance/case.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { lookupHash } from '../secrets/lookup-hash.ts';
import { coveredPeople, readRoster } from '../store/rosters.ts';
import type { Table } from '../store/table.ts';

/** The keyed hashes of a roster's people, in the roster's order. */
export async function peopleOf(macKeyId: string, identityNumbers: readonly string[]): Promise<string[]> {
  const key = await deriveKey(macKeyId, 'lookup');
  return identityNumbers.map((number) => lookupHash(key, 'identity', number));
}

/** How many of a request's volunteers are covered by another on some day of its period. */
export async function countCovered(table: Table, macKeyId: string, subject: InsuranceCase): Promise<number> {
  const volunteers = await readRoster(table, subject.roster.id);
  const people = await peopleOf(
    macKeyId,
    volunteers.map((volunteer) => volunteer.identityNumber),
  );
  return (await coveredPeople(table, people, { from: subject.coverFrom, to: subject.coverTo })).size;
}
