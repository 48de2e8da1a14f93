import { parseInput } from '../../../shared/domain/problems.ts';
import { listParties } from '../../../shared/store/parties.ts';
import type { Answer, Call } from '../call.ts';
import { PartiesQuery } from './queries.ts';

async function me(call: Call): Promise<Answer> {
  const memberships = call.memberships.map(({ party, partyType, partyName, partyNameEn, language, roles, name }) => ({
    party,
    partyType,
    partyName,
    partyNameEn,
    language,
    roles,
    name,
  }));
  return { body: { memberships } };
}

/** The funders and donors that a need can be matched to. */
async function list(call: Call): Promise<Answer> {
  const { type } = parseInput(PartiesQuery, call.query);
  const found = (await listParties(call.hub.table)).filter((party) => party.type === type);
  const items = found.map(({ id, name, nameEn }) => ({ id, type, name, nameEn }));
  return { body: { items, nextCursor: null } };
}

export const parties = { getMe: me, listParties: list };
