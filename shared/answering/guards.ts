import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { isLifted } from '../domain/bar.ts';
import type { Actor } from '../domain/case-base.ts';
import { Rejected, type RejectionCode } from '../domain/errors.ts';
import type { MemberId } from '../domain/ids.ts';
import type { Member, Role } from '../domain/party.ts';
import { isSameMailbox } from '../domain/same/mailbox.ts';
import type { Assignee } from '../domain/task.ts';
import type { Case } from '../kinds/case.ts';
import { isContact, peopleOf, standsAgainst } from '../kinds/eligibility.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { lookupHash, mailAddressHash } from '../secrets/lookup-hash.ts';
import { accountsOf } from '../store/accounts.ts';
import { isNotConfirmed, isNotItsMailbox, listAddresses } from '../store/addresses.ts';
import type { Hub } from '../store/hub.ts';
import { freeOfInterest } from '../store/interests.ts';
import { stillMember } from '../store/membership-check.ts';
import { standInsUnchanged } from '../store/stand-ins.ts';
import { ConditionFailed, type Table } from '../store/table.ts';
import { type ActingMember, actorOf } from './acting.ts';
import { addressesOf } from './applicants-side.ts';

/**
 * What must still be so when a person's change is written: a condition in its own transaction, and what the person is told
 * when it is not. It is the same wall for a page that was open for long, a link in a mail and a call of the API.
 */
export interface Guard {
  readonly check: TransactWriteItem;
  readonly refused: RejectionCode;
}

/** The hub's people who work on a case. */
export function coordinators({ hub }: Case): Extract<Assignee, { type: 'party' }> {
  return { type: 'party', party: hub, roles: ['coordinator', 'lead'] };
}

/** The roles in which a member answers: those of theirs that are asked; an organization's own people answer in any. */
function inWhich(member: Member, asked: Assignee): readonly Role[] {
  const held = asked.type === 'party' ? member.roles.filter((role) => asked.roles.includes(role)) : [];
  return held.length > 0 ? held : member.roles;
}

/**
 * That people are not the applicant under another name: by a mail address that is the case's contact, or one that the
 * organization whose case it is confirmed as its own. Cost: a Query an account, and two items an address for a case of an
 * organization with an account.
 * @throws {@link Rejected} `both-sides` where it is the contact's
 */
async function notTheApplicants(
  { table, macKeyId }: Pick<Hub, 'table' | 'macKeyId'>,
  subject: Case,
  people: readonly MemberId[],
): Promise<Guard[]> {
  const accounts = await accountsOf(table, people);
  const emails = await addressesOf(table, people.flatMap(accounts));
  for (const person of people.filter((one) => !isLifted(subject, one))) {
    const own = await addressesOf(table, accounts(person));
    if (own.some((email) => isContact(subject, email))) throw new Rejected('both-sides');
  }
  const { organizationParty } = subject;
  if (organizationParty === undefined) return [];
  // one that was confirmed before mailboxes were folded is found by itself alone
  const own = (await listAddresses(table, organizationParty)).filter(({ confirmedAt }) => confirmedAt !== undefined);
  if (own.some((one) => emails.some((email) => isSameMailbox(one.email, email)))) throw new Rejected('both-sides');
  const key = await deriveKey(macKeyId, 'lookup');
  // people may share a mailbox, and a transaction takes each item once
  const exact = new Set(emails.map((email) => mailAddressHash(key, email)));
  const mailboxes = new Set(emails.map((email) => lookupHash(key, 'mail', email)));
  const checks = [
    ...[...exact].map((hash) => isNotConfirmed(table, organizationParty, hash)),
    ...[...mailboxes].map((hash) => isNotItsMailbox(table, organizationParty, hash)),
  ];
  return checks.map((check) => ({ check, refused: 'both-sides' }));
}

/** That a person is still a member in one of these roles, all of theirs unless told. */
export function stillThere(table: Table, { member }: ActingMember, roles: readonly Role[] = member.roles): Guard {
  return { check: stillMember(table, member, roles), refused: 'membership-ended' };
}

/**
 * Everything that must hold when a member acts on a case: still in their roles, free of any interest in it, they and
 * whoever they stand in for. Cost: a Query a person, and at most six items in the transaction for a member, thirteen for a
 * stand-in, and one for each mail address that they have in other parties.
 * @param asked whose the answer is
 * @throws {@link Rejected} `both-sides` when they, or whoever they stand in for, are the applicant by their mail address
 */
export async function guardsOf(
  hub: Pick<Hub, 'table' | 'macKeyId'>,
  subject: Case,
  acting: ActingMember,
  asked: Assignee,
): Promise<readonly Guard[]> {
  const { table } = hub;
  const { member, inPlaceOf } = acting;
  const membership = [stillThere(table, acting, inPlaceOf ? member.roles : inWhich(member, asked))];
  if (inPlaceOf) {
    const away = stillMember(table, inPlaceOf.member, inWhich(inPlaceOf.member, asked));
    for (const check of [standInsUnchanged(table, inPlaceOf.standIns), away])
      membership.push({ check, refused: 'stand-in-ended' });
  }
  // an organization's own people act for it
  if (member.party === subject.organizationParty) return membership;
  const by = actorOf(acting);
  const sides = await notTheApplicants(hub, subject, peopleOf(by));
  const lifted = peopleOf(by).filter((one) => isLifted(subject, one));
  const accounts = await accountsOf(table, lifted);
  const ofLifted = new Set(lifted.flatMap(accounts));
  const free = freeOfInterest(table, await accountsBy(table, by), subject, (one) => ofLifted.has(one));
  return [...membership, ...sides, ...free.map((check): Guard => ({ check, refused: 'interest-declared' }))];
}

/** Tells the person what no longer held, where a transaction that began with the guards failed by one. @throws {@link Rejected} */
export function assertGuarded(guards: readonly Guard[], error: unknown): void {
  const guard = error instanceof ConditionFailed ? guards[error.index] : undefined;
  if (guard) throw new Rejected(guard.refused);
}

/** All accounts of those who count for what is done. Cost: a read a person. */
async function accountsBy(table: Table, by: Actor): Promise<readonly MemberId[]> {
  const people = peopleOf(by);
  return [...new Set(people.flatMap(await accountsOf(table, people)))];
}

/**
 * Cost: a read a person.
 * @throws {@link Rejected} `both-sides` when one person would have acted for who asks and for who gives; `same-person` when
 * they would have answered twice where two are needed
 */
export async function assertMayGive(table: Table, subject: Case, outcome: string, by: Actor): Promise<void> {
  const refused = standsAgainst(subject, outcome, by, await accountsOf(table, peopleOf(by)));
  if (refused) throw new Rejected(refused);
}
