import type { Bar } from '../domain/bar.ts';
import { leadRoleOf, type Member } from '../domain/party.ts';
import { isSameMailbox } from '../domain/same/mailbox.ts';
import type { Assignee } from '../domain/task.ts';
import { type Instant, instant } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { isContact } from '../kinds/eligibility.ts';
import { typeOfAsked } from '../kinds/partner.ts';
import { accountsOf } from '../store/accounts.ts';
import { listAddresses } from '../store/addresses.ts';
import { readCase } from '../store/cases.ts';
import { membersByName } from '../store/interests.ts';
import { membersOf } from '../store/parties.ts';
import type { Table } from '../store/table.ts';
import { addressesOf } from './applicants-side.ts';
import { noteEvent, writeByWorkflow } from './write-by-workflow.ts';

/** The contact's address, where nobody confirmed it as the organization's: whoever typed it may have typed anybody's. */
async function typedContact(table: Table, { contact, organizationParty }: Case): Promise<string | undefined> {
  const email = contact?.email;
  if (email === undefined || organizationParty === undefined) return email;
  const own = await listAddresses(table, organizationParty);
  return own.some((one) => one.confirmedAt && isSameMailbox(one.email, email)) ? undefined : email;
}

/** Those of `people` whom what the applicant typed keeps from the case, and by what. Cost: a Query and two reads a person. */
async function typedBars(table: Table, subject: Case, people: readonly Member[], at: Instant): Promise<Bar[]> {
  const ids = people.map(({ id }) => id);
  const [accounts, email] = await Promise.all([accountsOf(table, ids), typedContact(table, subject)]);
  const byName = await membersByName(table, [...new Set(ids.flatMap(accounts))], subject);
  const bars = await Promise.all(
    people.map(async ({ id: member, party }): Promise<Bar[]> => {
      const addresses = email === undefined ? [] : await addressesOf(table, accounts(member));
      if (addresses.some((one) => isContact(subject, one))) return [{ member, party, by: 'contact', at }];
      const isNamed = accounts(member).some((one) => byName.has(one));
      return isNamed ? [{ member, party, by: 'organization', at }] : [];
    }),
  );
  return bars.flat();
}

/**
 * Keeps in the case, with an event of which those who lead them are told, whom of those who are asked what the applicant typed
 * keeps from answering: nobody bars anybody unseen. Cost: a Query, and for each who may be asked a Query and two reads;
 * a transaction of two items and a read where somebody is barred who was not.
 * @returns the case, with them
 */
export async function noteBars(table: Table, subject: Case, asked: Assignee | undefined): Promise<Case> {
  if (asked?.type !== 'party') return subject;
  const { party, roles } = asked;
  const people = await membersOf(table, party, [...roles, leadRoleOf[typeOfAsked(subject, party)]]);
  const known = new Set((subject.bars ?? []).map(({ member }) => member));
  const at = instant(Date.now());
  const found = await typedBars(
    table,
    subject,
    people.filter(({ id }) => !known.has(id)),
    at,
  );
  if (found.length === 0) return subject;
  const members = found.map(({ member }) => ({ member, party }));
  const change = noteEvent({ ...subject, bars: [...(subject.bars ?? []), ...found] }, { type: 'barred', at, members });
  await writeByWorkflow(table, change);
  // what is written next goes on from the event that this made
  return (await readCase(table, subject.id)) ?? change.after;
}
