import * as z from 'zod';
import { MailPace } from '../../../shared/domain/digest.ts';
import { paceOf } from '../../../shared/domain/party.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { remembering } from '../../../shared/store/idempotency.ts';
import { choosing, listParties } from '../../../shared/store/parties.ts';
import { transact } from '../../../shared/store/table.ts';
import { type Asking, actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { mailPace } from '../openapi/examples/people.ts';
import { json, operation } from '../operation.ts';
import { MeView, PartyView } from '../views/catalogue.ts';
import { listOf } from '../views/list.ts';

const PartiesQuery = z.object({ type: z.literal('funder').default('funder') });

const PaceInput = z.strictObject({ mails: MailPace });

async function me(call: Call) {
  const memberships = call.memberships.map((membership) => {
    const { party, partyType, partyName, partyNameEn, language, roles, name } = membership;
    return { party, partyType, partyName, partyNameEn, language, roles, name, mails: paceOf(membership) };
  });
  return { body: { memberships } };
}

async function choosePace(call: Call) {
  const { member } = actingMember(call);
  const { table } = call.hub;
  const body = await call.json();
  const { mails } = parseInput(PaceInput, body);
  await once(
    call,
    body,
    (key) => transact(table, [...choosing(table, member, 'mails', mails), ...remembering(table, key, mails)]),
    async () => undefined,
  );
  return { body: { mails } };
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
  chooseMails: operation({
    method: 'post',
    path: '/me/mails',
    access: 'token',
    action: 'see-own-account',
    summary: 'Choose how often you are told by mail what waits for you',
    description:
      'In the party that you act for. What is critical, handed to you, or has nobody who can answer it is told at once, whatever you choose.',
    request: json({ MailPaceInput: PaceInput }, mailPace),
    answer: { description: 'How often from now on', schema: { MailPaceChosen: PaceInput } },
    handle: choosePace,
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
