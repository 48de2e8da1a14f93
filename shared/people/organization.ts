import { createHash } from 'node:crypto';
import { type ActingMember, actorOf, assertMay } from '../answering/acting.ts';
import { recheckCases } from '../answering/recheck-cases.ts';
import { assertPartyMaySend } from '../case/limits.ts';
import { Rejected } from '../domain/errors.ts';
import { type MemberId, newSlug, PartyId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Letter } from '../domain/letter.ts';
import {
  Address,
  AddressInput,
  CONFIRMATION_DAYS,
  MOST_ADDRESSES,
  MOST_LETTERS,
  RegistrationInput,
} from '../domain/organization.ts';
import { type Member, memberOf, Party } from '../domain/party.ts';
import { parseInput } from '../domain/problems.ts';
import { isSameMailbox } from '../domain/same/mailbox.ts';
import { type Instant, instant } from '../domain/time.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { openLetterSecret } from '../secrets/letter-link.ts';
import { lookupHash, mailAddressHash } from '../secrets/lookup-hash.ts';
import { linkingAccounts } from '../store/accounts.ts';
import {
  addressOwner,
  confirmingAddress,
  listAddresses,
  mailboxOwner,
  readAddress,
  releasingAddress,
  savingAddress,
} from '../store/addresses.ts';
import { indexKeys, keys } from '../store/keys.ts';
import { posting } from '../store/letters.ts';
import { creatingParty, joining, membershipsOf, readMember, readParty } from '../store/parties.ts';
import { pointing } from '../store/people.ts';
import { requestRecheck } from '../store/recheck.ts';
import type { Table } from '../store/table.ts';
import { atConsole, changePeople, type Through } from './change-people.ts';
import { claimCases } from './claim.ts';
import { partyDigest } from './enter-party.ts';
import { assertStillMay } from './leading.ts';
import { bindingMember } from './member-digest.ts';
import { accountsTold, otherAccounts } from './one-person.ts';

const DAY = 86_400_000;
/** Cases that whoever changes an address waits for; the sweep looks at the others. */
const AT_ONCE = 25;

interface People {
  readonly table: Table;
  readonly macKeyId: string;
}

function letterFor({ party, hash, version }: Address, at: Instant, by?: PartyId): Letter {
  return { type: 'confirm-address', id: newSlug(), at, ...(by && { by }), party, address: hash, version };
}

async function pendingAddress(people: People, party: PartyId, email: string, language: Language, now: Instant) {
  const key = await deriveKey(people.macKeyId, 'lookup');
  const [hash, mailbox] = [mailAddressHash(key, email), lookupHash(key, 'mail', email)];
  const endsAt = instant(Date.parse(now) + CONFIRMATION_DAYS * DAY);
  return Address.parse({ party, hash, mailbox, email, language, version: 1, askedAt: now, endsAt });
}

/** The hash of an address's mailbox, also of one that was asked for before mailboxes were folded. */
async function hashOf({ macKeyId }: People, { mailbox, email }: Address): Promise<string> {
  return mailbox ?? lookupHash(await deriveKey(macKeyId, 'lookup'), 'mail', email);
}

/** The id of the organization that a person registers: the same when they send the form twice. */
async function idFor(table: Table, person: MemberId): Promise<PartyId> {
  const base = createHash('sha256').update(`organization of ${person}`).digest('hex').slice(0, 12);
  for (let time = 1; ; time++) {
    const id = PartyId.parse(`o-${base}${time > 1 ? `-${time}` : ''}`);
    const known = await readParty(table, id);
    // one that they registered and have left is no longer theirs
    if (!known || (await readMember(table, id, person))) return id;
  }
}

/**
 * Registers the organization of a person who is a member of none: they manage it, and a letter asks the organization's
 * address to confirm that it is its own. Until then nothing belongs to it.
 * @param vouched the mail address that the issuer says it has verified
 * @throws {@link Rejected} `already-member`, `invalid`
 */
export async function registerOrganization(
  people: People,
  person: MemberId,
  body: unknown,
  vouched?: string,
): Promise<Member> {
  const { organization, email, name, language } = parseInput(RegistrationInput, body);
  const { table } = people;
  if ((await membershipsOf(table, person)).length > 0) throw new Rejected('already-member');
  const party = Party.parse({ id: await idFor(table, person), type: 'organization', name: organization });
  const roles: Member['roles'] = ['manager'];
  const { member, person: digest } = bindingMember({ id: person, ...memberOf(party), name, email, language, roles });
  return changePeople(table, party.id, person, atConsole, async (now) => {
    if (await readParty(table, party.id)) throw new Rejected('already-member');
    const address = await pendingAddress(people, party.id, email, language, now);
    const mailbox = await hashOf(people, address);
    // what somebody only typed makes nobody one person with anybody
    const isTheirs = vouched !== undefined && isSameMailbox(vouched, email);
    const accounts = isTheirs ? await otherAccounts(table, person, email, mailbox) : [];
    return {
      writes: [
        creatingParty(table, party),
        ...joining(table, member),
        savingAddress(table, address),
        // the form asks for one address, which is the member's as well
        pointing(table, mailbox, keys.memberPlace(party.id, person), isTheirs),
        pointing(table, mailbox, keys.addressPlace(party.id, address.hash)),
        ...linkingAccounts(table, person, accounts),
        posting(table, letterFor(address, now)),
      ],
      told: {
        type: 'organization-registered',
        digest: partyDigest(party),
        person: digest,
        ...accountsTold(accounts),
      },
      result: member,
    };
  });
}

