import * as z from 'zod';
import { Email, MailHash } from './applicant.ts';
import { PartyId } from './ids.ts';
import { Language } from './language.ts';
import { classed } from './privacy/classes.ts';
import { line } from './text.ts';
import { Instant } from './time.ts';

/** How long the link in a letter that asks to confirm an address is good, in days. */
export const CONFIRMATION_DAYS = 3;
/** How often a letter about one address is sent at most, and how many addresses an organization may have. */
export const MOST_LETTERS = 5;
export const MOST_ADDRESSES = 10;

/** What somebody says who registers an organization: its name and mail address, and how they are called there. */
export const RegistrationInput = z.strictObject({
  organization: line(120),
  email: Email,
  name: line(60),
  language: Language.default('zh'),
});

export const AddressInput = z.strictObject({ email: Email });

/**
 * A mail address that an organization says is its own. When the letter that went there was answered, it is confirmed, and
 * cases with this address as their contact belong to the organization.
 */
export const Address = z.strictObject({
  ...classed('party', {
    party: PartyId,
    hash: MailHash,
    /** the mailbox's, however it is spelt; older ones get it when they are brought along */
    mailbox: MailHash.optional(),
    language: Language,
    /** raised with each letter: an older one's link is void */
    version: z.int().min(1),
    askedAt: Instant,
    endsAt: Instant,
    confirmedAt: Instant.optional(),
  }),
  ...classed('personal', { email: Email }),
});
export type Address = z.infer<typeof Address>;
