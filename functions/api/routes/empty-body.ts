import * as z from 'zod';

/** What it is about stands in the path: there is nothing else to say. */
export const EmptyBody = z.strictObject({});
