import type { Recipient } from '../../functions/notify/recipients.ts';
import { MemberId } from '../../shared/domain/ids.ts';
import { languages } from '../../shared/domain/language.ts';

/** One of each sort of reader that a mail about a case may have. */
export const readers: readonly Recipient[] = languages.flatMap((language) =>
  (['applicant', 'member'] as const).map((as) => ({ who: MemberId.parse('x'), email: 'x@example.org', language, as })),
);
