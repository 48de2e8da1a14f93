import * as z from 'zod';
import { Instant, LocalDate } from '../../../shared/domain/time.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import type { Volunteer } from '../../../shared/kinds/insurance/input.ts';

/** The volunteers of a request, and from when to when they are covered. */
export const RosterView = z.object({
  coverFrom: LocalDate,
  coverTo: LocalDate,
  policy: z.object({ number: z.string(), recordedAt: Instant }).optional(),
  /** whether the numbers are shown in full */
  masked: z.boolean(),
  items: z.array(z.object({ name: z.string(), identityNumber: z.string(), phone: z.string() })),
  nextCursor: z.null(),
});
export type RosterView = z.infer<typeof RosterView>;

/** The volunteers as the caller sees them; `masked` says how. */
export function viewRoster(subject: InsuranceCase, volunteers: readonly Volunteer[], masked: boolean): RosterView {
  const policy =
    'policy' in subject ? { number: subject.policy.number, recordedAt: subject.policy.recordedAt } : undefined;
  return {
    coverFrom: subject.coverFrom,
    coverTo: subject.coverTo,
    ...(policy && { policy }),
    masked,
    items: [...volunteers],
    nextCursor: null,
  };
}
