import * as z from 'zod';
import { listParties } from '../../../shared/store/parties.ts';
import type { Asking, Call } from '../call.ts';
import { operation } from '../operation.ts';
import { MeView, PartyView } from '../views/catalogue.ts';
import { listOf } from '../views/list.ts';

const PartiesQuery = z.object({ type: z.literal('funder').default('funder') });

async function me(call: Call) {
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
async function list(call: Asking<typeof PartiesQuery>) {
  const { type } = call.asked();
  const found = (await listParties(call.hub.table)).filter((party) => party.type === type);
  const items = found.map(({ id, name, nameEn }) => ({ id, type, name, nameEn }));
  return { body: { items, nextCursor: null } };
}

export const parties = {
  getMe: operation({
    method: 'get',
    path: '/me',
    access: 'token',
    action: 'see-own-account',
    allParties: true,
    summary: 'What the caller is a member of',
    answer: { description: 'Parties, and the caller’s roles in them', schema: { Me: MeView } },
    handle: me,
  }),
  listParties: operation({
    method: 'get',
    path: '/parties',
    access: 'token',
    action: 'list-funders',
    summary: 'Funders and donors that a need can be matched to',
    query: PartiesQuery,
    answer: { description: 'Parties', schema: { PartyList: listOf(PartyView) } },
    handle: list,
  }),
};
