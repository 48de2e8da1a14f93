import { handBack } from '../answering/hand-over.ts';
import { requestOwnRechecks } from '../answering/recheck-cases.ts';
import { assertPartyMaySend } from '../case/limits.ts';
import { Rejected } from '../domain/errors.ts';
import { type MemberId, newSlug, type PartyId, Slug } from '../domain/ids.ts';
import {
  AcceptanceInput,
  INVITATION_DAYS,
  Invitation,
  InvitationInput,
  isOpen,
  MOST_OPEN,
  MOST_SENDINGS,
} from '../domain/invitation.ts';
import type { Letter } from '../domain/letter.ts';
import { type Member, memberOf, type Party } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import { isSameMailbox } from '../domain/same/mailbox.ts';
import { type Instant, instant } from '../domain/time.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { openLetterSecret } from '../secrets/letter-link.ts';
import { lookupHash } from '../secrets/lookup-hash.ts';
import { linkingAccounts } from '../store/accounts.ts';
import { changingInvitation, inviting, listInvitations, readInvitation } from '../store/invitations.ts';
import { keys } from '../store/keys.ts';
import { posting } from '../store/letters.ts';
import { joining, listMembers, readMember, readParty } from '../store/parties.ts';
import { pointing } from '../store/people.ts';
import type { Table } from '../store/table.ts';
import { atConsole, changePeople, type Through } from './change-people.ts';
import { assertRolesOf, assertStillMay } from './leading.ts';
import { bindingMember } from './member-digest.ts';
import { accountsTold, otherAccounts } from './one-person.ts';

const DAY = 86_400_000;

interface People {
  readonly table: Table;
  readonly macKeyId: string;
}

/** By what a person who asks what is kept about them is found. */
async function mailHash({ macKeyId }: People, email: string): Promise<string> {
  return lookupHash(await deriveKey(macKeyId, 'lookup'), 'mail', email);
}

function endOf(now: Instant): Instant {
  return instant(Date.parse(now) + INVITATION_DAYS * DAY);
}

function letterFor({ party, id: invitation, version }: Invitation, at: Instant): Letter {
  return { type: 'invitation', id: newSlug(), at, by: party, party, invitation, version };
}

async function assertLeadsStill(table: Table, lead: Member): Promise<void> {
  assertStillMay(await readMember(table, lead.party, lead.id), 'invite-member');
}

/**
 * Asks somebody by mail to become a member of the lead's party. The mail begins at the table's stream.
 * @throws {@link Rejected} `forbidden`, `invalid`, `already-member` when a member has this mail address, `already-exists`
 * when it is invited already, `enough-of-these`, `too-many-requests`
 */
export async function invite(
  people: People,
  lead: Member,
  body: unknown,
  through: Through = atConsole,
): Promise<Invitation> {
  const { table } = people;
  const input = parseInput(InvitationInput, body);
  assertRolesOf(lead.partyType, input.roles);
  const roles = [...new Set(input.roles)];
  const id = newSlug();
  const hash = await mailHash(people, input.email);
  return changePeople(table, lead.party, lead.id, through, async (now) => {
    await assertLeadsStill(table, lead);
    const same = ({ email }: { readonly email: string }) => isSameMailbox(email, input.email);
    if ((await listMembers(table, lead.party)).some(same)) throw new Rejected('already-member');
    const open = (await listInvitations(table, lead.party)).filter((one) => isOpen(one, now));
    if (open.some(same)) throw new Rejected('already-exists');
    if (open.length >= MOST_OPEN) throw new Rejected('enough-of-these', { params: { maximum: MOST_OPEN } });
    await assertPartyMaySend(table, lead.party);
    const { email, language } = input;
    const made = {
      id,
      party: lead.party,
      email,
      language,
      roles,
      version: 1,
      by: lead.id,
      at: now,
      endsAt: endOf(now),
    };
    const invitation = Invitation.parse(made);
    return {
      writes: [
        inviting(table, invitation),
        pointing(table, hash, keys.invitationPlace(lead.party, id)),
        posting(table, letterFor(invitation, now)),
      ],
      told: { type: 'member-invited', invitation: id, roles },
      made: id,
      result: invitation,
    };
  });
}

async function pending(table: Table, lead: Member, id: Slug): Promise<Invitation> {
  await assertLeadsStill(table, lead);
  const invitation = await readInvitation(table, lead.party, id);
  if (!invitation) throw new Rejected('not-found');
  if (invitation.ended) throw new Rejected('invitation-over');
  return invitation;
}

/**
 * Sends an invitation again, also one that has expired; the link of the mail before is void.
 * @throws {@link Rejected} `forbidden`, `not-found`, `invitation-over`, `enough-of-these` when it was sent often enough
 */
