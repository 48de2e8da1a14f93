import * as z from 'zod';
import { exportPeriodAudit } from '../../../shared/case/audit.ts';
import { type FieldProblem, Rejected } from '../../../shared/domain/errors.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { addDays, LocalDate, localDate } from '../../../shared/domain/time.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { DateInput } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { showPage } from '../frame.tsx';
import { auditPageText } from '../texts/audit.ts';
import { permissionText } from '../texts/permissions.ts';
import { auditFile } from './case-audit.tsx';

/** Entries that one file holds: it must fit into an answer of some megabytes. */
const MOST = 4_000;
const A_WEEK = 6;

const Period = z.object({ from: LocalDate, to: LocalDate });

interface Tried {
  readonly problems: readonly FieldProblem[];
  readonly message?: string;
}

function page(c: ConsoleContext, tried?: Tried) {
  const { language } = c.get('visit');
  const text = auditPageText[language];
  const today = localDate(Date.now());
  const given = (name: string) => c.req.query(name) ?? (name === 'from' ? addDays(today, -A_WEEK) : today);
  const form = formView({ language, labels: text.labels, value: given, problems: tried?.problems ?? [] });
  return showPage(c, {
    title: text.period,
    room: 'audit',
    status: tried ? 422 : 200,
    children: (
      <>
        <h1>{text.period}</h1>
        <p>{text.periodLead}</p>
        {tried?.message && <Notice tone="warning">{tried.message}</Notice>}
        <ErrorSummary form={form} />
        <form method="get" action="/console/audit.csv" class="filters">
          <DateInput form={form} name="from" />
          <DateInput form={form} name="to" />
          <Submit text={text.csv} />
          <Submit text={text.json} look="second" formaction="/console/audit.json" />
        </form>
        <p class="small">{text.verify}</p>
        <p class="small">
          <a href="/console/permissions">{permissionText[language].title}</a>
        </p>
      </>
    ),
  });
}

/** Where an auditor takes away what happened in a period. */
export function periodAuditPage(c: ConsoleContext) {
  return page(c);
}

async function periodFile(c: ConsoleContext, door: Door, format: 'csv' | 'json') {
  const { acting, language } = c.get('visit');
  try {
    const period = parseInput(Period, { from: c.req.query('from'), to: c.req.query('to') });
    const { entries, nextCursor } = await exportPeriodAudit(door.hub, period, acting, 'console', { limit: MOST });
    if (nextCursor) {
      return page(c, { problems: [], message: fill(auditPageText[language].tooMany, { most: MOST }) });
    }
    return auditFile(c, `audit-${period.from}-${period.to}`, format, entries);
  } catch (error) {
    if (!(error instanceof Rejected) || error.code !== 'invalid') throw error;
    return page(c, { problems: error.fields });
  }
}

export function periodAuditCsv(c: ConsoleContext, door: Door) {
  return periodFile(c, door, 'csv');
}

export function periodAuditJson(c: ConsoleContext, door: Door) {
  return periodFile(c, door, 'json');
}
