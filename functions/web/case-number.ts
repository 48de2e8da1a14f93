import { CaseId } from '../../shared/domain/ids.ts';

/**
 * A case number as somebody read it out or typed it: spaces, dashes and case do not matter, O is zero and L is one
 * after the first letter. Undefined for what cannot be a case number.
 */
export function caseNumber(typed: string): CaseId | undefined {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
  const rest = plain.slice(1).replaceAll('O', '0').replace(/[IL]/g, '1');
  return CaseId.safeParse(plain.charAt(0) + rest).data;
}
