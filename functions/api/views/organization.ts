import * as z from 'zod';
import { organizationTypes } from '../../../shared/domain/applicant.ts';
import { OrganizationId, PartyId } from '../../../shared/domain/ids.ts';
import { Language } from '../../../shared/domain/language.ts';
import { Instant, LocalDate } from '../../../shared/domain/time.ts';
import {
  checkKinds,
  checkResults,
  type Organization,
  type Saying,
  sayings,
} from '../../../shared/entities/organizations/organization.ts';
import type { Alike } from '../../../shared/store/organizations.ts';

const Count = z.int().min(0).optional();

/** How sure it is that a record is of the body that was asked for, and why. */
const MatchView = z.object({ verdict: z.enum(['same', 'probable', 'possible']), reasons: z.array(z.string()) });

/** The record of an organization. `match` says how it fits what was asked for, and stands in what was found alone. */
export const OrganizationView = z.object({
  id: OrganizationId,
  version: z.int(),
  name: z.string(),
  aliases: z.array(z.string()),
  type: z.enum(organizationTypes),
  languages: z.array(Language),
  place: z.object({ province: z.string(), city: z.string().optional(), district: z.string().optional() }),
  address: z.string().optional(),
  registrations: z.array(z.object({ scheme: z.string(), number: z.string() })),
  parent: OrganizationId.optional(),
  attributes: z.object({
    takesConfirmed: z.boolean().optional(),
    level: z.string().optional(),
    beds: Count,
    staff: Count,
    peopleServed: Count,
    householdsServed: Count,
  }),
  desks: z.array(z.object({ desk: z.string(), phone: z.string().optional(), email: z.string().optional() })),
  consignee: z.object({
    goods: z.boolean(),
    medicalGoods: z.boolean(),
    money: z.boolean(),
    through: OrganizationId.optional(),
  }),
  checks: z.array(
    z.object({
      what: z.enum(checkKinds),
      on: LocalDate,
      until: LocalDate.optional(),
      result: z.enum(checkResults),
      note: z.string().optional(),
      at: Instant,
      party: PartyId,
    }),
  ),
  enteredAt: Instant,
  changedAt: Instant,
  match: MatchView.optional(),
  /** what staff said of this record and others; stands in a single record alone */
  said: z
    .array(
      z.object({
        about: OrganizationId,
        says: z.enum([...sayings, 'has-branch']),
        at: Instant,
        party: PartyId,
        reason: z.string().optional(),
      }),
    )
    .optional(),
});

/** A record; who made a check is told by the party. */
export function viewOrganization(
  organization: Organization,
  found?: Alike,
  said?: readonly Saying[],
): z.infer<typeof OrganizationView> {
  const checks = organization.checks.map(({ by, ...check }) => ({ ...check, party: by.party }));
  const known = said?.map(({ by, ...saying }) => ({ ...saying, party: by.party }));
  return OrganizationView.parse({ ...organization, checks, said: known, ...(found && { match: found }) });
}
