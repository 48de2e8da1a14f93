import * as z from 'zod';
import { MemberId, PartyId } from './ids.ts';
import { Language } from './language.ts';
import { maskEmail, maskName, maskPhone } from './mask.ts';
import { classed, masked } from './privacy/classes.ts';
import { readPhone } from './read/phone.ts';
import { line, optionalLine } from './text.ts';

const LONGEST_PHONE = 80;

/** What `readPhone` takes has this much of a number in it: for whoever reads the schema, since the reader is no pattern. */
const LIKE_A_PHONE = '[0-9０-９].{2,}[0-9０-９]';

/** A telephone number that everybody may know, as `readPhone` takes it. */
export const PublicPhone = line(LONGEST_PHONE)
  .transform((text, context) => {
    const read = readPhone(text);
    if (read.ok) return read.phone;
    context.addIssue({ code: 'custom', params: { code: read.code } });
    return z.NEVER;
  })
  .pipe(z.string().max(LONGEST_PHONE).meta({ pattern: LIKE_A_PHONE }));

/** A telephone number, mobile or landline, as `readPhone` takes it; two of them where people have two. */
export const Phone = masked(maskPhone, PublicPhone);

/** An empty field is no number; anything else must be one. */
export const OptionalPhone = optionalLine(LONGEST_PHONE).pipe(Phone.optional()).optional();

export const Email = masked(maskEmail, line(254).pipe(z.email()));

/** An empty field is no address; anything else must be one. */
export const OptionalEmail = optionalLine(254).pipe(Email.optional()).optional();

/** A keyed hash of a mail address: finds what belongs to the address without keeping it, see `shared/secrets/lookup-hash.ts`. */
export const MailHash = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** Who can be asked about the case. Personal: shown to those who work on the case, never in events, logs or mail subjects. */
export const Contact = z.strictObject(
  classed('personal', { name: masked(maskName, line(60)), phone: Phone, email: OptionalEmail }, 'contact'),
);
export type Contact = z.infer<typeof Contact>;

/** A contact as far as it is known: what a coordinator's list leaves out can be added later. */
export const PartialContact = z.strictObject(
  classed(
    'personal',
    { name: masked(maskName, optionalLine(60)), phone: OptionalPhone, email: OptionalEmail },
    'contact',
  ),
);

export const Place = z.strictObject(classed('party', { province: line(40), city: line(40), district: line(40) }));
export type Place = z.infer<typeof Place>;

export const organizationTypes = [
  'hospital',
  'community',
  'care-home',
  'volunteer-group',
  'non-profit',
  'other',
] as const;

/** What every form asks of the organization. */
export const organizationFields = classed('party', {
  organization: line(120),
  organizationType: z.enum(organizationTypes).default('other'),
  language: Language.default('zh'),
});

/** The member who typed a case in for an organization that cannot do so itself. */
export const OnBehalf = z.strictObject(classed('party', { member: MemberId, party: PartyId }));
export type OnBehalf = z.infer<typeof OnBehalf>;
