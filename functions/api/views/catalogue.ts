import * as z from 'zod';
import { organizationTypes } from '../../../shared/domain/applicant.ts';
import { MailPace } from '../../../shared/domain/digest.ts';
import { OfferId, PartyId, ProgrammeId } from '../../../shared/domain/ids.ts';
import { itemGroups } from '../../../shared/domain/item-group.ts';
import { memberFields, type Offer, partyTypes } from '../../../shared/domain/party.ts';
import { Instant, LocalDate, localDate } from '../../../shared/domain/time.ts';
import { isOpen, type Programme } from '../../../shared/entities/programme/programme.ts';
import { type Seat, seats } from '../../../shared/entities/programme/team.ts';
import type { Suggestion } from '../../../shared/kinds/need/matching.ts';

const Count = z.int().min(0);

/**
 * A programme; amounts in fen. What is left of the budget is shown to its funder only: `budget` is `available` and `reserved` and
 * `paid`, less what was `returned` or is owed back as not spent.
 */
export const ProgrammeView = z.object({
  id: ProgrammeId,
  name: z.string(),
  nameEn: z.string().optional(),
  funder: PartyId,
  funderName: z.string(),
  funderNameEn: z.string().optional(),
  purpose: z.string(),
  purposeEn: z.string().optional(),
  areas: z.array(z.string()),
  organizationTypes: z.array(z.enum(organizationTypes)),
  ceiling: Count,
  budget: Count,
  currency: z.literal('CNY'),
  available: Count.optional(),
  reserved: Count.optional(),
  paid: Count.optional(),
  returned: Count.optional(),
  /** whom the funder lacks to decide about applications, told to its own people; until somebody has come, they wait */
  lacks: z.array(z.enum(seats)).optional(),
  secondApprovalAbove: Count,
  closesOn: LocalDate,
  reportDueDays: Count,
  questions: z.array(
    z.object({ id: z.string(), text: z.string(), textEn: z.string().optional(), required: z.boolean() }),
  ),
  publishedAt: Instant,
  closedAt: Instant.optional(),
  open: z.boolean(),
});

/** @param budget whether what is left of the budget is shown */
export function viewProgramme(
  programme: Programme,
  budget: boolean,
  lacks?: readonly Seat[],
): z.infer<typeof ProgrammeView> {
  return ProgrammeView.parse({
    ...programme,
    lacks,
    currency: 'CNY',
    ...(!budget && { available: undefined, reserved: undefined, paid: undefined, returned: undefined }),
    open: isOpen(programme, localDate(Date.now())),
  });
}

/** An offer: what somebody wants to give, and how much of it is left. */
export const OfferView = z.object({
  id: OfferId,
  party: PartyId,
  partyName: z.string(),
  partyNameEn: z.string().optional(),
  title: z.string(),
  itemGroup: z.enum(itemGroups),
  areas: z.array(z.string()),
  amount: Count,
  available: Count,
  expiresOn: LocalDate.optional(),
  note: z.string().optional(),
  madeAt: Instant,
});

export function viewOffer(offer: Offer): z.infer<typeof OfferView> {
  return OfferView.parse(offer);
}

/** An offer that fits a need: the lines it could serve, and pieces of them (null when their amounts are unknown). */
export const SuggestionView = z.object({ offer: OfferView, lines: z.array(z.string()), pieces: Count.nullable() });

export function viewSuggestion(suggestion: Suggestion): z.infer<typeof SuggestionView> {
  return { ...suggestion, lines: [...suggestion.lines], offer: viewOffer(suggestion.offer) };
}

/** What a person is a member of. */
export const MeView = z.object({
  memberships: z.array(
    z
      .object(memberFields)
      .pick({ party: true, partyType: true, partyName: true, partyNameEn: true, language: true, roles: true })
      .extend({ name: z.string(), mails: MailPace }),
  ),
});

/** A party that goods can be asked of. */
export const PartyView = z.object({
  id: PartyId,
  type: z.enum(partyTypes),
  name: z.string(),
  nameEn: z.string().optional(),
});
