import { actorOf, assertMay } from '../answering/acting.ts';
import { type TraceChannel, toldNow } from '../audit/record.ts';
import { Rejected } from '../domain/errors.ts';
import { newSlug, OfferId, ProgrammeId } from '../domain/ids.ts';
import { type Member, type Offer, OfferInput } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import { instant, localDate } from '../domain/time.ts';
import { assertDay } from '../domain/typed-day.ts';
import { type Programme, ProgrammeInput } from '../entities/programme/programme.ts';
import type { Hub } from '../store/hub.ts';
import { type Idempotency, remembering, replay } from '../store/idempotency.ts';
import { offering, promiseDigest, readOffer } from '../store/offers.ts';
import { closingProgramme, publishing, readProgramme, termsDigest } from '../store/programmes.ts';
import { ConditionFailed } from '../store/table.ts';
import { transactTraced } from '../store/traces.ts';

/** Words that addresses of pages end with, or that every object has: none is the name of a programme. */
const NOT_AN_ID: ReadonlySet<string> = new Set(['new', 'close', 'constructor', 'prototype']);

/**
 * Publishes a funder's programme; all of its budget is available.
 * @throws {@link Rejected} `forbidden`, or a problem for every wrong field
 */
export async function createProgramme(
  hub: Hub,
  body: unknown,
  member: Member,
  once?: Idempotency,
  door: TraceChannel = 'console',
): Promise<Programme> {
  assertMay({ type: 'member', member }, 'publish-programme', { ownedBy: member.party });
  const input = parseInput(ProgrammeInput, body);
  if (input.id !== undefined && NOT_AN_ID.has(input.id))
    throw new Rejected('invalid', { fields: [{ pointer: '/id', code: 'not-a-choice' }] });
  const now = Date.now();
  const today = localDate(now);
  assertDay('/closesOn', input.closesOn, { from: today }, today);
  if (input.ceiling > input.budget)
    throw new Rejected('invalid', {
      fields: [{ pointer: '/ceiling', code: 'too-big', params: { maximum: input.budget } }],
    });
  const programme: Programme = {
    ...input,
    id: input.id ?? ProgrammeId.parse(newSlug()),
    funder: member.party,
    funderName: member.partyName,
    funderNameEn: member.partyNameEn,
    publishedAt: instant(now),
    available: input.budget,
    reserved: 0,
    paid: 0,
    returned: 0,
  };
  const done = await replay(hub.table, once);
  if (done) return programmeOr404(hub, ProgrammeId.parse(done));
  try {
    const { id } = programme;
    const by = actorOf({ type: 'member', member });
    const told = toldNow({ type: 'programme-published', by, door, programme: id, digest: termsDigest(programme) });
    await transactTraced(hub.table, [publishing(hub.table, programme), ...remembering(hub.table, once, id)], told);
    return programme;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    // the id is taken: by the same request, if that came twice at once
    const first = await replay(hub.table, once);
    if (first) return programmeOr404(hub, ProgrammeId.parse(first));
    throw new Rejected('already-exists');
  }
}

/** @throws {@link Rejected} `not-found` */
export async function programmeOr404(hub: Hub, id: ProgrammeId): Promise<Programme> {
  const programme = await readProgramme(hub.table, id);
  if (!programme) throw new Rejected('not-found');
  return programme;
}

/**
 * The funder takes no more applications; those that came in go on.
 * @throws {@link Rejected} `not-found`, or `forbidden` for anybody but its funder
 */
export async function closeProgramme(
  hub: Hub,
  id: ProgrammeId,
  member: Member,
  door: TraceChannel = 'console',
): Promise<Programme> {
  const programme = await programmeOr404(hub, id);
  assertMay({ type: 'member', member }, 'close-programme', { ownedBy: programme.funder });
  const told = toldNow({ type: 'programme-closed', by: actorOf({ type: 'member', member }), door, programme: id });
  await transactTraced(hub.table, [closingProgramme(hub.table, id, told.trace.at)], told);
  return programmeOr404(hub, id);
}

/**
 * A donor says what it wants to give.
 * @throws {@link Rejected} `forbidden`, or a problem for every wrong field
 */
export async function makeOffer(
  hub: Hub,
  body: unknown,
  member: Member,
  once?: Idempotency,
  door: TraceChannel = 'console',
): Promise<Offer> {
  assertMay({ type: 'member', member }, 'make-offer', { ownedBy: member.party });
  const input = parseInput(OfferInput, body);
  const now = Date.now();
  const today = localDate(now);
  if (input.expiresOn !== undefined) assertDay('/expiresOn', input.expiresOn, { from: today }, today);
  const done = await replay(hub.table, once);
  const known = done && (await readOffer(hub.table, OfferId.parse(done)));
  if (known) return known;
  const offer: Offer = {
    ...input,
    id: OfferId.parse(newSlug()),
    party: member.party,
    partyName: member.partyName,
    partyNameEn: member.partyNameEn,
    madeAt: instant(now),
    available: input.amount,
  };
  try {
    const { id } = offer;
    const by = actorOf({ type: 'member', member });
    const told = toldNow({ type: 'offer-made', by, door, offer: id, digest: promiseDigest(offer) });
    await transactTraced(hub.table, [offering(hub.table, offer), ...remembering(hub.table, once, id)], told);
    return offer;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const first = await replay(hub.table, once);
    const made = first && (await readOffer(hub.table, OfferId.parse(first)));
    if (made) return made;
    throw new Rejected('already-exists');
  }
}
