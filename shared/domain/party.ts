import * as z from 'zod';
import { Email, PublicPhone } from './applicant.ts';
import { MailPace, usualPace } from './digest.ts';
import { MemberId, OfferId, PartyId, Slug } from './ids.ts';
import { itemGroups } from './item-group.ts';
import { Language } from './language.ts';
import { classed } from './privacy/classes.ts';
import { line, optionalLine } from './text.ts';
import { Instant, LocalDate } from './time.ts';

export const partyTypes = ['organization', 'funder', 'hub', 'insurer', 'auditor', 'operator'] as const;
export type PartyType = (typeof partyTypes)[number];

/** How everybody reaches a hub: its own numbers and addresses, not those of a person. */
export const PublicContact = z.strictObject(
  classed('public', {
    phones: z.array(PublicPhone).max(3).default([]),
    wechat: optionalLine(40),
    email: z.email().max(254).optional(),
    address: optionalLine(200),
    addressEn: optionalLine(200),
    /** when somebody answers, as the hub says it: `8:00–20:00` */
    hours: optionalLine(60),
  }),
);
export type PublicContact = z.infer<typeof PublicContact>;

/**
 * An organization, a funder (or other donor), a hub or an insurer; an auditor, who reads everything and changes nothing;
 * an operator, who runs the machines and sees no case.
 */
export const Party = z.strictObject(
  classed('public', {
    id: PartyId,
    type: z.enum(partyTypes),
    name: line(120),
    nameEn: optionalLine(120),
    /** the hub above this one: a province above its cities */
    parent: PartyId.optional(),
    /** pages and mails say it wherever they send people to the hub */
    contact: PublicContact.optional(),
  }),
);
export type Party = z.infer<typeof Party>;

/** The roles that people can have in a party of each type. */
export const rolesOf = {
  organization: ['applicant', 'manager'],
  funder: ['reviewer', 'approver', 'finance', 'programme-manager'],
  hub: ['coordinator', 'lead'],
  insurer: ['insurer'],
  auditor: ['auditor'],
  operator: ['operator'],
} as const satisfies Record<PartyType, readonly string[]>;

export const roles = [
  ...rolesOf.organization,
  ...rolesOf.funder,
  ...rolesOf.hub,
  ...rolesOf.insurer,
  ...rolesOf.auditor,
  ...rolesOf.operator,
] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** The role that leads a party of each type: it invites, changes roles and removes, and gets what nobody else can take. */
export const leadRoleOf = {
  organization: 'manager',
  funder: 'programme-manager',
  hub: 'lead',
  insurer: 'insurer',
  auditor: 'auditor',
  operator: 'operator',
} as const satisfies { readonly [T in PartyType]: (typeof rolesOf)[T][number] };

/** Whether people can have the role in a party of this type. */
export function isRoleOf(type: PartyType, role: Role): boolean {
  const possible: readonly Role[] = rolesOf[type];
  return possible.includes(role);
}

/** What is kept of a person in a party. */
export const memberFields = {
  ...classed('party', {
    id: MemberId,
    party: PartyId,
    partyType: z.enum(partyTypes),
    partyName: z.string(),
    partyNameEn: z.string().optional(),
    language: Language.default('zh'),
    roles: z.array(Role).min(1),
    /** how often they are told by mail what their desk is asked, where they chose; see {@link paceOf} */
    mails: MailPace.optional(),
    /** what the link to their calendar of due dates must name, where they have one */
    calendar: Slug.optional(),
  }),
  ...classed('personal', {
    name: line(60),
    email: Email,
    /** with which the trail of the party's people binds name and address; goes with the membership */
    salt: z.string().optional(),
  }),
};

/** What a member's item repeats of their party. */
export function memberOf({ id, type, name, nameEn }: Party) {
  return { party: id, partyType: type, partyName: name, partyNameEn: nameEn };
}

/** A person in a party, with the roles they have there: such as a party of that type has. */
export const Member = z
  .strictObject(memberFields)
  .refine(({ partyType, roles: held }) => held.every((role) => isRoleOf(partyType, role)), {
    path: ['roles'],
    params: { code: 'not-a-choice' },
  });
export type Member = z.infer<typeof Member>;

/** How often a member is told by mail what their desk is asked. */
export function paceOf({ mails = usualPace }: Pick<Member, 'mails'>): MailPace {
  return mails;
}

/** What a funder or other donor wants to give: what, where, how much of it. */
export const OfferInput = z.strictObject({
  ...classed('party', {
    title: line(120),
    itemGroup: z.enum(itemGroups),
    /** provinces or cities; none means everywhere */
    areas: z.array(line(40)).max(50).default([]),
    /** pieces in all */
    amount: z.int().min(1).max(1_000_000_000),
    expiresOn: LocalDate.optional(),
  }),
  ...classed('personal', { note: optionalLine(500) }),
});
export type OfferInput = z.infer<typeof OfferInput>;

export const Offer = OfferInput.extend(
  classed('party', {
    id: OfferId,
    party: PartyId,
    partyName: z.string(),
    partyNameEn: z.string().optional(),
    madeAt: Instant,
    /** what is not yet approved for a need */
    available: z.int().min(0),
  }),
);
export type Offer = z.infer<typeof Offer>;
