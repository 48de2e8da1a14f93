import * as z from 'zod';
import { Kind, MemberId, PartyId, ProgrammeId } from './ids.ts';
import { Slug } from './letter.ts';
import { classed } from './privacy/classes.ts';
import { Instant } from './time.ts';

/** How long a draft is kept after it was last saved, in days, and how many an organization may have. */
export const DRAFT_DAYS = 30;
export const MOST_DRAFTS = 20;
/** Bytes of the longest draft: an item of the table has at most 400 KB. */
export const LONGEST_DRAFT = 300_000;

/** A form that members of an organization fill in together, before it is sent: as it was typed, checked by nothing. */
export const Draft = z.strictObject({
  kind: Kind,
  ...classed('party', {
    party: PartyId,
    id: Slug,
    /** the programme that a grant is applied for from */
    programme: ProgrammeId.optional(),
    /** raised with each saving: who has an earlier one open is told */
    version: z.int().min(1),
    savedBy: MemberId,
    savedAt: Instant,
  }),
  ...classed('personal', {
    savedByName: z.string(),
    /** by the names of the form's fields */
    answers: z.record(z.string(), z.string()),
  }),
});
export type Draft = z.infer<typeof Draft>;

/** Whether a draft is past its days: the table removes it some day, nobody sees it before. */
export function isLapsed({ savedAt }: Draft, now: number): boolean {
  return Date.parse(savedAt) + DRAFT_DAYS * 86_400_000 <= now;
}
