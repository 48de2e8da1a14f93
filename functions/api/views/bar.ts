import * as z from 'zod';
import type { SeenBar } from '../../../shared/case/lift-bar.ts';
import { PartyId } from '../../../shared/domain/ids.ts';
import { Instant } from '../../../shared/domain/time.ts';

const Done = z.object({ name: z.string(), at: Instant }).optional();

/** Whom what the applicant typed keeps from a case, as who leads them, auditors and whoever may agree see it. */
export const BarView = z.object({
  id: z.string(),
  name: z.string(),
  party: PartyId,
  /** whether the contact's address is theirs, or the organization's name is that of one of which they are a member */
  by: z.enum(['contact', 'organization']),
  at: Instant,
  /** who leads and wants it lifted; who did so with them */
  asked: Done,
  lifted: Done,
  /** what the caller may do about it */
  may: z.enum(['ask', 'agree']).optional(),
});

export function viewBar(bar: SeenBar): z.infer<typeof BarView> {
  return BarView.parse(bar);
}
