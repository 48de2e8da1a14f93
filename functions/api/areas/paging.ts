import * as z from 'zod';

/** How much of a list is asked for, and where it goes on. */
export const Paging = z.object({
  cursor: z.string().max(4000).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(100))
    .default(25),
});
