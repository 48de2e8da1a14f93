import { type AuditEntry, exportCaseAudit, exportPeriodAudit } from '../../../shared/case/audit.ts';
import { auditRows } from '../../../shared/case/audit-file.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { writeCsv } from '../../../shared/spreadsheet/index.ts';
import type { Answer, Call } from '../call.ts';
import { viewAudit } from '../views/audit.ts';
import { named } from './path.ts';
import { AuditQuery, CaseAuditQuery } from './queries.ts';

function answer(
  call: Call,
  format: 'json' | 'csv',
  entries: readonly AuditEntry[],
  nextCursor: string | null = null,
): Answer {
  if (format === 'json') return { body: viewAudit(entries, nextCursor) };
  return {
    body: writeCsv(auditRows(call.language, entries)),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.csv"',
      ...(nextCursor !== null && { 'jieli-next-cursor': nextCursor }),
    },
  };
}

async function ofCase(call: Call): Promise<Answer> {
  const { format } = parseInput(CaseAuditQuery, call.query);
  const { entries } = await exportCaseAudit(call.hub, named(call, 'id', CaseId), call.acting, 'api');
  return answer(call, format, entries);
}

async function ofPeriod(call: Call): Promise<Answer> {
  const { format, from, to, ...page } = parseInput(AuditQuery, call.query);
  const { entries, nextCursor } = await exportPeriodAudit(call.hub, { from, to }, call.acting, 'api', page);
  return answer(call, format, entries, nextCursor);
}

export const audit = { getCaseAudit: ofCase, getAudit: ofPeriod };
