import * as z from 'zod';
import { Digest } from './digest.ts';
import { CaseId, MemberId } from './ids.ts';
import { Letter, mailTroubles } from './letter.ts';
import { classed } from './privacy/classes.ts';
import { Instant } from './time.ts';

/** What a mail is about, so that it can be written anew: neither an address nor a word of it is kept. */
export const MailAbout = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('event'),
    ...classed('public', { caseId: CaseId, version: z.int().min(1), as: z.enum(['applicant', 'member']) }),
    ...classed('party', { who: z.union([MemberId, z.literal('applicant')]) }),
  }),
  z.strictObject({ type: z.literal('letter'), letter: Letter, ...classed('party', { who: MemberId.optional() }) }),
  Digest.extend({ type: z.literal('digest') }),
]);
export type MailAbout = z.infer<typeof MailAbout>;

/** The case that a mail is about, where it is about one. */
export function caseOf(about: MailAbout): CaseId | undefined {
  if (about.type === 'event') return about.caseId;
  if (about.type === 'digest') return undefined;
  return about.letter.type === 'link-again' ? about.letter.caseId : undefined;
}

/** What sort of mail it is, by whom it is for: nothing that says of which case. */
export function mailSort(about: MailAbout) {
  if (about.type === 'event') return about.as;
  return about.type === 'digest' ? about.type : about.letter.type;
}

/** A mail that was not taken yet, or that is given up. */
export const UnsentMail = z.strictObject({
  ...classed('public', {
    /** what the mail is known by */
    name: z.string(),
    /** when it could not be sent for the first time; anew, when somebody has it sent again */
    since: Instant,
    tries: z.int().min(1),
    why: z.enum(mailTroubles),
    /** when it is tried again; of one that is given up, since when it is */
    at: Instant,
    /** somebody says that the address is right: it is tried whatever came back from there before */
    confirmed: z.boolean().optional(),
  }),
  about: MailAbout,
});
export type UnsentMail = z.infer<typeof UnsentMail>;
