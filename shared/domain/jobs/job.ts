import * as z from 'zod';
import { Actor } from '../case-base.ts';
import { CaseId, PartyId, Slug } from '../ids.ts';
import { classed } from '../privacy/classes.ts';
import { Instant } from '../time.ts';

/** Jobs whose rows were staged by somebody: each row is decided by itself. */
export const rowKindNames = ['import-needs'] as const;
export type RowKind = (typeof rowKindNames)[number];

/** Jobs that find what they work on themselves, and go on from where they came to until nothing is left. */
export const walkKindNames = ['look-through', 'anchor-rest', 'erase-reasons', 'erase-cases', 'bring-along'] as const;
export type WalkKind = (typeof walkKindNames)[number];

export const jobKindNames = [...rowKindNames, ...walkKindNames] as const;

/** `done`: every row has a result. What is open or was cancelled may have rows without one. */
export const jobStates = ['open', 'done', 'cancelled'] as const;

/** Work on many, as it counts: what was staged under its id, by how many rows and their hash. */
export const Job = z.strictObject({
  ...classed('public', {
    id: Slug,
    kind: z.enum(jobKindNames),
    state: z.enum(jobStates),
    startedAt: Instant,
    endedAt: Instant.optional(),
    /** how many rows were staged; none where the kind finds them itself */
    rows: z.int().min(0),
    /** of all rows in their order */
    hash: z.string(),
    /** how often what had failed was to be tried again */
    again: z.int().min(1).optional(),
  }),
  by: Actor,
  /** whose it is; left out, the installation's own */
  ...classed('party', { owner: PartyId.optional() }),
});
export type Job = z.infer<typeof Job>;

/** What became of a row: codes and places, nothing of what it says. */
export const RowResult = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('done'),
    ...classed('public', { at: Instant, note: z.string().optional(), caseId: CaseId.optional() }),
  }),
  /** whoever staged it can mend it; `fields` are pointers into the row */
  z.strictObject({
    state: z.literal('refused'),
    ...classed('public', { at: Instant, code: z.string(), caseId: CaseId.optional() }),
    fields: z.array(
      z.strictObject(
        classed('public', {
          pointer: z.string(),
          code: z.string(),
          /** numbers that the text names, such as a maximum */
          params: z.record(z.string(), z.number()).optional(),
        }),
      ),
    ),
  }),
  /** nobody could have mended it; `error` is its class, `again` the job's when it failed */
  z.strictObject({
    state: z.literal('failed'),
    ...classed('public', { at: Instant, error: z.string(), again: z.int().min(1).optional() }),
  }),
]);
export type RowResult = z.infer<typeof RowResult>;

/** What a part of a job's rows came to, as it was counted when it was last looked at. */
export const JobPart = z.strictObject(
  classed('public', {
    at: Instant,
    done: z.int().min(0),
    /** of these, with a note */
    noted: z.int().min(0),
    refused: z.int().min(0),
    failed: z.int().min(0),
    /** rows without a result */
    open: z.int().min(0),
    /** the numbers of those that were refused or failed */
    troubled: z.array(z.int()),
    /** the job's when it was counted: those that failed before that are open again */
    again: z.int().min(1).optional(),
    /** where a job without staged rows goes on; left out, at the beginning, and null when nothing is left */
    cursor: z.string().nullable().optional(),
  }),
);
export type JobPart = z.infer<typeof JobPart>;

/** The kind of a job that finds its work itself; undefined for one of staged rows. */
export function walkKindOf({ kind }: Pick<Job, 'kind'>): WalkKind | undefined {
  return walkKindNames.find((name) => name === kind);
}

/** The kind of a job of staged rows; undefined for another. */
export function rowKindOf({ kind }: Pick<Job, 'kind'>): RowKind | undefined {
  return rowKindNames.find((name) => name === kind);
}

/** `functions/jobs`: works on a job for a while. `last`: what is stumbled over again counts as failed. */
export const JobInput = z.object({ job: Slug, last: z.boolean().optional() });
export type JobInput = z.infer<typeof JobInput>;

/** What it gives back: whether anything is left. */
export interface JobOutput {
  readonly job: Slug;
  readonly more: boolean;
}
