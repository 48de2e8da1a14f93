import { may } from '../../../shared/answering/acting.ts';
import { makeOffer } from '../../../shared/case/catalogue.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { OfferId } from '../../../shared/domain/ids.ts';
import { OfferInput } from '../../../shared/domain/party.ts';
import { listOffers, readOffer } from '../../../shared/store/offers.ts';
import { actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/catalogue.ts';
import { json, operation } from '../operation.ts';
import { OfferView, viewOffer } from '../views/catalogue.ts';
import { listOf } from '../views/list.ts';

/** Hubs see all offers, donors their own. */
async function list(call: Call) {
  const all = await listOffers(call.hub.table);
  const found = all.filter((offer) => may(call.acting, call.action, { ownedBy: offer.party }));
  return { body: { items: found.map(viewOffer), nextCursor: null } };
}

async function make(call: Call) {
  const { member } = actingMember(call);
  const body = await call.json();
  const offer = await once(
    call,
    body,
    (key) => makeOffer(call.hub, body, member, key, 'api'),
    async (done) => (await readOffer(call.hub.table, OfferId.parse(done))) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewOffer(offer) };
}

export const offers = {
  listOffers: operation({
    method: 'get',
    path: '/offers',
    access: 'token',
    action: 'see-offers',
    summary: 'Offers',
    description: 'All of them for coordinators; for a donor its own.',
    answer: { description: 'Offers', schema: { OfferList: listOf(OfferView) } },
    handle: list,
  }),
  makeOffer: operation({
    method: 'post',
    path: '/offers',
    access: 'token',
    action: 'make-offer',
    summary: 'Say what one wants to give',
    request: json({ OfferInput }, example.offer),
    answer: { status: 201, description: 'The offer', schema: { Offer: OfferView } },
    handle: make,
  }),
};
