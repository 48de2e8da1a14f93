import * as z from 'zod';
import type { Declared } from '../../../shared/answering/interests.ts';
import { PartyId } from '../../../shared/domain/ids.ts';
import { interestReasons } from '../../../shared/domain/interest.ts';
import { Instant } from '../../../shared/domain/time.ts';

/** A declared interest, as its own person, who leads their party or the hub, and auditors see it. */
export const InterestView = z.object({
  id: z.string(),
  name: z.string(),
  party: PartyId,
  reason: z.enum(interestReasons),
  standing: z.boolean(),
  declaredAt: Instant,
  /** whether the caller may take it back */
  retractable: z.boolean(),
});

export function viewInterest(declared: Declared): z.infer<typeof InterestView> {
  return InterestView.parse(declared);
}
