import type { Finding } from '../../domain/case-base.ts';
import { localDate } from '../../domain/time.ts';
import type { Programme } from '../../entities/programme/programme.ts';
import type { Case } from '../case.ts';
import type { GrantCase } from './case.ts';
import { failed, unmetRules } from './rules.ts';

/**
 * Checks each rule of the programme and tells which ones the application does not meet. The reviewer decides.
 * @param others cases of the same organization, of any kind and stage
 */
export function screenGrant(subject: GrantCase, programme: Programme, others: readonly Case[]): Finding[] {
  const findings = unmetRules(subject, programme, localDate(Date.parse(subject.submittedAt)));
  if (subject.requested > programme.available) {
    findings.push({ code: 'budget-short', severity: 'notice', params: { fen: programme.available } });
  }
  const before = others.filter(
    (other) =>
      other.kind === 'grant' &&
      other.id !== subject.id &&
      !['rejected', 'withdrawn', 'lapsed', 'terminated'].includes(other.stage),
  );
  const same = before.filter((other) => other.kind === 'grant' && other.programme === subject.programme);
  if (same.length > 0) findings.push(failed('already-applied', { count: same.length }));
  const elsewhere = before.filter((other) => !same.includes(other));
  if (elsewhere.length > 0) {
    findings.push({
      code: 'funded-elsewhere',
      severity: 'notice',
      cases: elsewhere.map((other) => other.id),
      params: { count: elsewhere.length },
    });
  }
  return findings;
}
