import * as z from 'zod';
import { Email, organizationTypes, PublicPhone } from '../../domain/applicant.ts';
import { MemberId, OrganizationId, PartyId } from '../../domain/ids.ts';
import { languages } from '../../domain/language.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { line, optionalLine } from '../../domain/text.ts';
import { Instant, LocalDate } from '../../domain/time.ts';
import type { KnownBy } from './likeness.ts';
import { Registration } from './registration.ts';

/** Where an organization is, as far as it is known: a body of a province has no district. */
const Where = z.strictObject(
  classed('public', { province: line(40), city: optionalLine(40), district: optionalLine(40) }),
);

const Count = z.int().min(0).max(100_000_000);

/** What allocation and coverage must know of a body. */
const Attributes = z.strictObject(
  classed('public', {
    /** whether it takes patients in whom the illness was confirmed */
    takesConfirmed: z.boolean().optional(),
    /** of a hospital, as it is called: 三级甲等 */
    level: optionalLine(40),
    beds: Count.optional(),
    staff: Count.optional(),
    peopleServed: Count.optional(),
    householdsServed: Count.optional(),
  }),
);

/** How a desk of the organization is reached. A desk, and no person: who is asked about a case stands in the case. */
const Desk = z.strictObject(
  classed('party', {
    desk: line(60),
    phone: PublicPhone.optional(),
    email: Email.optional(),
  }),
);

/** What an organization may receive, and through whom where it may not by itself. */
const Consignee = z.strictObject(
  classed('party', {
    goods: z.boolean().default(false),
    medicalGoods: z.boolean().default(false),
    money: z.boolean().default(false),
    /** a consignee that is qualified, or a fiscal host */
    through: OrganizationId.optional(),
  }),
);

/** An organization as staff enter it. */
export const OrganizationInput = z.strictObject({
  ...classed('public', {
    name: line(120),
    aliases: z.array(line(120)).max(20).default([]),
    type: z.enum(organizationTypes).default('other'),
    languages: z.array(z.enum(languages)).max(languages.length).default([]),
    /** the body that this one is a branch or campus of */
    parent: OrganizationId.optional(),
  }),
  ...classed('party', { address: optionalLine(200) }),
  place: Where,
  registrations: z.array(Registration).max(5).default([]),
  attributes: Attributes.default({}),
  desks: z.array(Desk).max(10).default([]),
  consignee: Consignee.default({ goods: false, medicalGoods: false, money: false }),
});
export type OrganizationInput = z.infer<typeof OrganizationInput>;

/** The same once more, by whoever read this version of the record, with the reason. */
export const OrganizationChange = OrganizationInput.extend(
  classed('party', { version: z.int().min(1), reason: line(300) }),
);

/** The member who did something, and for whom. */
const By = z.strictObject(classed('party', { member: MemberId, party: PartyId }));

export const checkKinds = ['registration', 'list', 'document', 'visit', 'telephone'] as const;
export const checkResults = ['passed', 'failed', 'unclear'] as const;

/** What somebody found out about an organization: in a register, on a list of names, by papers, by going there, by telephone. */
export const CheckInput = z.strictObject(
  classed('party', {
    what: z.enum(checkKinds),
    on: LocalDate,
    /** the last day on which it holds; left out, it holds until the next one */
    until: LocalDate.optional(),
    result: z.enum(checkResults),
    note: optionalLine(300),
  }),
);

/** A check with who made it. */
const Check = CheckInput.extend(classed('party', { by: By, at: Instant }));

/** The most checks that a record keeps: the oldest goes. Each stays in the history. */
export const MOST_CHECKS = 50;

/** The record of an organization: one a body, for all hubs and funders. */
export const Organization = OrganizationInput.extend({
  ...classed('public', { id: OrganizationId, version: z.int().min(1), enteredAt: Instant, changedAt: Instant }),
  registrations: z.array(z.strictObject(classed('public', { scheme: z.string(), number: z.string() }))),
  checks: z.array(Check).max(MOST_CHECKS).default([]),
});
export type Organization = z.infer<typeof Organization>;

/** What was done to a record: for its page. The chain of traces says the same by ids. */
export const OrganizationStep = z.strictObject(
  classed('party', {
    at: Instant,
    by: By,
    on: z.enum(['entered', 'changed', 'checked']),
    /** the fields of the record that changed */
    fields: z.array(z.string()),
    reason: optionalLine(300),
    check: z.enum(checkKinds).optional(),
  }),
);
export type OrganizationStep = z.infer<typeof OrganizationStep>;

export const sayings = ['same', 'other', 'branch'] as const;

/** What staff say of two records, once: one body, two, or that this one is a branch of the other. */
export const SayingInput = z.strictObject(
  classed('party', { about: OrganizationId, says: z.enum(sayings), reason: optionalLine(300) }),
);

/** Why it is taken back. */
export const TakeBackInput = z.strictObject(classed('party', { reason: line(300) }));

/** A saying as each of both records has it: `has-branch` is what the other one has of a branch. */
export const Saying = z.strictObject(
  classed('party', {
    about: OrganizationId,
    says: z.enum([...sayings, 'has-branch']),
    by: By,
    at: Instant,
    reason: optionalLine(300),
  }),
);
export type Saying = z.infer<typeof Saying>;

/** What an organization is compared with others by. */
export function knownBy({
  name,
  aliases,
  place,
  registrations,
  desks,
  address,
}: Omit<OrganizationInput, 'attributes'>): KnownBy {
  const { province, city = '', district = '' } = place;
  return {
    name,
    aliases,
    place: { province, city, district },
    registrations,
    telephones: desks.flatMap(({ phone }) => phone ?? []),
    mails: desks.flatMap(({ email }) => email ?? []),
    addresses: address === undefined ? [] : [address],
  };
}

/** The check of each sort that holds on a day: the last one that was made. */
export function checksOn({ checks }: Organization, today: LocalDate): readonly z.infer<typeof Check>[] {
  return checkKinds.flatMap((what) => {
    const last = checks.filter((one) => one.what === what).at(-1);
    return last && (last.until === undefined || last.until >= today) ? [last] : [];
  });
}
