import type { CaseId } from '../domain/ids.ts';
import { isSameMailbox } from '../domain/same/mailbox.ts';
import type { Case } from '../kinds/case.ts';
import { type Draft, peopleInDraft } from '../kinds/draft.ts';
import type { RosterRef } from '../kinds/insurance/case.ts';
import { deliveryOf, rosterRefOf } from '../kinds/parts.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { type LookupKind, lookupHash, mailAddressHash } from '../secrets/lookup-hash.ts';
import { readCases } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { type Key, keys } from '../store/keys.ts';
import { type PersonPlace, placesOf, rememberInDraft, rememberPeople } from '../store/people.ts';
import { readRoster } from '../store/rosters.ts';

/** What somebody is known by: one is enough. */
export type PersonKnownBy = { readonly [K in LookupKind]?: string | undefined };

type Known = readonly [LookupKind, string];

function known(kind: LookupKind, value: string | undefined): Known[] {
  return value === undefined || value === '' ? [] : [[kind, value]];
}

/** Those of a case that its own item tells of. */
function peopleIn(subject: Case): Known[] {
  return [
    ...known('mail', subject.contact?.email),
    ...known('phone', subject.contact?.phone),
    ...known('phone', deliveryOf(subject)?.phone),
  ];
}

async function volunteersIn(hub: Pick<Hub, 'table'>, roster: RosterRef): Promise<Known[]> {
  const volunteers = await readRoster(hub.table, roster.id);
  return volunteers.flatMap(({ identityNumber, phone }) => [
    ...known('identity', identityNumber),
    ...known('phone', phone),
  ]);
}

/**
 * Remembers whose data a case will hold, before it is written: a pointer to a case that came to nothing leads nowhere.
 * Cost: nothing where nobody is new; else a write a person and one for them all, and for a new roster a Query.
 */
export async function indexPeople(hub: Hub, before: Case | undefined, after: Case): Promise<void> {
  const there = new Set(before ? peopleIn(before).map((each) => each.join()) : []);
  const added = peopleIn(after).filter((each) => !there.has(each.join()));
  const roster = rosterRefOf(after);
  if (roster && roster.id !== rosterRefOf(before)?.id) added.push(...(await volunteersIn(hub, roster)));
  if (added.length === 0) return;
  const key = await deriveKey(hub.macKeyId, 'lookup');
  const hashes = [...new Set(added.map(([kind, value]) => lookupHash(key, kind, value)))];
  await rememberPeople(hub.table, after.id, after.version, hashes);
}

async function allPlaces(hub: Hub, by: PersonKnownBy): Promise<PersonPlace[]> {
  const key = await deriveKey(hub.macKeyId, 'lookup');
  const asked = [...known('mail', by.mail), ...known('phone', by.phone), ...known('identity', by.identity)];
  const hashes = asked.map(([kind, value]) => lookupHash(key, kind, value));
  // before mailboxes were folded, people were known by the address as it is
  const before = known('mail', by.mail).map(([, value]) => mailAddressHash(key, value));
  const found = await Promise.all([...hashes, ...before].map((hash) => placesOf(hub.table, hash)));
  return found.flat();
}

/** What is no case and may hold something about a person, each once. Cost: a Query for each of `by`. */
export async function placesOfPerson(hub: Hub, by: PersonKnownBy): Promise<Exclude<PersonPlace, { type: 'case' }>[]> {
  const found = new Map((await allPlaces(hub, by)).map((place) => [JSON.stringify(place), place]));
  return [...found.values()].flatMap((place) => (place.type === 'case' ? [] : [place]));
}

/** The pointer by which somebody is found in something that is no case. */
export async function pointerTo(hub: Hub, kind: LookupKind, value: string, place: string): Promise<Key> {
  return keys.personElsewhere(lookupHash(await deriveKey(hub.macKeyId, 'lookup'), kind, value), place);
}

/** The pointers by which somebody is found by a mail address in something that is no case: the second from before mailboxes were folded. */
export async function pointersTo(hub: Hub, email: string, place: string): Promise<Key[]> {
  const before = mailAddressHash(await deriveKey(hub.macKeyId, 'lookup'), email);
  return [await pointerTo(hub, 'mail', email, place), keys.personElsewhere(before, place)];
}

/** Remembers whom a draft names, until it lapses. Cost: one write a person. */
export async function indexDraft(hub: Hub, { party, id, answers }: Draft, expires: number): Promise<void> {
  const key = await deriveKey(hub.macKeyId, 'lookup');
  const hashes = [...new Set(peopleInDraft(answers).map(({ kind, value }) => lookupHash(key, kind, value)))];
  if (hashes.length > 0) await rememberInDraft(hub.table, keys.draftPlace(party, id), hashes, expires);
}

const digits = (text: string | undefined) => (text ?? '').replace(/\D/g, '');
const same: Readonly<Record<LookupKind, (held: string, asked: string) => boolean>> = {
  mail: isSameMailbox,
  phone: (held, asked) => digits(held) !== '' && digits(asked).endsWith(digits(held).replace(/^86/, '')),
  identity: (held, asked) => held.trim().toLowerCase() === asked.trim().toLowerCase(),
};

/** Whether what is held is what the person is known by, however either is spelt. */
export function isKnownBy(kind: LookupKind, held: string | undefined, by: PersonKnownBy): boolean {
  const asked = by[kind];
  return held !== undefined && asked !== undefined && asked !== '' && same[kind](held, asked);
}

/**
 * The cases in which there is something about a person; linked needs that were made before they were remembered by themselves
 * are found by what they continue. Cost: a Query for
 * each that the person is known by, and a read a case.
 */
export async function casesOfPerson(hub: Hub, by: PersonKnownBy): Promise<Case[]> {
  const found = await allPlaces(hub, by);
  const seen = new Map<CaseId, Case>();
  let next: readonly CaseId[] = [...new Set(found.flatMap((place) => (place.type === 'case' ? [place.id] : [])))];
  while (next.length > 0) {
    const cases = await readCases(hub.table, next);
    for (const subject of cases) seen.set(subject.id, subject);
    next = cases.flatMap(({ children }) => children).filter((id) => !seen.has(id));
  }
  return [...seen.values()];
}
