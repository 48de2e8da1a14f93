import type { Description } from '../description.ts';
import { nothing } from '../examples/conflicts.ts';
import * as example from '../examples/people.ts';

const invitation = { description: 'The invitation', schema: 'Invitation' } as const;

export const people = {
  listMembers: {
    tag: 'people',
    summary: 'The people of the caller’s party',
    description: 'With those it has invited, for who leads it. That they were looked at is on record.',
    answer: { description: 'Members and invitations', schema: 'MemberBoard' },
  },
  changeRoles: {
    tag: 'people',
    summary: 'Give a member other roles of the party',
    description:
      'By who leads it. What nobody at a desk may answer any more goes to who leads. The person’s next request, from whatever page, is one with the new roles.',
    body: { content: { 'application/json': { schema: ['RolesInput'], examples: example.roles } } },
    answer: { description: 'The member with the new roles', schema: 'Member' },
    refusals: ['last-lead', 'members-changed'],
  },
  removeMember: {
    tag: 'people',
    summary: 'End a membership',
    description: 'By who leads the party, who says why. Sessions end, and the person’s next request is refused.',
    body: { content: { 'application/json': { schema: ['RemovalInput'], examples: example.removal } } },
    answer: { description: 'Who is no longer a member', schema: 'Removed' },
    refusals: ['last-lead', 'members-changed'],
  },
  inviteMember: {
    tag: 'people',
    summary: 'Invite somebody by mail',
    description: 'By who leads the party, into its roles. It is accepted in the console, by the link in the mail.',
    body: { content: { 'application/json': { schema: ['InvitationInput'], examples: example.invitation } } },
    answer: { ...invitation, status: 201 },
    refusals: ['already-member', 'already-exists', 'enough-of-these', 'members-changed'],
  },
  resendInvitation: {
    tag: 'people',
    summary: 'Send an invitation again',
    description: 'Also one that has expired; the link in the mail before is void.',
    body: { optional: true, content: { 'application/json': { schema: ['Nothing'], examples: nothing } } },
    answer: invitation,
    refusals: ['invitation-over', 'enough-of-these', 'members-changed'],
  },
  withdrawInvitation: {
    tag: 'people',
    summary: 'Take an invitation back',
    body: { optional: true, content: { 'application/json': { schema: ['Nothing'], examples: nothing } } },
    answer: invitation,
    refusals: ['invitation-over', 'members-changed'],
  },
  listAddresses: {
    tag: 'organization',
    summary: 'The mail addresses of the caller’s organization',
    description: 'Cases with a confirmed address as their contact are the organization’s own.',
    answer: { description: 'The addresses, confirmed or asked', schema: 'AddressList' },
  },
  askForAddress: {
    tag: 'organization',
    summary: 'Say that an address is the organization’s',
    description:
      'A letter asks there whether it is; it is confirmed in the console, by the link in it. The same again sends another letter.',
    body: { content: { 'application/json': { schema: ['AddressInput'], examples: example.address } } },
    answer: { description: 'The address, not yet confirmed', schema: 'Address' },
    refusals: ['already-exists', 'enough-of-these', 'members-changed'],
  },
  releaseAddress: {
    tag: 'organization',
    summary: 'Give an address up',
    description: 'By a manager; `address` is its id. Cases that are the organization’s stay so.',
    body: { content: { 'application/json': { schema: ['AddressRelease'], examples: example.addressRelease } } },
    answer: { description: 'The addresses that are left', schema: 'AddressList' },
    refusals: ['not-found', 'members-changed'],
  },
} as const satisfies Record<string, Description>;
