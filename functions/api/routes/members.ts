import { personKey } from '../../../shared/answering/person-key.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { type MemberId, Slug } from '../../../shared/domain/ids.ts';
import { InvitationInput } from '../../../shared/domain/invitation.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import type { Through } from '../../../shared/people/change-people.ts';
import { cancelInvitation, invite, resendInvitation } from '../../../shared/people/invite.ts';
import { changeRoles, RemovalInput, RolesInput, removeMember, seePeople } from '../../../shared/people/members.ts';
import { readInvitation } from '../../../shared/store/invitations.ts';
import { listMembers, readMember } from '../../../shared/store/parties.ts';
import { readJson } from '../body.ts';
import { type Answer, actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import { viewBoard, viewInvitation, viewMember } from '../views/members.ts';
import { EmptyBody } from './empty-body.ts';
import { named, slugIn } from './path.ts';
import { PersonKey } from './person-key.ts';

const through = (key: Through['once']): Through => ({ door: 'api', once: key });

async function list(call: Call): Promise<Answer> {
  const acting = actingMember(call);
  return { body: viewBoard(await seePeople(call.hub.table, acting, 'api'), acting.member.id) };
}

/** Whom the path names: the id that people sign in with stands nowhere. */
async function memberIn(call: Call): Promise<MemberId> {
  const key = named(call, 'id', PersonKey);
  const { party } = actingMember(call).member;
  const found = (await listMembers(call.hub.table, party)).find(({ id }) => personKey(id) === key);
  if (!found) throw new Rejected('not-found');
  return found.id;
}

async function roles(call: Call): Promise<Answer> {
  const { member: lead } = actingMember(call);
  const { table } = call.hub;
  const body = await readJson(call.request);
  parseInput(RolesInput, body);
  const id = await memberIn(call);
  const member = await once(
    call,
    body,
    (key) => changeRoles(table, lead, id, body, through(key)),
    async () => (await readMember(table, lead.party, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewMember(member, lead.id) };
}

async function remove(call: Call): Promise<Answer> {
  const { member: lead } = actingMember(call);
  const body = await readJson(call.request);
  parseInput(RemovalInput, body);
  const key = named(call, 'id', PersonKey);
  await once(
    call,
    body,
    async (again) => removeMember(call.hub.table, lead, await memberIn(call), body, through(again)),
    async () => undefined,
  );
  return { body: { removed: key } };
}

async function ask(call: Call): Promise<Answer> {
  const { member: lead } = actingMember(call);
  const { table } = call.hub;
  const body = await readJson(call.request);
  parseInput(InvitationInput, body);
  const invitation = await once(
    call,
    body,
    (key) => invite(call.hub, lead, body, through(key)),
    async (id) =>
      (await readInvitation(table, lead.party, Slug.parse(id))) ?? Promise.reject(new Rejected('not-found')),
  );
  return { status: 201, body: viewInvitation(invitation) };
}

/** Does it to the invitation that the path names, once for each key. */
async function change(call: Call, does: typeof resendInvitation): Promise<Answer> {
  const { member: lead } = actingMember(call);
  const { table } = call.hub;
  parseInput(EmptyBody, await readJson(call.request, true));
  const id = slugIn(call);
  const invitation = await once(
    call,
    { id },
    (key) => does(table, lead, id, through(key)),
    async () => (await readInvitation(table, lead.party, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewInvitation(invitation) };
}

export const members = {
  listMembers: list,
  changeRoles: roles,
  removeMember: remove,
  inviteMember: ask,
  resendInvitation: (call: Call) => change(call, resendInvitation),
  withdrawInvitation: (call: Call) => change(call, cancelInvitation),
};
