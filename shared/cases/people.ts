import type { Case } from '../domain/case.ts';
import type { CaseId } from '../domain/ids.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { type LookupKind, lookupHash } from '../secrets/lookup-hash.ts';
import { readCases } from '../store/cases.ts';
import { casesOf, rememberPeople } from '../store/people.ts';
import { readRoster } from '../store/rosters.ts';
import type { Hub } from './hub.ts';

/** What somebody is known by: one is enough. */
export type PersonKnownBy = { readonly [K in LookupKind]?: string | undefined };

type Known = readonly [LookupKind, string];

function known(kind: LookupKind, value: string | undefined): Known[] {
  return value === undefined || value === '' ? [] : [[kind, value]];
}

/** Those of a case that its own item tells of. */
function peopleIn(subject: Case): Known[] {
  const delivery = subject.kind === 'need' ? subject.delivery : undefined;
  return [
    ...known('mail', subject.contact?.email),
    ...known('phone', subject.contact?.phone),
    ...known('phone', delivery?.phone),
  ];
}

async function volunteersIn(hub: Pick<Hub, 'table'>, subject: Case): Promise<Known[]> {
  if (subject.kind !== 'insurance') return [];
  const volunteers = await readRoster(hub.table, subject.roster.id);
  return volunteers.flatMap(({ identityNumber, phone }) => [
    ...known('identity', identityNumber),
    ...known('phone', phone),
  ]);
}

function rosterOf(subject: Case | undefined): string | undefined {
  return subject?.kind === 'insurance' ? subject.roster.id : undefined;
}

/**
 * Remembers whose data a case will hold, before it is written: a pointer to a case that came to nothing leads nowhere.
 * Cost: nothing where nobody is new; else a write a person and one for them all, and for a new roster a Query.
 */
export async function indexPeople(hub: Hub, before: Case | undefined, after: Case): Promise<void> {
  const there = new Set(before ? peopleIn(before).map((each) => each.join()) : []);
  const added = peopleIn(after).filter((each) => !there.has(each.join()));
  if (rosterOf(after) !== rosterOf(before)) added.push(...(await volunteersIn(hub, after)));
  if (added.length === 0) return;
  const key = await deriveKey(hub.macKeyId, 'lookup');
  const hashes = [...new Set(added.map(([kind, value]) => lookupHash(key, kind, value)))];
  await rememberPeople(hub.table, after.id, after.version, hashes);
}

/**
 * The cases in which there is something about a person, the linked ones that took over a contact included. Cost: a Query for
 * each that the person is known by, and a read a case.
 */
export async function casesOfPerson(hub: Hub, by: PersonKnownBy): Promise<Case[]> {
  const key = await deriveKey(hub.macKeyId, 'lookup');
  const asked = [...known('mail', by.mail), ...known('phone', by.phone), ...known('identity', by.identity)];
  const found = await Promise.all(asked.map(([kind, value]) => casesOf(hub.table, lookupHash(key, kind, value))));
  const seen = new Map<CaseId, Case>();
  let next: readonly CaseId[] = [...new Set(found.flat())];
  while (next.length > 0) {
    const cases = await readCases(hub.table, next);
    for (const subject of cases) seen.set(subject.id, subject);
    next = cases.flatMap(({ children }) => children).filter((id) => !seen.has(id));
  }
  return [...seen.values()];
}
