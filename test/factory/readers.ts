import type { Recipient } from '../../functions/notify/recipients.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import { languages } from '../../shared/domain/language.ts';

const at = { party: PartyId.parse('hub'), pace: 'at-once', ofOrganization: false } as const;

/** One of each sort of reader that a mail about a case may have. */
export const readers: readonly Recipient[] = languages.flatMap((language): Recipient[] => [
  { as: 'applicant', who: 'applicant', email: 'x@example.org', language },
  { as: 'member', who: MemberId.parse('x'), email: 'x@example.org', language, ...at },
]);
