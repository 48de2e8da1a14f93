import * as z from 'zod';
import { Email } from './applicant.ts';
import { MemberId, OfferId, PartyId } from './ids.ts';
import { Language } from './language.ts';
import { itemGroups } from './need/item-group.ts';
import { line, optionalLine } from './text.ts';
import { Instant, LocalDate } from './time.ts';

export const partyTypes = ['organization', 'funder', 'hub', 'insurer'] as const;

/** An organization, a funder (or other donor), a hub or an insurer. */
export const Party = z.strictObject({
  id: PartyId,
  type: z.enum(partyTypes),
  name: line(120),
  nameEn: optionalLine(120),
  /** the hub above this one: a province above its cities */
  parent: PartyId.optional(),
});
export type Party = z.infer<typeof Party>;

export const roles = [
  'coordinator',
  'lead',
  'reviewer',
  'approver',
  'finance',
  'programme-manager',
  'insurer',
  'manager',
] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** A person in a party, with the roles they have there. */
export const Member = z.strictObject({
  id: MemberId,
  party: PartyId,
  partyType: z.enum(partyTypes),
  partyName: z.string(),
  name: line(60),
  email: Email,
  language: Language.default('zh'),
  roles: z.array(Role).min(1),
});
export type Member = z.infer<typeof Member>;

/** What a funder or other donor wants to give: what, where, how much of it. */
export const OfferInput = z.strictObject({
  title: line(120),
  itemGroup: z.enum(itemGroups),
  /** provinces or cities; none means everywhere */
  areas: z.array(line(40)).max(50).default([]),
  /** pieces in all */
  amount: z.int().min(1).max(1_000_000_000),
  expiresOn: LocalDate.optional(),
  note: optionalLine(500),
});
export type OfferInput = z.infer<typeof OfferInput>;

export const Offer = OfferInput.extend({
  id: OfferId,
  party: PartyId,
  partyName: z.string(),
  madeAt: Instant,
  /** what is not yet approved for a need */
  available: z.int().min(0),
});
export type Offer = z.infer<typeof Offer>;
