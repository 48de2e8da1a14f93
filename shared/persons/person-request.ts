import * as z from 'zod';
import { type ActingMember, actorOf, assertMay } from '../answering/acting.ts';
import { recordTrace, recordView, type TraceChannel, toldNow } from '../audit/record.ts';
import { casesOfPerson, isKnownBy, type PersonKnownBy } from '../case/person-index.ts';
import { rosterOf } from '../case/roster.ts';
import { Rejected } from '../domain/errors.ts';
import type { CaseId } from '../domain/ids.ts';
import { line, optionalLine } from '../domain/text.ts';
import { type Instant, instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { endStages } from '../kinds/lifecycle.ts';
import { deliveryOf } from '../kinds/parts.ts';
import type { Hub } from '../store/hub.ts';
import { type Entered, transactTraced } from '../store/traces.ts';
import { eraseCase } from './erase.ts';
import { type HeldElsewhere, heldElsewhere } from './person-elsewhere.ts';

/** What a person gave to be found by, and how they showed that it is they: sent in bodies only, never in an address. */
export const PersonRequest = z.strictObject({
  phone: optionalLine(30),
  mail: optionalLine(254),
  identity: optionalLine(30),
  shown: line(500),
});
export type PersonRequest = z.infer<typeof PersonRequest>;

/** What a case holds about one person, and as what. */
export interface HeldData {
  readonly subject: Case;
  readonly as: readonly ('contact' | 'recipient' | 'volunteer')[];
  /** everything about the person, as it is kept: what they are given when they ask to see it */
  readonly data: Readonly<Record<string, unknown>>;
  /** whether it can be erased now; a case that goes on still needs it */
  readonly erasable: boolean;
}

/** As what somebody is in a case, and which of its personal data that is. */
const shownAs = { contact: 'contact', recipient: 'delivery', volunteer: 'identity' } as const;

async function heldIn(hub: Hub, subject: Case, by: PersonKnownBy): Promise<HeldData | undefined> {
  const { contact, consent } = subject;
  const delivery = deliveryOf(subject);
  const volunteers = subject.kind === 'insurance' && !subject.erasedAt ? await rosterOf(hub, subject) : [];
  const rows = volunteers.filter(
    (one) => isKnownBy('identity', one.identityNumber, by) || isKnownBy('phone', one.phone, by),
  );
  const isContact = isKnownBy('mail', contact?.email, by) || isKnownBy('phone', contact?.phone, by);
  const isRecipient = isKnownBy('phone', delivery?.phone, by);
  const as = [
    ...(isContact ? (['contact'] as const) : []),
    ...(isRecipient ? (['recipient'] as const) : []),
    ...(rows.length > 0 ? (['volunteer'] as const) : []),
  ];
  if (as.length === 0) return undefined;
  return {
    subject,
    as,
    data: {
      case: subject.id,
      kind: subject.kind,
      stage: subject.stage,
      organization: subject.organization,
      submittedAt: subject.submittedAt,
      ...(consent && { consent }),
      ...(isContact && { contact }),
      ...(isRecipient && { delivery }),
      ...(rows.length > 0 && { volunteers: rows }),
    },
    erasable: endStages.has(subject.stage),
  };
}

/** Everything that is kept about a person. */
export interface KeptAboutPerson {
  readonly cases: readonly HeldData[];
  readonly elsewhere: readonly HeldElsewhere[];
  /** the entry that says that they were looked for */
  readonly entered: Entered;
}

/**
 * Everything that cases, drafts, referrals and parties hold about a person, who must have shown that it is they. The search itself is
 * recorded before anything is shown.
 * @param request by what, and how the person showed that it is they: that is kept with the record
 * Cost: a Query for each that the person is known by, a read a case, a Query a roster, and three a party.
 * @throws {@link Rejected} `forbidden`; `invalid` when nothing was given to search by
 */
export async function findPerson(
  hub: Hub,
  { shown, ...by }: PersonRequest,
  acting: ActingMember,
  door: TraceChannel,
): Promise<KeptAboutPerson> {
  assertMay(acting, 'see-person');
  if (Object.values(by).every((value) => value === undefined || value === ''))
    throw new Rejected('invalid', { fields: [{ pointer: '/phone', code: 'required' }] });
  const cases = await casesOfPerson(hub, by);
  const told = toldNow({ type: 'data-requested', by: actorOf(acting), door }, shown);
  const entered = await transactTraced(hub.table, [], told);
  const held = await Promise.all(cases.map((subject) => heldIn(hub, subject, by)));
  const found = held.flatMap((each) => each ?? []);
  // what is shown of each case is in that case's own trail too
  for (const { subject, as } of found) {
    const groups = as.map((one) => shownAs[one]);
    const view = { cases: [subject.id], shown: groups, by: actorOf(acting), door } as const;
    await recordView(hub.table, { ...view, reason: shown });
  }
  return {
    cases: found.sort((a, b) => (a.subject.submittedAt < b.subject.submittedAt ? 1 : -1)),
    elsewhere: await heldElsewhere(hub, by, door),
    entered,
  };
}

/** Everything that is kept about a person, as a file for them. */
export interface PersonFile {
  readonly madeAt: Instant;
  readonly held: readonly Readonly<Record<string, unknown>>[];
  readonly elsewhere: readonly Pick<HeldElsewhere, 'type' | 'party' | 'at' | 'data'>[];
}

/** Takes everything that is kept about a person out, as {@link findPerson} finds it; that it left is recorded. */
export async function exportPerson(
  hub: Hub,
  request: PersonRequest,
  acting: ActingMember,
  door: TraceChannel,
): Promise<PersonFile> {
  const { cases, elsewhere } = await findPerson(hub, request, acting, door);
  const entries = cases.length + elsewhere.length;
  const what = { type: 'exported', what: 'person', by: actorOf(acting), door, entries } as const;
  await recordTrace(hub.table, what, request.shown);
  return {
    madeAt: instant(Date.now()),
    held: cases.map(({ as, data }) => ({ as, ...data })),
    elsewhere: elsewhere.map(({ type, party, at, data }) => ({ type, party, at, data })),
  };
}

/** What became of a person's wish to have the data of one case erased. */
export interface Erasure {
  readonly caseId: CaseId;
  /** when it was erased; undefined where it was kept */
  readonly erasedAt: string | undefined;
  /** the version of the case's history that says so */
  readonly version: number;
  /** why it was kept; undefined where it was erased now or before */
  readonly kept?: 'goes-on' | 'not-chosen' | undefined;
  /** whether it was erased by this request, and not before */
  readonly isNew: boolean;
}

/** What became of the wish in all. */
export interface Erased {
  readonly cases: readonly Erasure[];
  /** what is elsewhere, and whether what it held of the person is gone */
  readonly elsewhere: readonly { readonly held: HeldElsewhere; readonly isErased: boolean }[];
  readonly entered: Entered;
}

/**
 * Erases what the chosen cases hold that is personal, and what the chosen drafts and referrals hold of the person, as they
 * asked. A case that goes on is left as it is, and so is what somebody else must give up first: an acting member, an address
 * that an organization confirmed.
 * @param chosen numbers of cases, and `ref` of what is elsewhere
 * @throws {@link Rejected} `forbidden`
 */
export async function erasePerson(
  hub: Hub,
  request: PersonRequest,
  chosen: ReadonlySet<string>,
  acting: ActingMember,
  door: TraceChannel,
): Promise<Erased> {
  assertMay(acting, 'erase-person');
  const done: Erasure[] = [];
  const { shown } = request;
  const { cases, elsewhere, entered } = await findPerson(hub, request, acting, door);
  for (const { subject, erasable } of cases) {
    const wanted = erasable && chosen.has(subject.id);
    const after = wanted ? await eraseCase(hub.table, subject.id, 'request', actorOf(acting)) : subject;
    const kept = after.erasedAt ? undefined : erasable ? ('not-chosen' as const) : ('goes-on' as const);
    done.push({ caseId: after.id, erasedAt: after.erasedAt, version: after.version, kept, isNew: wanted });
    if (wanted) {
      // how they showed who they are stands with the search: nothing erases what an erased case is told
      await recordTrace(hub.table, { type: 'data-erased', by: actorOf(acting), door, caseId: after.id });
    }
  }
  const others: { held: HeldElsewhere; isErased: boolean }[] = [];
  for (const held of elsewhere) {
    const erase = chosen.has(held.ref) ? held.erase : undefined;
    await erase?.(actorOf(acting), shown);
    others.push({ held, isErased: erase !== undefined });
  }
  return { cases: done, elsewhere: others, entered };
}
