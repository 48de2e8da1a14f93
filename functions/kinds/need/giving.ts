import type { PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Offer } from '../../../shared/domain/party.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { nameIn, partyNameIn } from '../../../shared/i18n/names.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import { isLive, type Suggestion, suggestOffers } from '../../../shared/kinds/need/matching.ts';
import { listOffers, readOffer } from '../../../shared/store/offers.ts';
import { listParties } from '../../../shared/store/parties.ts';
import type { Table } from '../../../shared/store/table.ts';

/** A donor a need can be matched to, with what it offers. */
export interface DonorChoice {
  readonly party: PartyId;
  readonly name: string;
  readonly offer?: Offer;
}

/** Who could give what a need asks for, for whoever matches it. */
export interface Giving {
  readonly suggestions: readonly Suggestion[];
  readonly donors: readonly DonorChoice[];
}

/** Offers that can still give, then every funder without naming an offer. */
async function donorsFor(table: Table, language: Language, offers: readonly Offer[]): Promise<DonorChoice[]> {
  const today = localDate(Date.now());
  const live = offers.filter((offer) => isLive(offer, today));
  const byOffer = live.map((offer) => ({ party: offer.party, name: partyNameIn(language, offer), offer }));
  const funders = (await listParties(table)).filter((party) => party.type === 'funder');
  return [...byOffer, ...funders.map((party) => ({ party: party.id, name: nameIn(language, party) }))];
}

/** Who could give, while the need is matched. Cost: two Queries. */
export async function givingFor(table: Table, language: Language, subject: NeedCase): Promise<Giving> {
  const offers = await listOffers(table);
  return {
    suggestions: suggestOffers(subject, offers, localDate(Date.now())),
    donors: await donorsFor(table, language, offers),
  };
}

/** The offer that a need is matched to, while it is not yet approved. Cost: one read. */
export async function offerOf(table: Table, subject: NeedCase): Promise<Offer | undefined> {
  const matched = subject.stage === 'approving' ? subject.donor.offer : undefined;
  return matched && (await readOffer(table, matched));
}
