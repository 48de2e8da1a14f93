import { may } from '../../../shared/answering/acting.ts';
import { makeOffer } from '../../../shared/case/catalogue.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { OfferId } from '../../../shared/domain/ids.ts';
import { listOffers, readOffer } from '../../../shared/store/offers.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewOffer } from '../views/catalogue.ts';

/** Hubs see all offers, donors their own. */
async function list(call: Call): Promise<Answer> {
  const all = await listOffers(call.hub.table);
  const found = all.filter((offer) => may(call.acting, call.action, { ownedBy: offer.party }));
  return { body: { items: found.map(viewOffer), nextCursor: null } };
}

async function make(call: Call): Promise<Answer> {
  const { member } = actingMember(call);
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
