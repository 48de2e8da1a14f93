import type { Finding } from '../../domain/case-base.ts';
import type { InsuranceCase } from './case.ts';
import { isStartPassed } from './days.ts';

/**
 * What a coordinator should know before approving: volunteers whom others insure, and a cover that would begin before anybody can
 * bind it.
 * @param covered how many of the roster are already covered at some time in the requested period
 */
export function screenInsurance(subject: InsuranceCase, covered: number, now: number): Finding[] {
  const findings: Finding[] = [];
  if (covered > 0) findings.push({ code: 'already-covered', severity: 'notice', params: { count: covered } });
  if (isStartPassed(subject, now)) findings.push({ code: 'cover-in-the-past', severity: 'failed' });
  return findings;
}
