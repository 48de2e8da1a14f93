import * as z from 'zod';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { At } from '../call.ts';

/** What a person is called in paths and answers, see `shared/cases/person-key.ts`. */
export const PersonKey = z.string().regex(/^[A-Za-z0-9_-]{16}$/);

/** What a stand-in, an interest or a bar is called within its party or case. */
export const Reference = z.string().min(1).max(64);

/** The last part of a private link: the app opens its case before an operation is asked. */
export const Secret = z.string();

/** A call whose path names a case. */
export type AtCase = At<{ readonly id: typeof CaseId }>;
