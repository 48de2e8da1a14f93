import type * as z from 'zod';
import type { RejectionCode } from '../../../shared/domain/errors.ts';
import type { AnswerSchema, RequestSchema } from './schemas.ts';
import type { tags } from './tags.ts';

export interface Example {
  readonly summary: string;
  readonly value: unknown;
}

/** A body in one media type. */
export interface Content {
  /** any of these; or a schema of its own, for what is no JSON */
  readonly schema: readonly RequestSchema[] | Readonly<Record<string, unknown>>;
  /** bodies that work as they stand, by name; `now` in milliseconds dates them */
  readonly examples: (now: number) => Readonly<Record<string, Example>>;
}

/** What the document says of an operation beside its place in the table of operations. */
export interface Description {
  readonly tag: keyof typeof tags;
  readonly summary: string;
  readonly description?: string;
  readonly query?: z.ZodObject;
  readonly body?: { readonly optional?: boolean; readonly content: Readonly<Record<string, Content>> };
  readonly answer: {
    readonly status?: 201;
    readonly description: string;
    /** any of these; `csv` for a spreadsheet, `document` for the OpenAPI document */
    readonly schema: AnswerSchema | 'csv' | 'document';
    /** whether it can be asked for as a spreadsheet too */
    readonly orCsv?: boolean;
  };
  /** refusals beside those that every operation of its sort has */
  readonly refusals?: readonly RejectionCode[];
}
