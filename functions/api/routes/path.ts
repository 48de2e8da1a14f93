import type * as z from 'zod';
import { Rejected } from '../../../shared/domain/errors.ts';
import { Slug } from '../../../shared/domain/ids.ts';
import type { Call } from '../call.ts';

/** What stands in a place of the path. @throws {@link Rejected} `not-found` when nothing can be called that */
export function named<S extends z.ZodType>(call: Call, place: string, schema: S): z.output<S> {
  const parsed = schema.safeParse(call.params[place]);
  if (!parsed.success) throw new Rejected('not-found');
  return parsed.data;
}

/** The id of an invitation, a draft or an import that stands in the path. @throws {@link Rejected} `not-found` */
export function slugIn(call: Call): Slug {
  return named(call, 'id', Slug);
}
