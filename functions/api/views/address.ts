import * as z from 'zod';
import { MailHash } from '../../../shared/domain/applicant.ts';
import type { Address } from '../../../shared/domain/organization.ts';
import { Instant } from '../../../shared/domain/time.ts';

/** A mail address that the organization says is its own; until `confirmedAt` is there, no case belongs to it by this. */
export const AddressView = z.object({
  id: MailHash,
  email: z.string(),
  askedAt: Instant,
  /** until when the link in the last letter is good */
  endsAt: Instant,
  confirmedAt: Instant.optional(),
});

export function viewAddress(address: Address): z.infer<typeof AddressView> {
  return AddressView.parse({ ...address, id: address.hash });
}
