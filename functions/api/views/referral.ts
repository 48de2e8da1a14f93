import * as z from 'zod';
import { ConsentVersion } from '../../../shared/domain/consent.ts';
import { CaseId, PartyId, ReferralId } from '../../../shared/domain/ids.ts';
import { circumstances, consenting, type Referral } from '../../../shared/domain/referral/referral.ts';
import { referralSight } from '../../../shared/domain/referral/sight.ts';
import { Instant } from '../../../shared/domain/time.ts';

/** A referral as a list shows it: what the matter is and how it stands, never who. */
export const ReferralOutlineView = z.object({
  id: ReferralId,
  stage: z.enum(['offered', 'accepted', 'declined', 'done', 'withdrawn']),
  from: PartyId,
  to: PartyId,
  circumstance: z.enum(circumstances),
  area: z.string(),
  caseId: CaseId.optional(),
  madeAt: Instant,
});

/** A referral, as much of it as the caller's party has to know. */
export const ReferralView = ReferralOutlineView.extend({
  /** what would help, while there is something to do */
  help: z.string().optional(),
  /** whom to help: to the receiver once it has accepted */
  person: z.object({ name: z.string(), phone: z.string().optional() }).optional(),
  consent: z.object({ version: ConsentVersion, how: z.string(), by: z.enum(consenting), at: Instant }),
  history: z.array(z.object({ on: z.string(), at: Instant, party: PartyId.optional() })),
  /** what the caller can do now; `withdrawn`: that the person has withdrawn their consent */
  can: z.array(z.string()),
});

export function viewReferralOutline(referral: Referral): z.infer<typeof ReferralOutlineView> {
  return ReferralOutlineView.parse(referral);
}

export function viewReferral(referral: Referral, party: PartyId, can: readonly string[]): z.infer<typeof ReferralView> {
  const history = referral.steps.map(({ on, at, by }) => ({
    on,
    at,
    ...(by.type === 'member' && { party: by.party }),
  }));
  return ReferralView.parse({ ...referral, ...referralSight(referral, party), history, can });
}
