import * as z from 'zod';
import { nothing } from '../openapi/examples/conflicts.ts';
import { optionalJson } from '../operation.ts';

/** What it is about stands in the path: there is nothing else to say. */
export const EmptyBody = z.strictObject({});

/** The request of an operation whose path says all. */
export const emptyBody = optionalJson({ Nothing: EmptyBody }, nothing);
