import * as z from 'zod';
import { type CaseId, Slug } from '../ids.ts';
import type { Action } from '../permissions.ts';
import { classed } from '../privacy/classes.ts';
import type { RowKind } from './job.ts';

/** What there is to say of a kind of job before anything is done. */
interface Staged {
  /** a row as it is staged; every field has a privacy class */
  readonly row: z.ZodType;
  /** for how many days rows and results are kept */
  readonly keptDays: number;
  /** what somebody must be permitted who starts it */
  readonly action: Action;
}

/** The kinds whose rows are staged. A new one is a name in `domain/job.ts`, a line here, and what it does in `functions/jobs`. */
export const rowKinds = {
  /** the needs that a coordinator's sheet plans, by their numbers in the plan */
  'import-needs': {
    row: z.strictObject(classed('party', { plan: Slug, need: z.int().min(1) })),
    keptDays: 7,
    action: 'import-needs',
  },
} as const satisfies Readonly<Record<RowKind, Staged>>;

export type RowOf<K extends RowKind> = z.output<(typeof rowKinds)[K]['row']>;

/** What a row of each kind is read and written by. */
export const rowSchemas: { readonly [K in RowKind]: z.ZodType<RowOf<K>> } = {
  'import-needs': rowKinds['import-needs'].row,
};

/** For how many days it is kept what a job without staged rows came to. */
export const WALK_KEPT_DAYS = 30;

/** How far a job without staged rows came in one step. */
export interface JobStep {
  readonly done: number;
  readonly failed: number;
  /** where it goes on, null when nothing is left */
  readonly cursor: string | null;
}

/** What a row came to that is no error: a note by its code, and the case it made or is about. */
export interface RowDone {
  readonly note?: string | undefined;
  /** why it is no success, by its code; left out, it is one */
  readonly refused?: string | undefined;
  readonly caseId?: CaseId | undefined;
}
