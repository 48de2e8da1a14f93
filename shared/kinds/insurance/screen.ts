import type { Finding } from '../../domain/case-base.ts';
import { localDate } from '../../domain/time.ts';
import type { InsuranceCase } from './case.ts';

/**
 * What a coordinator should know before approving: volunteers who meanwhile got cover elsewhere, and a cover that
 * begins before anybody can have bound it.
 * @param covered how many of the roster are already covered at some time in the requested period
 */
export function screenInsurance(subject: InsuranceCase, covered: number): Finding[] {
  const findings: Finding[] = [];
  if (covered > 0) findings.push({ code: 'already-covered', severity: 'notice', params: { count: covered } });
  if (subject.coverFrom < localDate(Date.parse(subject.submittedAt)))
    findings.push({ code: 'cover-in-the-past', severity: 'failed' });
  return findings;
}
