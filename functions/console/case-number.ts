import { Rejected } from '../../shared/domain/errors.ts';
import { CaseId } from '../../shared/domain/ids.ts';
import type { ConsoleContext } from './door.ts';

/**
 * A case number as somebody read it out or typed it: spaces, dashes and case do not matter, O is zero and L is one
 * after the first letter. Undefined for what cannot be a case number.
 */
export function caseNumber(typed: string): CaseId | undefined {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  const rest = plain.slice(1).replaceAll('O', '0').replace(/[IL]/g, '1');
  return CaseId.safeParse(plain.charAt(0) + rest).data;
}

/** The case that the request's address names. @throws {@link Rejected} `not-found` for what is no number of one */
export function caseIn(c: ConsoleContext): CaseId {
  const id = caseNumber(c.req.param('id') ?? '');
  if (!id) throw new Rejected('not-found');
  return id;
}
