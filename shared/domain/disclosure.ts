import * as z from 'zod';
import { line } from './text.ts';

/** Why somebody asks for numbers in full. */
export const Disclosure = z.strictObject({ reason: line(300) });
