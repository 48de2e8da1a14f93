import * as z from 'zod';
import { organizationTypes } from '../../shared/domain/applicant.ts';
import { CaseId, PartyId } from '../../shared/domain/ids.ts';
import { Language } from '../../shared/domain/language.ts';
import { Instant } from '../../shared/domain/time.ts';

export const Count = z.int().min(0);

/** Whatever is asked is shown: a field of the input that the view lacks is an error. Consent has a page of its own. */
export type ShownFields<Input> = Record<Exclude<keyof Input, 'consent'>, z.ZodType> & z.ZodRawShape;

/** What the API shows of each case. */
export const caseView = {
  id: CaseId,
  /** counts the changes; left out for who asks, since not all of them are shown to them */
  version: z.int().min(1).optional(),
  hub: PartyId,
  organization: z.string(),
  organizationType: z.enum(organizationTypes),
  language: Language,
  place: z.object({ province: z.string(), city: z.string(), district: z.string() }),
  contact: z
    .object({ name: z.string().optional(), phone: z.string().optional(), email: z.string().optional() })
    .optional(),
  onBehalf: z.object({ party: PartyId }).optional(),
  submittedAt: Instant,
  enteredAt: Instant,
  closedAt: Instant.optional(),
  /** when what was personal in the case was erased */
  erasedAt: Instant.optional(),
  returnTo: z.string().optional(),
  parent: CaseId.optional(),
  children: z.array(CaseId),
  screening: z
    .array(
      z.object({
        code: z.string(),
        severity: z.enum(['notice', 'failed']),
        detail: z.string(),
        cases: z.array(CaseId).optional(),
      }),
    )
    .optional(),
};
