import { isCoordinator } from '../../../shared/cases/acting.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { listOffers } from '../../../shared/store/offers.ts';
import { listProgrammes } from '../../../shared/store/programmes.ts';
import { type Answer, type Call, onlyMember } from '../call.ts';
import { PartiesQuery } from './queries.ts';

async function me(call: Call): Promise<Answer> {
  const memberships = call.memberships.map(({ party, partyType, partyName, language, roles, name }) => ({
    party,
    partyType,
    partyName,
    language,
    roles,
    name,
  }));
  return { body: { memberships } };
}

/** The funders and donors that a need can be matched to: who published a programme or made an offer. */
async function list(call: Call): Promise<Answer> {
  onlyMember(call, isCoordinator);
  const { type } = parseInput(PartiesQuery, call.query);
  const { table } = call.hub;
  const [programmes, offers] = await Promise.all([listProgrammes(table), listOffers(table)]);
  const names = new Map([
    ...programmes.map((programme) => [programme.funder, programme.funderName] as const),
    ...offers.map((offer) => [offer.party, offer.partyName] as const),
  ]);
  const items = [...names].map(([id, name]) => ({ id, type, name })).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { body: { items, nextCursor: null } };
}

export const parties = { getMe: me, listParties: list };
