import * as z from 'zod';
import { line } from '../../../shared/domain/text.ts';

/** Whose identity number is asked for, by their row in the roster from 1, and what for. */
export const NumberAsked = z.strictObject({ row: z.coerce.number().int().min(1), reason: line(300) });
export type NumberAsked = z.infer<typeof NumberAsked>;
