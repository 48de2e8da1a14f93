import * as z from 'zod';
import { type AuditEntry, exportCaseAudit, exportPeriodAudit, MOST_DAYS } from '../../../shared/case/audit.ts';
import { auditRows } from '../../../shared/case/audit-file.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { LocalDate } from '../../../shared/domain/time.ts';
import { sheetFile } from '../../web/given-file.ts';
import type { Asking, Call } from '../call.ts';
import { operation } from '../operation.ts';
import { AuditView, viewAudit } from '../views/audit.ts';
import type { AtCase } from './places.ts';

const format = { format: z.enum(['json', 'csv']).default('json') };

const CaseAuditQuery = z.object(format);

/** Days at the hub, both included; a page of up to a thousand entries. */
const AuditQuery = z.object({
  from: LocalDate,
  to: LocalDate,
  cursor: z.string().max(4000).optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(1000))
    .default(500),
  ...format,
});

function answer(call: Call, format: 'json' | 'csv', entries: readonly AuditEntry[], nextCursor: string | null = null) {
  if (format === 'json') return { body: viewAudit(entries, nextCursor) };
  const { body, headers } = sheetFile('csv', 'audit', auditRows(call.language, entries));
  return {
    body,
    headers: {
      ...headers,
      ...(nextCursor !== null && { 'jieli-next-cursor': nextCursor }),
    },
  };
}

async function ofCase(call: AtCase & Asking<typeof CaseAuditQuery>) {
  const { format } = call.asked();
  const { entries } = await exportCaseAudit(call.hub, call.place('id'), call.acting, 'api');
  return answer(call, format, entries);
}

async function ofPeriod(call: Asking<typeof AuditQuery>) {
  const { format, from, to, ...page } = call.asked();
  const { entries, nextCursor } = await exportPeriodAudit(call.hub, { from, to }, call.acting, 'api', page);
  return answer(call, format, entries, nextCursor);
}

export const audit = {
  getCaseAudit: operation({
    method: 'get',
    path: '/cases/{id}/audit',
    access: 'token',
    action: 'export-audit',
    places: { id: CaseId },
    summary: 'Who saw and did what in a case',
    description:
      'Changes and views in the order they happened, with the hashes that bind each to the one before: `verify` says how. As CSV with `format=csv`. For auditors; taking it is an entry of the trail itself.',
    query: CaseAuditQuery,
    answer: { description: 'The audit of the case', schema: { Audit: AuditView }, orCsv: true },
    handle: ofCase,
  }),
  getAudit: operation({
    method: 'get',
    path: '/audit',
    access: 'token',
    action: 'export-audit',
    summary: 'All that happened in a period',
    description: `Cases and everything else, a page at a time, at most ${MOST_DAYS} days at once. As CSV with \`format=csv\`: the header \`Jieli-Next-Cursor\` then says where it goes on. For auditors; each page taken is recorded.`,
    query: AuditQuery,
    answer: { description: 'A page of the audit', schema: { Audit: AuditView }, orCsv: true },
    handle: ofPeriod,
  }),
};
