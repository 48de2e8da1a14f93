import { isCoordinator } from '../../../shared/cases/acting.ts';
import { makeOffer } from '../../../shared/cases/catalogue.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { OfferId } from '../../../shared/domain/ids.ts';
import { listOffers, readOffer } from '../../../shared/store/offers.ts';
import { readJson } from '../body.ts';
import { type Answer, type Call, memberFor, onlyMember } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewOffer } from '../views/catalogue.ts';

/** Coordinators see all offers, donors their own. */
async function list(call: Call): Promise<Answer> {
  onlyMember(call, (member) => isCoordinator(member) || member.partyType === 'funder');
  const all = call.memberships.some(isCoordinator);
  const own = new Set(call.memberships.map((member) => member.party));
  const found = (await listOffers(call.hub.table)).filter((offer) => all || own.has(offer.party));
  return { body: { items: found.map(viewOffer), nextCursor: null } };
}

async function make(call: Call): Promise<Answer> {
  const member = memberFor(call, (one) => one.partyType === 'funder');
  const body = await readJson(call.request);
  const offer = await once(
    call,
    body,
    (key) => makeOffer(call.hub, body, member, key),
    async (done) => (await readOffer(call.hub.table, OfferId.parse(done))) ?? Promise.reject(new Rejected('not-found')),
  );
  return { status: 201, body: viewOffer(offer) };
}

export const offers = { listOffers: list, makeOffer: make };
