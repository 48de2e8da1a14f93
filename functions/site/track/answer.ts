import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { formatFen } from '../../../shared/domain/money.ts';
import { typedCount } from '../../../shared/domain/read/quantity.ts';
import { readYuan } from '../../../shared/domain/read/yuan.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { decisionInputs } from '../../../shared/kinds/decision.ts';
import { type CheckedBody, drafted } from '../../forms/application.ts';
import type { Form } from '../../web/read-form.ts';

function confirmed(subject: Case & { kind: 'need' }, form: Form): CheckedBody {
  const problems: FieldProblem[] = [];
  const lines = subject.lines.map((line, index) => {
    const typed = form.get(`lines.${index}.received`);
    const received = typedCount(typed, line.unit ?? '');
    if (received === undefined) {
      problems.push({ pointer: `/lines/${index}/received`, code: typed.trim() === '' ? 'required' : 'not-a-number' });
    }
    return { line: line.id, received: received ?? 0, enough: form.get(`lines.${index}.enough`) === 'yes' };
  });
  return drafted(decisionInputs.need, { outcome: 'confirmed', lines }, problems);
}

function grantReported(form: Form): CheckedBody {
  const typed = form.get('spent');
  const spent = readYuan(typed);
  const problems: FieldProblem[] =
    spent === undefined ? [{ pointer: '/spent', code: typed.trim() === '' ? 'required' : 'not-an-amount' }] : [];
  const body = { outcome: 'reported', summary: form.get('summary'), spent: spent ?? 0, evidence: form.get('evidence') };
  return drafted(decisionInputs.grant, body, problems);
}

/** What the applicant's form answers to the open task, as the case takes it, and what is wrong with it. */
export function answerDraft(subject: Case, form: Form): CheckedBody {
  const outcome = form.get('outcome');
  if (subject.kind === 'need' && outcome === 'confirmed') return confirmed(subject, form);
  if (subject.kind === 'need' && outcome === 'reported')
    return drafted(decisionInputs.need, { outcome, report: form.get('report') });
  if (subject.kind === 'grant' && outcome === 'reported') return grantReported(form);
  return { body: { outcome }, problems: [] };
}

/** What the forms begin with: everything that was approved has arrived; a returned report comes back as it was sent. */
export function answerDefaults(subject: Case): ReadonlyMap<string, string> {
  if (subject.kind === 'need') {
    return new Map(subject.lines.map((line, index) => [`lines.${index}.received`, String(line.approved ?? '')]));
  }
  if (subject.kind === 'grant' && 'report' in subject && subject.report) {
    const { summary, spent, evidence = '' } = subject.report;
    return new Map([
      ['summary', summary],
      ['spent', formatFen(spent)],
      ['evidence', evidence],
    ]);
  }
  return new Map();
}
