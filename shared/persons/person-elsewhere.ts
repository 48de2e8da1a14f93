import { type TraceChannel, toldNow } from '../audit/record.ts';
import { isKnownBy, type PersonKnownBy, placesOfPerson } from '../case/person-index.ts';
import type { Actor } from '../domain/case-base.ts';
import { Retryable } from '../domain/errors.ts';
import type { PartyId } from '../domain/ids.ts';
import { changeReferral } from '../domain/referral/change.ts';
import type { Referral } from '../domain/referral/referral.ts';
import { type Instant, instant } from '../domain/time.ts';
import { blanked, type Draft, fieldsOfPeople } from '../kinds/draft.ts';
import { readDraft, savingDraft } from '../store/drafts.ts';
import type { Hub } from '../store/hub.ts';
import { readReferral } from '../store/referrals.ts';
import { ConditionFailed } from '../store/table.ts';
import { transactTraced } from '../store/traces.ts';
import { heldInParties } from './person-in-parties.ts';
import { changing } from './referrals.ts';

/** Why something cannot be erased yet: somebody must do something first. */
export type KeptReason = 'acting-member' | 'confirmed-address';

/** What is held about a person elsewhere than in cases: by a draft, a referral, a party. */
export interface HeldElsewhere {
  readonly type: 'draft' | 'referral' | 'member' | 'invitation' | 'address';
  /** by which a form names it */
  readonly ref: string;
  /** whose it is: the organization that fills the draft in, the party that refers the person, or whose they are */
  readonly party: PartyId;
  /** undefined where nobody knows since when */
  readonly at: Instant | undefined;
  /** everything about the person, as it is kept */
  readonly data: Readonly<Record<string, unknown>>;
  /** what erases it, with the entry that says so; left out where it is `kept` */
  readonly erase?: (by: Actor, shown: string) => Promise<void>;
  readonly kept?: KeptReason;
}

async function written(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ConditionFailed) throw new Retryable('it was changed meanwhile', { cause: error });
    throw error;
  }
}

function inDraft({ table }: Hub, draft: Draft, known: PersonKnownBy, door: TraceChannel): HeldElsewhere | undefined {
  const theirs = fieldsOfPeople(draft.answers, ({ kind, value }) => isKnownBy(kind, value, known));
  if (theirs.length === 0) return undefined;
  const { id, party, savedAt, version } = draft;
  return {
    type: 'draft',
    ref: `draft ${party} ${id}`,
    party,
    at: savedAt,
    data: Object.fromEntries(theirs.map((name) => [name, draft.answers[name]])),
    erase: async (by, shown) => {
      const after = { ...draft, version: version + 1, answers: blanked(draft.answers, theirs) };
      const told = toldNow({ type: 'data-erased', by, door }, shown);
      await written(transactTraced(table, [savingDraft(table, after, version)], told));
    },
  };
}

function inReferral(hub: Hub, referral: Referral, known: PersonKnownBy, door: TraceChannel): HeldElsewhere | undefined {
  if (!('person' in referral) || !isKnownBy('phone', referral.person.phone, known)) return undefined;
  const { id, from, madeAt, person, help } = referral;
  return {
    type: 'referral',
    ref: `referral ${id}`,
    party: from,
    at: madeAt,
    data: { person, help, consent: referral.consent },
    // whoever asks to be forgotten agrees no more
    erase: async (by, shown) => {
      const after = changeReferral(referral, 'withdrawn', { as: 'referrer', by, now: instant(Date.now()) });
      const told = toldNow({ type: 'referral', by, door, referral: id, on: 'withdrawn' }, shown);
      await written(transactTraced(hub.table, await changing(hub, referral, after, 'referrer'), told));
    },
  };
}

/**
 * What drafts, referrals and parties hold about a person. Cost: a Query for each that the person is known by, a read for
 * each that was found, and see {@link heldInParties}.
 */
export async function heldElsewhere(hub: Hub, known: PersonKnownBy, door: TraceChannel): Promise<HeldElsewhere[]> {
  const places = await placesOfPerson(hub, known);
  const found = await Promise.all(
    places.map(async (place) => {
      if (place.type === 'draft') {
        const draft = await readDraft(hub.table, place.party, place.id);
        return draft && inDraft(hub, draft, known, door);
      }
      const referral = place.type === 'referral' ? await readReferral(hub.table, place.id) : undefined;
      return referral && inReferral(hub, referral, known, door);
    }),
  );
  return [...found.flatMap((each) => each ?? []), ...(await heldInParties(hub, known, places, door))];
}
