import * as z from 'zod';

/** Crockford's base 32: no I, L, O or U, so that a case number survives a telephone call. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const kinds = ['need', 'grant', 'insurance'] as const;
export const Kind = z.enum(kinds);
export type Kind = z.infer<typeof Kind>;

/** A value for each kind of case. */
export function byKind<T>(make: (kind: Kind) => T): Readonly<Record<Kind, T>> {
  return { need: make('need'), grant: make('grant'), insurance: make('insurance') };
}

/** The letter that a case number of this kind begins with. */
export const kindLetter = { need: 'N', grant: 'G', insurance: 'I' } as const satisfies Record<Kind, string>;

/** What a case number looks like, for patterns that hold one: its kind's letter and nine characters of Crockford's base 32. */
export const CASE_NUMBER = `[${Object.values(kindLetter).join('')}][0-9A-HJKMNP-TV-Z]{9}`;

/** A case number, with 45 random bits: see {@link CASE_NUMBER}. */
export const CaseId = z
  .string()
  .regex(new RegExp(`^${CASE_NUMBER}$`))
  .brand('CaseId');
export type CaseId = z.infer<typeof CaseId>;

/**
 * A task's id: its case and how many stages the case had come to with the one that the task asks about. Not the case's version, which
 * counts also what is not shown to everybody. An `x` marks one about a stuck workflow, numbered from the second on.
 */
export const TaskId = z
  .string()
  .regex(new RegExp(`^${CASE_NUMBER}-\\d{1,6}(x\\d{0,3})?$`))
  .brand('TaskId');
export type TaskId = z.infer<typeof TaskId>;

export const PartyId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,39}$/)
  .brand('PartyId');
export type PartyId = z.infer<typeof PartyId>;

/** The `sub` that the OIDC issuer gives a person. */
export const MemberId = z.string().min(1).max(128).brand('MemberId');
export type MemberId = z.infer<typeof MemberId>;

export const ProgrammeId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,59}$/)
  .brand('ProgrammeId');
export type ProgrammeId = z.infer<typeof ProgrammeId>;

export const OfferId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,59}$/)
  .brand('OfferId');
export type OfferId = z.infer<typeof OfferId>;

/** A referral's number: `R` and nine characters of Crockford's base 32, 45 random bits. */
export const ReferralId = z
  .string()
  .regex(/^R[0-9A-HJKMNP-TV-Z]{9}$/)
  .brand('ReferralId');
export type ReferralId = z.infer<typeof ReferralId>;

/** The number of an organization's record: `B` and nine characters of Crockford's base 32, 45 random bits. */
export const OrganizationId = z
  .string()
  .regex(/^B[0-9A-HJKMNP-TV-Z]{9}$/)
  .brand('OrganizationId');
export type OrganizationId = z.infer<typeof OrganizationId>;

/** An id for a letter, an invitation, a draft or an import: ten random characters in lower case. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]{10}$/)
  .brand('Slug');
export type Slug = z.infer<typeof Slug>;

function crockford(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => CROCKFORD.charAt(byte & 31)).join('');
}

/** A case number that nobody can guess from another. */
export function newCaseId(kind: Kind): CaseId {
  return CaseId.parse(kindLetter[kind] + crockford(9));
}

/** A referral's number that nobody can guess from another. */
export function newReferralId(): ReferralId {
  return ReferralId.parse(`R${crockford(9)}`);
}

/** The number of a new record of an organization. */
export function newOrganizationId(): OrganizationId {
  return OrganizationId.parse(`B${crockford(9)}`);
}

/** An id for what has no number of its own, and for a programme or an offer: see {@link Slug}. */
export function newSlug(): Slug {
  return Slug.parse(crockford(10).toLowerCase());
}

/** How a case came to the stage it is in; `stages` is missing where it came there before stages were counted. */
interface Entered {
  readonly version: number;
  readonly stages?: number | undefined;
}

/** How many stages a case has come to. Its version is never less, so that no two stages of a case have one number. */
export const stagesUntil = ({ stages, version }: Entered): number => stages ?? version;

/** The task that asks about the stage that a case is in. */
export function taskIdFor({ id, entered }: { readonly id: CaseId; readonly entered: Entered }): TaskId {
  return TaskId.parse(`${id}-${stagesUntil(entered)}`);
}

/** The task that asks the hub, for the `time`th time in that stage, to mend what stopped the workflow. */
export function stuckTaskIdFor(subject: Parameters<typeof taskIdFor>[0], time: number): TaskId {
  return TaskId.parse(`${taskIdFor(subject)}x${time > 1 ? time : ''}`);
}

/** Whether the task is about a stuck workflow rather than about the case's stage. */
export function isStuckTask(id: TaskId): boolean {
  return id.includes('x');
}

export function caseOfTask(taskId: TaskId): CaseId {
  return CaseId.parse(taskId.slice(0, taskId.indexOf('-')));
}
