import * as z from 'zod';
import { Disclosure } from '../../../shared/domain/disclosure.ts';

/** Whose identity number is asked for, by their row in the roster from 1, and what for. */
export const NumberAsked = Disclosure.extend({ row: z.coerce.number().int().min(1) });
export type NumberAsked = z.infer<typeof NumberAsked>;
