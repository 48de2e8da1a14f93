import { Rejected } from '../../shared/domain/errors.ts';
import { type CaseId, Slug } from '../../shared/domain/ids.ts';
import { caseNumber } from '../web/case-number.ts';
import type { ConsoleContext } from './door.ts';

/** The case that the request's address names. @throws {@link Rejected} `not-found` for what is no number of one */
export function caseIn(c: ConsoleContext): CaseId {
  const id = caseNumber(c.req.param('id') ?? '');
  if (!id) throw new Rejected('not-found');
  return id;
}

/** The draft, import or invitation that the request's address names. @throws {@link Rejected} `not-found` for what is no id of one */
export function slugIn(c: ConsoleContext): Slug {
  const id = Slug.safeParse(c.req.param('id')).data;
  if (!id) throw new Rejected('not-found');
  return id;
}
