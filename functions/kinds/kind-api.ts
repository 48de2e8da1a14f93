import type * as z from 'zod';
import type { Sight } from '../../shared/case/sight.ts';
import type { RejectionCode } from '../../shared/domain/errors.ts';
import type { Kind } from '../../shared/domain/ids.ts';
import type { CaseOf } from '../../shared/kinds/case.ts';
import type { DecisionOf } from '../../shared/kinds/decision.ts';
import type { caseView } from './case-view.ts';

/** Bodies that work as they stand, by name. */
export type Examples = Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;

/** Schemas by the names that the document has for them. */
type NamedSchemas = Readonly<Record<string, z.ZodType>>;

/** What the API knows of a kind of case. */
export interface KindApi<K extends Kind> {
  /** how it is called in the names of its schemas: `Need`, `CreatedNeed` */
  readonly name: string;
  /** how one is called in sentences */
  readonly called: string;
  /** a case of it, as its answers show it */
  readonly view: z.ZodObject<typeof caseView>;
  /** what the view has beyond the case, and what it has less of than the reader sees of the case */
  shown?(subject: CaseOf<K>, sight: Sight): Readonly<Record<string, unknown>>;
  /** the operation that makes one */
  readonly submit: {
    readonly id: string;
    readonly path: `/${string}`;
    readonly summary: string;
    readonly description: string;
    readonly created: string;
    /** what an applicant sends */
    readonly input: z.ZodObject;
    /** the same, and what a coordinator sends for one */
    readonly inputs: NamedSchemas;
    example(now: number): Examples;
    readonly refusals?: readonly RejectionCode[];
  };
  readonly decision: NamedSchemas;
  /** an answer that works, for each outcome; none for one that names another case */
  answers(now: number): {
    readonly [O in Exclude<DecisionOf<K>['outcome'], 'merged'>]: Readonly<Record<string, unknown>>;
  };
  /** what a draft of it names beside its answers */
  readonly draft: z.ZodRawShape;
}
