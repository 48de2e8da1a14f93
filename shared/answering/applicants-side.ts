import { isLifted } from '../domain/bar.ts';
import type { MemberId, PartyId } from '../domain/ids.ts';
import type { Member } from '../domain/party.ts';
import { isSameMailbox } from '../domain/same/mailbox.ts';
import type { OpenTask } from '../domain/task.ts';
import type { Case } from '../kinds/case.ts';
import { isContact } from '../kinds/eligibility.ts';
import { deriveKey } from '../secrets/derive-key.ts';
import { lookupHash, mailAddressHash } from '../secrets/lookup-hash.ts';
import { accountsOf } from '../store/accounts.ts';
import { addressOwner, listAddresses, mailboxOwner } from '../store/addresses.ts';
import { readCases } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { membershipsOf } from '../store/parties.ts';
import { placesOf } from '../store/people.ts';
import type { Table } from '../store/table.ts';

/** The mail addresses of accounts, in whichever party they have them. Cost: a Query an account. */
export async function addressesOf(table: Table, accounts: readonly MemberId[]): Promise<string[]> {
  const memberships = await Promise.all(accounts.map((id) => membershipsOf(table, id)));
  return [...new Set(memberships.flat().map(({ email }) => email))];
}

/** Tells those of `people` who are the applicant, with whichever of their accounts. Cost: a read a person and a Query an account. */
type ApplicantsAmong = (people: readonly Member[]) => Promise<ReadonlySet<MemberId>>;

/**
 * Who is the applicant by a mail address of theirs: the contact of the case, or one that the organization whose case it is
 * confirmed as its own. Whose address it is answers for nobody else. Cost: a Query for a case of an organization with an
 * account.
 */
export async function applicantsOf(table: Table, subject: Case): Promise<ApplicantsAmong> {
  const { organizationParty } = subject;
  const all = organizationParty === undefined ? [] : await listAddresses(table, organizationParty);
  const confirmed = all.filter(({ confirmedAt }) => confirmedAt !== undefined);
  if (subject.contact?.email === undefined && confirmed.length === 0) return async () => new Set();
  const isConfirmed = (email: string) => confirmed.some((one) => isSameMailbox(one.email, email));
  const isApplicants = (id: MemberId) => (email: string) =>
    isConfirmed(email) || (isContact(subject, email) && !isLifted(subject, id));
  return async (people) => {
    const ids = people.map(({ id }) => id);
    const accounts = await accountsOf(table, ids);
    const found = await Promise.all(
      ids.map(async (id) => ((await addressesOf(table, accounts(id))).some(isApplicants(id)) ? [id] : [])),
    );
    return new Set(found.flat());
  };
}

/** On whose side a mail address puts whoever has it, for lists of many cases. */
export interface AddressSide {
  /** the organization that confirmed it as its own */
  readonly organization: PartyId | undefined;
  /** those of the tasks whose case has it as its contact */
  contactOf(tasks: readonly OpenTask[]): Promise<ReadonlySet<OpenTask>>;
}

/** Cost: two reads and two Queries; `contactOf` reads nothing for an address that no case has, else needs and cases that know it. */
export async function sideOfAddress(
  { table, macKeyId }: Pick<Hub, 'table' | 'macKeyId'>,
  email: string,
): Promise<AddressSide> {
  const key = await deriveKey(macKeyId, 'lookup');
  const [mailbox, address] = [lookupHash(key, 'mail', email), mailAddressHash(key, email)];
  const [owner, owns, ...places] = await Promise.all([
    mailboxOwner(table, mailbox),
    addressOwner(table, address),
    placesOf(table, mailbox),
    placesOf(table, address),
  ]);
  const organization = owner ?? owns;
  const known = new Set(places.flat().flatMap((place) => (place.type === 'case' ? [place.id] : [])));
  return {
    organization,
    async contactOf(tasks) {
      // a linked need took over whom to ask, and is not known by it
      const mayBe = tasks.filter(({ caseId, kind }) => known.has(caseId) || (known.size > 0 && kind === 'need'));
      const asked = [...new Set(mayBe.map(({ caseId }) => caseId))];
      if (asked.length === 0) return new Set();
      // it may have been the contact once, and not be any more
      const theirs = new Set(
        (await readCases(table, asked)).filter((one) => isContact(one, email)).map(({ id }) => id),
      );
      return new Set(tasks.filter(({ caseId }) => theirs.has(caseId)));
    },
  };
}