/**
 * Asks, by a letter to it, whether an address is the organization's; the same again sends another letter, and the link in
 * the one before is void.
 * @throws {@link Rejected} `forbidden`, `already-exists` when it is confirmed, `enough-of-these`, `invalid`
 */
export async function addAddress(
  people: People,
  member: Member,
  body: unknown,
  through: Through = atConsole,
): Promise<Address> {
  const { email } = parseInput(AddressInput, body);
  const { table } = people;
  return changePeople(table, member.party, member.id, through, async (now) => {
    assertStillMay(await readMember(table, member.party, member.id), 'claim-cases');
    const fresh = await pendingAddress(people, member.party, email, member.language, now);
    const all = await listAddresses(table, member.party);
    const before = all.find(({ hash }) => hash === fresh.hash);
    if (before?.confirmedAt) throw new Rejected('already-exists');
    if (!before && all.length >= MOST_ADDRESSES)
      throw new Rejected('enough-of-these', { params: { maximum: MOST_ADDRESSES } });
    if (before && before.version >= MOST_LETTERS)
      throw new Rejected('enough-of-these', { params: { maximum: MOST_LETTERS } });
    await assertPartyMaySend(table, member.party);
    const address = before ? { ...fresh, version: before.version + 1 } : fresh;
    return {
      writes: [
        savingAddress(table, address, before),
        pointing(table, await hashOf(people, address), keys.addressPlace(member.party, address.hash)),
        posting(table, letterFor(address, now, member.party)),
      ],
      told: { type: 'address-asked', address: address.hash },
      made: address.hash,
      result: address,
    };
  });
}

/**
 * The addresses of a member's organization. What came in at the very moment an address was confirmed becomes the
 * organization's here. Cost: a Query, and one more an address that is confirmed.
 * @throws {@link Rejected} `forbidden`
 */
export async function ownAddresses(table: Table, acting: ActingMember): Promise<Address[]> {
  const { party } = acting.member;
  assertMay(acting, 'claim-cases', { ownedBy: party });
  const addresses = await listAddresses(table, party);
  for (const { hash, confirmedAt } of addresses) if (confirmedAt) await claimCases(table, party, hash, actorOf(acting));
  return addresses;
}

/**
 * The address that the link in a letter is about.
 * @throws {@link Rejected} `not-found` for what is no such link, and for whoever is no member of the organization: who has
 * the mailbox alone takes no part; `letter-over` when it was used, has expired or was sent anew
 */
export async function openAddress(people: People, person: MemberId, secret: string): Promise<Address> {
  const link = openLetterSecret(await deriveKey(people.macKeyId, 'letter'), 'address', secret);
  const address = link && (await readAddress(people.table, link.party, link.id));
  if (!address || !(await readMember(people.table, address.party, person))) throw new Rejected('not-found');
  const good = !address.confirmedAt && address.version === link.version && address.endsAt > instant(Date.now());
  if (!good) throw new Rejected('letter-over');
  return address;
}

/**
 * Confirms an address: what it was asked of is the organization's now, and the cases that have it as their contact. An
 * address belongs to one organization, the first that confirms it.
 * @throws {@link Rejected} as {@link openAddress}; `address-taken`
 * @returns how many cases there were that belong to it now
 */
export async function confirmAddress(people: People, person: MemberId, secret: string): Promise<number> {
  const { table } = people;
  const { party } = await openAddress(people, person, secret);
  const whose = indexKeys.ofOrganization(party);
  const { hash, at } = await changePeople(table, party, person, atConsole, async (now) => {
    const before = await openAddress(people, person, secret);
    const mailbox = await hashOf(people, before);
    const owners = [await addressOwner(table, before.hash), await mailboxOwner(table, mailbox)];
    if (owners.some((owner) => owner !== undefined && owner !== party)) throw new Rejected('address-taken');
    // whoever opened the mail has the mailbox: where it is theirs as a member, it is shown to be
    const member = await readMember(table, party, person);
    const isTheirs = member !== undefined && isSameMailbox(member.email, before.email);
    const accounts = isTheirs ? await otherAccounts(table, person, before.email, mailbox) : [];
    return {
      writes: [
        ...confirmingAddress(table, { ...before, mailbox }, now),
        ...(isTheirs ? [pointing(table, mailbox, keys.memberPlace(party, person), true)] : []),
        ...linkingAccounts(table, person, accounts),
        requestRecheck(table, whose, now),
      ],
      told: { type: 'address-confirmed', address: before.hash, ...accountsTold(accounts) },
      result: { hash: before.hash, at: now },
    };
  });
  const claimed = await claimCases(table, party, hash, { type: 'member', member: person, party });
  await recheckCases(table, { whose, at }, AT_ONCE);
  return claimed;
}

/**
 * Gives up an address: it is no longer the organization's, and another may confirm it. Cases that are the organization's
 * stay so; those that come with the address from now on are not.
 * @param hash the address's, as {@link Address} has it
 * @throws {@link Rejected} `forbidden` for whoever does not manage the organization, `not-found`
 */
export async function releaseAddress(
  table: Table,
  member: Member,
  hash: string,
  through: Through = atConsole,
): Promise<void> {
  const { party } = member;
  const whose = indexKeys.ofOrganization(party);
  const at = await changePeople(table, party, member.id, through, async (now) => {
    assertStillMay(await readMember(table, party, member.id), 'release-address');
    const all = await listAddresses(table, party);
    const address = all.find((one) => one.hash === hash);
    if (!address) throw new Rejected('not-found');
    return {
      writes: [...releasingAddress(table, address, all), requestRecheck(table, whose, now)],
      told: { type: 'address-released', address: hash },
      result: now,
    };
  });
  await recheckCases(table, { whose, at }, AT_ONCE);
}
