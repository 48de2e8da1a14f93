import * as z from 'zod';
import { classed } from './privacy/classes.ts';
import { Instant } from './time.ts';

/**
 * The versions of what people are told about their data before they say yes (`shared/i18n/consent.ts`), newest last. A
 * text that changes gets a new version, so that it can be said years later what somebody agreed to.
 */
export const consentVersions = ['2026-11-25', '2026-11-28', '2026-12-01'] as const;
export const ConsentVersion = z.enum(consentVersions);
export type ConsentVersion = z.infer<typeof ConsentVersion>;

/** The text that is shown now. */
export const presentConsent: ConsentVersion = consentVersions[consentVersions.length - 1] ?? consentVersions[0];

/** That somebody agreed: to which text, when, and how they said so. Nobody's agreement is guessed: absent means not asked. */
export const Consent = z.strictObject({
  version: ConsentVersion,
  ...classed('party', { at: Instant }),
  /** in the form itself; to somebody who typed for them; or on paper that whoever typed it keeps */
  how: z.enum(['form', 'spoken', 'written']),
});
export type Consent = z.infer<typeof Consent>;

/** What somebody who types for others says of their consent; the version alone means that they said so. */
export const ReportedConsent = z.union([
  z.strictObject({ version: ConsentVersion, how: z.enum(['spoken', 'written']) }),
  ConsentVersion.transform((version) => ({ version, how: 'spoken' as const })),
]);
export type ReportedConsent = z.infer<typeof ReportedConsent>;

/** Consent as a case keeps it: ticked in a form, or told by whoever filled the form in for somebody. */
export function consentGiven(given: ConsentVersion | ReportedConsent | undefined, now: Instant): Consent | undefined {
  if (given === undefined) return undefined;
  return typeof given === 'string' ? { version: given, at: now, how: 'form' } : { ...given, at: now };
}
