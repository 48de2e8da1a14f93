import * as z from 'zod';
import { Kind, MemberId, PartyId, ProgrammeId, Slug } from '../domain/ids.ts';
import { classed } from '../domain/privacy/classes.ts';
import { Instant } from '../domain/time.ts';
import { MAX_VOLUNTEERS } from './insurance/input.ts';

/** How long a draft is kept after it was last saved, in days, and how many an organization may have. */
export const DRAFT_DAYS = 30;
export const MOST_DRAFTS = 20;
/** Bytes of the longest draft, enough for a full roster: an item of the table has at most 400 KB. */
export const LONGEST_DRAFT = 370_000;
/** People in one draft: each volunteer by number and telephone, and a contact and a recipient. Each is a write. */
export const MOST_IN_DRAFT = 2 * MAX_VOLUNTEERS + 10;
/** The field of a form in which whoever sends it agrees: it is kept in no draft, since another may send it. */
export const CONSENT = 'consent';

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

/** The answers that a draft keeps. */
export function keptAnswers(answers: Iterable<readonly [string, string]>): Draft['answers'] {
  return Object.fromEntries([...answers].filter(([name]) => name !== CONSENT));
}

/** Somebody in a draft, by one of the fields that tell them from others. */
export interface InDraft {
  readonly kind: 'phone' | 'mail' | 'identity';
  readonly value: string;
  /** how the names of all fields about them begin */
  readonly prefix: string;
}

const telling = { phone: 'phone', email: 'mail', identityNumber: 'identity' } as const;

/** Everybody whom a draft names: its contact, the recipient, each volunteer. */
export function peopleInDraft(answers: Draft['answers']): InDraft[] {
  return Object.entries(answers).flatMap(([name, value]): InDraft[] => {
    const [, prefix, field] = /^(.+\.)(phone|email|identityNumber)$/.exec(name) ?? [];
    const kind = Object.entries(telling).find(([one]) => one === field)?.[1];
    return prefix && kind && value.trim() !== '' ? [{ kind, value, prefix }] : [];
  });
}

/** The names of all filled fields about those who are meant. */
export function fieldsOfPeople(answers: Draft['answers'], isMeant: (one: InDraft) => boolean): string[] {
  const prefixes = peopleInDraft(answers)
    .filter(isMeant)
    .map(({ prefix }) => prefix);
  return Object.keys(answers).filter((name) => answers[name] !== '' && prefixes.some((one) => name.startsWith(one)));
}

/** The answers with some of them empty: rows keep their places. */
export function blanked(answers: Draft['answers'], names: readonly string[]): Draft['answers'] {
  return { ...answers, ...Object.fromEntries(names.map((name) => [name, ''])) };
}

/** Whether a draft is past its days: the table removes it some day, nobody sees it before. */
export function isLapsed({ savedAt }: Draft, now: number): boolean {
  return Date.parse(savedAt) + DRAFT_DAYS * 86_400_000 <= now;
}
