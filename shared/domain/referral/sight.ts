import type { PartyId } from '../ids.ts';
import type { Referral } from './referral.ts';

/** What one party sees of a referral: the least that serves. */
export interface ReferralSight {
  /** what would help, while there is something to do */
  readonly help: string | undefined;
  /** whom to help: to the receiver once it has accepted, to who referred them as long as it is kept */
  readonly person: { readonly name: string; readonly phone?: string | undefined } | undefined;
}

/** What `party` sees of the referral; everything personal is gone from one that has ended. */
export function referralSight(referral: Referral, party: PartyId): ReferralSight {
  if (!('person' in referral)) return { help: undefined, person: undefined };
  const reads = party === referral.from || party === referral.to;
  const knows = party === referral.from || (party === referral.to && referral.stage === 'accepted');
  return { help: reads ? referral.help : undefined, person: knows ? referral.person : undefined };
}
