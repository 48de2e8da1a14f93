import type { CaseId } from '../domain/ids.ts';
import type { InsuranceCase } from '../kinds/insurance/case.ts';
import type { Days } from '../kinds/insurance/days.ts';
import type { Volunteer } from '../kinds/insurance/input.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { lookupHash } from '../secrets/lookup-hash.ts';
import { readCases } from '../store/cases.ts';
import { daysElsewhere, daysHeld, holdDays } from '../store/cover-days.ts';
import type { Hub } from '../store/hub.ts';
import { readRoster } from '../store/rosters.ts';

type Keyed = Pick<Hub, 'table' | 'macKeyId'>;

/** The keyed hashes of a roster's people, in the roster's order. */
async function peopleOf(macKeyId: string, roster: readonly Volunteer[]): Promise<string[]> {
  const key = await deriveKey(macKeyId, 'lookup');
  return roster.map(({ identityNumber }) => lookupHash(key, 'identity', identityNumber));
}

/** For which days of the request others insure its volunteers: by their places in its roster, from 0. */
export async function coveredElsewhere(
  { table, macKeyId }: Keyed,
  subject: InsuranceCase,
  roster: readonly Volunteer[],
): Promise<ReadonlyMap<number, readonly Days[]>> {
  const people = await peopleOf(macKeyId, roster);
  const taken = await daysElsewhere(table, subject, people);
  return new Map(people.flatMap((person, index) => (taken.has(person) ? [[index, taken.get(person) ?? []]] : [])));
}

/** How many of a request's volunteers others insure on some day of its period. Cost: a read a person. */
export async function countCovered(hub: Keyed, subject: InsuranceCase): Promise<number> {
  const roster = await readRoster(hub.table, subject.roster.id);
  return (await coveredElsewhere(hub, subject, roster)).size;
}

/**
 * Holds the free days of a request's volunteers, see {@link holdDays}.
 * @returns whether one of them has a day that is free
 */
export async function holdVolunteers(
  { table, macKeyId }: Keyed,
  subject: InsuranceCase,
  roster: readonly Volunteer[],
): Promise<boolean> {
  const held = await holdDays(table, subject, await peopleOf(macKeyId, roster));
  return [...held.values()].some(({ length }) => length > 0);
}

/**
 * For which days each volunteer of an approved request is to be insured, in the roster's order: without the days for which
 * others insure them. A request that was approved by a release before, and holds nothing, has all its days.
 */
export async function daysToInsure(
  { table, macKeyId }: Keyed,
  subject: InsuranceCase,
  roster: readonly Volunteer[],
): Promise<(readonly Days[])[]> {
  const people = await peopleOf(macKeyId, roster);
  const held = await daysHeld(table, subject, people);
  if (held.size === 0) return people.map(() => [{ from: subject.coverFrom, to: subject.coverTo }]);
  return people.map((person) => held.get(person) ?? []);
}

/** Whether a request holds days already. */
export async function holdsDays(hub: Keyed, subject: InsuranceCase, roster: readonly Volunteer[]): Promise<boolean> {
  return (await daysHeld(hub.table, subject, await peopleOf(hub.macKeyId, roster))).size > 0;
}

/**
 * Holds the days of those among the requests that a release before approved, where nothing holds them yet. Cost: a read a
 * case; for one that was approved, a read and a write a person.
 * @returns how many requests hold days from now on
 */
export async function bringCoverAlong(hub: Keyed, ids: readonly CaseId[]): Promise<number> {
  let moved = 0;
  for (const subject of await readCases(hub.table, ids)) {
    if (subject.kind !== 'insurance' || (subject.stage !== 'binding' && subject.stage !== 'active')) continue;
    const roster = await readRoster(hub.table, subject.roster.id);
    if (await holdsDays(hub, subject, roster)) continue;
    await holdVolunteers(hub, subject, roster);
    moved += 1;
  }
  return moved;
}
