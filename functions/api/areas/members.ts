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
import type { At } from '../call.ts';
import { actingMember, type Call } from '../call.ts';
import { once } from '../idempotency.ts';
import * as example from '../openapi/examples/people.ts';
import { json, operation } from '../operation.ts';
import {
  InvitationView,
  MemberBoardView,
  MemberView,
  RemovedView,
  viewBoard,
  viewInvitation,
  viewMember,
} from '../views/members.ts';
import { EmptyBody, emptyBody } from './empty-body.ts';
import { PersonKey } from './places.ts';

const through = (key: Through['once']): Through => ({ door: 'api', once: key });

async function list(call: Call) {
  const acting = actingMember(call);
  return { body: viewBoard(await seePeople(call.hub.table, acting, 'api'), acting.member.id) };
}

/** Whom the path names: the id that people sign in with stands nowhere. */
async function memberIn(call: At<{ id: typeof PersonKey }>): Promise<MemberId> {
  const key = call.place('id');
  const { party } = actingMember(call).member;
  const found = (await listMembers(call.hub.table, party)).find(({ id }) => personKey(id) === key);
  if (!found) throw new Rejected('not-found');
  return found.id;
}

async function roles(call: At<{ id: typeof PersonKey }>) {
  const { member: lead } = actingMember(call);
  const { table } = call.hub;
  const body = await call.json();
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

async function remove(call: At<{ id: typeof PersonKey }>) {
  const { member: lead } = actingMember(call);
  const body = await call.json();
  parseInput(RemovalInput, body);
  const key = call.place('id');
  await once(
    call,
    body,
    async (again) => removeMember(call.hub.table, lead, await memberIn(call), body, through(again)),
    async () => undefined,
  );
  return { body: { removed: key } };
}

async function ask(call: Call) {
  const { member: lead } = actingMember(call);
  const { table } = call.hub;
  const body = await call.json();
  parseInput(InvitationInput, body);
  const invitation = await once(
    call,
    body,
    (key) => invite(call.hub, lead, body, through(key)),
    async (id) =>
      (await readInvitation(table, lead.party, Slug.parse(id))) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewInvitation(invitation) };
}

/** Does it to the invitation that the path names, once for each key. */
async function change(call: At<{ id: typeof Slug }>, does: typeof resendInvitation) {
  const { member: lead } = actingMember(call);
  const { table } = call.hub;
  parseInput(EmptyBody, await call.json());
  const id = call.place('id');
  const invitation = await once(
    call,
    { id },
    (key) => does(table, lead, id, through(key)),
    async () => (await readInvitation(table, lead.party, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewInvitation(invitation) };
}

export const members = {
  listMembers: operation({
    method: 'get',
    path: '/members',
    access: 'token',
    action: 'see-members',
    summary: 'The people of the caller’s party',
    description: 'With those it has invited, for who leads it. That they were looked at is on record.',
    answer: { description: 'Members and invitations', schema: { MemberBoard: MemberBoardView } },
    handle: list,
  }),
  changeRoles: operation({
    method: 'post',
    path: '/members/{id}/roles',
    access: 'token',
    action: 'change-roles',
    places: { id: PersonKey },
    summary: 'Give a member other roles of the party',
    description:
      'By who leads it. What nobody at a desk may answer any more goes to who leads. The person’s next request, from whatever page, is one with the new roles.',
    request: json({ RolesInput }, example.roles),
    answer: { description: 'The member with the new roles', schema: { Member: MemberView } },
    refusals: ['last-lead', 'members-changed'],
    handle: roles,
  }),
  removeMember: operation({
    method: 'post',
    path: '/members/{id}/removal',
    access: 'token',
    action: 'remove-member',
    places: { id: PersonKey },
    summary: 'End a membership',
    description: 'By who leads the party, who says why. Sessions end, and the person’s next request is refused.',
    request: json({ RemovalInput }, example.removal),
    answer: { description: 'Who is no longer a member', schema: { Removed: RemovedView } },
    refusals: ['last-lead', 'members-changed'],
    handle: remove,
  }),
  inviteMember: operation({
    method: 'post',
    path: '/invitations',
    access: 'token',
    action: 'invite-member',
    summary: 'Invite somebody by mail',
    description: 'By who leads the party, into its roles. It is accepted in the console, by the link in the mail.',
    request: json({ InvitationInput }, example.invitation),
    answer: { status: 201, description: 'The invitation', schema: { Invitation: InvitationView } },
    refusals: ['already-member', 'already-exists', 'enough-of-these', 'members-changed'],
    handle: ask,
  }),
  resendInvitation: operation({
    method: 'post',
    path: '/invitations/{id}/sending',
    access: 'token',
    action: 'invite-member',
    places: { id: Slug },
    summary: 'Send an invitation again',
    description: 'Also one that has expired; the link in the mail before is void.',
    request: emptyBody,
    answer: { description: 'The invitation', schema: { Invitation: InvitationView } },
    refusals: ['invitation-over', 'enough-of-these', 'members-changed'],
    handle: (call) => change(call, resendInvitation),
  }),
  withdrawInvitation: operation({
    method: 'post',
    path: '/invitations/{id}/withdrawal',
    access: 'token',
    action: 'invite-member',
    places: { id: Slug },
    summary: 'Take an invitation back',
    request: emptyBody,
    answer: { description: 'The invitation', schema: { Invitation: InvitationView } },
    refusals: ['invitation-over', 'members-changed'],
    handle: (call) => change(call, cancelInvitation),
  }),
};
