import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../cdk/cli/audit-report.ts';

const report = (severities: Readonly<Record<string, string>>) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      Object.entries(severities).map(([name, severity]) => [name, { name, severity, isDirect: false, via: [] }]),
    ),
    metadata: {},
  });

describe('what npm audit printed', () => {
  it('is grave where a vulnerability is high or critical, and only told where it is less', () => {
    const verdict = verdictOf(report({ one: 'high', two: 'moderate', three: 'critical', four: 'low' }));
    expect(verdict).toEqual({
      known: true,
      grave: ['one (high)', 'three (critical)'],
      slight: ['two (moderate)', 'four (low)'],
    });
    expect(verdictOf(report({}))).toEqual({ known: true, grave: [], slight: [] });
  });

  it('is nothing known where the registry refused, could not be reached, or said something else', () => {
    const refused = JSON.stringify({ message: 'request failed', method: 'POST', statusCode: 405, error: {} });
    for (const printed of [refused, '', 'Forbidden', '{"error":{"code":"ENOAUDIT"}}', '[]', 'null'])
      expect(verdictOf(printed)).toEqual({ known: false, grave: [], slight: [] });
  });
});
