import { inParts } from '../domain/privacy/personal-part.ts';
import type { Instant } from '../domain/time.ts';
import { Case } from './case.ts';

/** How many values there are in what was taken away. */
function count(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, each) => sum + count(each), 0);
}

/** A case without anything personal: what it was about, where, how much and when stays. */
export function erased(subject: Case, at: Instant): { readonly after: Case; readonly fields: number } {
  const { clear, personal } = inParts(Case, subject);
  const after = Case.parse(Object.assign({}, clear, { erasedAt: at, version: subject.version + 1 }));
  return { after, fields: count(personal) };
}
