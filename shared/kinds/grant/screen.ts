import type { Finding } from '../../domain/case-base.ts';
import { foldPlace } from '../../domain/text.ts';
import { localDate } from '../../domain/time.ts';
import { isOpen, type Programme } from '../../entities/programme/programme.ts';
import type { Case } from '../case.ts';
import type { GrantCase } from './case.ts';

function failed(code: string, params?: Finding['params']): Finding {
  return { code, severity: 'failed', ...(params && { params }) };
}

/**
 * Checks each rule of the programme and tells which ones the application does not meet. The reviewer decides.
 * @param others cases of the same organization, of any kind and stage
 */
export function screenGrant(subject: GrantCase, programme: Programme, others: readonly Case[]): Finding[] {
  const findings: Finding[] = [];
  const areas = programme.areas.map(foldPlace);
  const { province, city, district } = subject.place;
  if (areas.length > 0 && ![province, city, district].some((name) => areas.includes(foldPlace(name)))) {
    findings.push(failed('outside-area', { areas: programme.areas.join('、') }));
  }
  if (programme.organizationTypes.length > 0 && !programme.organizationTypes.includes(subject.organizationType)) {
    findings.push(failed('not-eligible-type'));
  }
  if (subject.requested > programme.ceiling) findings.push(failed('above-ceiling', { fen: programme.ceiling }));
  if (!isOpen(programme, localDate(Date.parse(subject.submittedAt)))) findings.push(failed('closed'));
  for (const question of programme.questions) {
    if (question.required && !subject.answers[question.id])
      findings.push(failed('unanswered', { question: question.text }));
  }
  if (subject.requested > programme.available) {
    findings.push({ code: 'budget-short', severity: 'notice', params: { fen: programme.available } });
  }
  const before = others.filter(
    (other) =>
      other.kind === 'grant' && other.id !== subject.id && !['rejected', 'withdrawn', 'lapsed'].includes(other.stage),
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