export function resendInvitation(
  table: Table,
  lead: Member,
  id: Slug,
  through: Through = atConsole,
): Promise<Invitation> {
  return changePeople(table, lead.party, lead.id, through, async (now) => {
    const before = await pending(table, lead, id);
    if (before.version >= MOST_SENDINGS) throw new Rejected('enough-of-these', { params: { maximum: MOST_SENDINGS } });
    await assertPartyMaySend(table, lead.party);
    const after = { ...before, version: before.version + 1, endsAt: endOf(now) };
    return {
      writes: [changingInvitation(table, before, after), posting(table, letterFor(after, now))],
      told: { type: 'invitation-resent', invitation: id },
      result: after,
    };
  });
}

/** Takes an invitation back. @throws {@link Rejected} `forbidden`, `not-found`, `invitation-over` when it was accepted */
export function cancelInvitation(
  table: Table,
  lead: Member,
  id: Slug,
  through: Through = atConsole,
): Promise<Invitation> {
  return changePeople(table, lead.party, lead.id, through, async () => {
    const before = await pending(table, lead, id);
    const after: Invitation = { ...before, ended: 'cancelled' };
    return {
      writes: [changingInvitation(table, before, after)],
      told: { type: 'invitation-cancelled', invitation: id },
      result: after,
    };
  });
}

/** An invitation as whoever has its link sees it. */
export interface Invited {
  readonly invitation: Invitation;
  readonly party: Party;
}

async function named(table: Table, id: PartyId): Promise<Party> {
  const party = await readParty(table, id);
  if (!party) throw new Rejected('not-found');
  return party;
}

/**
 * What the link in an invitation leads to.
 * @throws {@link Rejected} `not-found` for what is no such link; `invitation-over` when it was accepted, cancelled, has
 * expired or was sent anew
 */
export async function openInvitation({ table, macKeyId }: People, secret: string): Promise<Invited> {
  const link = openLetterSecret(await deriveKey(macKeyId, 'letter'), 'invitation', secret);
  const invitation = link && (await readInvitation(table, link.party, Slug.parse(link.id)));
  if (!invitation) throw new Rejected('not-found');
  const good = isOpen(invitation, instant(Date.now())) && invitation.version === link.version;
  if (!good) throw new Rejected('invitation-over');
  return { invitation, party: await named(table, invitation.party) };
}

/** An address counts that the invitation's mail went to, or that the issuer vouches for. @throws {@link Rejected} `invalid` */
function assertTheirs(email: string, { email: invited }: Invitation, vouched: string | undefined): void {
  if ([invited, vouched].some((known) => known !== undefined && isSameMailbox(known, email))) return;
  throw new Rejected('invalid', { fields: [{ pointer: '/email', code: 'not-shown-as-yours' }] });
}

/** Two members of a party never have one mailbox. @throws {@link Rejected} `mailbox-taken` */
function assertNobodys(members: readonly Member[], email: string): void {
  if (members.some((one) => isSameMailbox(one.email, email)))
    throw new Rejected('mailbox-taken', { fields: [{ pointer: '/email', code: 'mailbox-taken' }] });
}

/**
 * Makes the signed-in person who has the link a member: once, whoever else has it. The issuer vouches for who they are.
 * Accounts elsewhere with the same mailbox are one person with them from then on, see `one-person.ts`.
 * @param vouched the mail address that the issuer says it has verified
 * @throws {@link Rejected} as {@link openInvitation}; `already-member`; `mailbox-taken` when a colleague has the mailbox;
 * `invalid`, also for an address that is neither the invitation's nor vouched for
 */
export async function acceptInvitation(
  people: People,
  person: MemberId,
  secret: string,
  body: unknown,
  vouched?: string,
): Promise<Member> {
  const input = parseInput(AcceptanceInput, body);
  const { table } = people;
  const { invitation } = await openInvitation(people, secret);
  assertTheirs(input.email, invitation, vouched);
  const hash = await mailHash(people, input.email);
  const accounts = await otherAccounts(table, person, input.email, hash);
  const joined = await changePeople(table, invitation.party, person, atConsole, async (now) => {
    // first: who came in by this very link has ended it, and that is told
    const members = await listMembers(table, invitation.party);
    const { invitation: before, party } = await openInvitation(people, secret);
    if (members.some(({ id }) => id === person)) throw new Rejected('already-member');
    assertNobodys(members, input.email);
    const { member, person: digest } = bindingMember({
      id: person,
      ...memberOf(party),
      ...input,
      roles: before.roles,
    });
    return {
      writes: [
        changingInvitation(table, before, { ...before, ended: 'accepted' }),
        ...joining(table, member),
        pointing(table, hash, keys.memberPlace(party.id, person), true),
        ...linkingAccounts(table, person, accounts),
        ...requestOwnRechecks(table, member, now),
      ],
      told: {
        type: 'member-joined',
        invitation: before.id,
        member: person,
        roles: before.roles,
        person: digest,
        ...accountsTold(accounts),
      },
      result: member,
    };
  });
  await handBack(table, joined);
  return joined;
}
