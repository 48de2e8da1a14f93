import * as z from 'zod';

/** A page of a list: `nextCursor` is where it goes on, null at its end. */
export function listOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
