import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type TraceChannel, toldNow } from '../audit/record.ts';
import { isKnownBy, type PersonKnownBy, pointersTo } from '../case/person-index.ts';
import { Retryable } from '../domain/errors.ts';
import type { PartyId } from '../domain/ids.ts';
import { isOpen } from '../domain/invitation.ts';
import { type Instant, instant } from '../domain/time.ts';
import { listAddresses, releasingAddress } from '../store/addresses.ts';
import type { Hub } from '../store/hub.ts';
import { listInvitations, removingInvitation } from '../store/invitations.ts';
import { keys } from '../store/keys.ts';
import { listMembers, listParties } from '../store/parties.ts';
import type { PersonPlace } from '../store/people.ts';
import { ConditionFailed, remove } from '../store/table.ts';
import { transactTraced } from '../store/traces.ts';
import type { HeldElsewhere } from './person-elsewhere.ts';

/** A removal with the pointer by which the person was found, and the entry that says so. */
function erasing(
  hub: Hub,
  email: string,
  place: string,
  writes: readonly TransactWriteItem[],
  door: TraceChannel,
): NonNullable<HeldElsewhere['erase']> {
  return async (by, shown) => {
    const pointers = (await pointersTo(hub, email, place)).map((key) => remove(hub.table, key));
    try {
      await transactTraced(hub.table, [...writes, ...pointers], toldNow({ type: 'data-erased', by, door }, shown));
    } catch (error) {
      if (error instanceof ConditionFailed) throw new Retryable('it was changed meanwhile', { cause: error });
      throw error;
    }
  };
}

async function heldBy(hub: Hub, party: PartyId, known: PersonKnownBy, door: TraceChannel): Promise<HeldElsewhere[]> {
  const { table } = hub;
  const isTheirs = ({ email }: { readonly email: string }) => isKnownBy('mail', email, known);
  const [members, invitations, addresses] = await Promise.all([
    listMembers(table, party),
    listInvitations(table, party),
    listAddresses(table, party),
  ]);
  const now: Instant = instant(Date.now());
  return [
    ...members.filter(isTheirs).map(
      ({ id, name, email, language, roles }): HeldElsewhere => ({
        type: 'member',
        ref: `member ${party} ${id}`,
        party,
        at: undefined,
        data: { name, email, language, roles },
        // whoever still acts is removed by who leads the party, so that nothing of theirs is left unanswered
        kept: 'acting-member',
      }),
    ),
    ...invitations.filter(isTheirs).map((one): HeldElsewhere => {
      const { id, email, language, roles, at, endsAt } = one;
      const state = one.ended ?? (isOpen(one, now) ? 'open' : 'expired');
      return {
        type: 'invitation',
        ref: `invitation ${party} ${id}`,
        party,
        at,
        data: { email, language, roles, endsAt, state },
        erase: erasing(hub, email, keys.invitationPlace(party, id), [removingInvitation(table, one)], door),
      };
    }),
    ...addresses.filter(isTheirs).map((one): HeldElsewhere => {
      const { hash, email, language, askedAt, confirmedAt } = one;
      return {
        type: 'address',
        ref: `address ${party} ${hash}`,
        party,
        at: askedAt,
        data: { email, language, askedAt, confirmedAt },
        // cases belong to the organization by it: that is for the organization to give up
        ...(confirmedAt === undefined
          ? { erase: erasing(hub, email, keys.addressPlace(party, hash), releasingAddress(table, one), door) }
          : { kept: 'confirmed-address' as const }),
      };
    }),
  ];
}

/**
 * What parties keep about a person: memberships, invitations, mail addresses of organizations. Those who work with the hub
 * are looked through, organizations that registered themselves are found by pointers. Cost: three Queries a party.
 */
export async function heldInParties(
  hub: Hub,
  known: PersonKnownBy,
  places: readonly PersonPlace[],
  door: TraceChannel,
): Promise<HeldElsewhere[]> {
  if (known.mail === undefined || known.mail === '') return [];
  const pointed = places.flatMap((place) => ('party' in place && place.type !== 'draft' ? [place.party] : []));
  const parties = new Set([...(await listParties(hub.table)).map(({ id }) => id), ...pointed]);
  return (await Promise.all([...parties].map((party) => heldBy(hub, party, known, door)))).flat();
}
