import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { formatFen } from '../../../shared/domain/money.ts';
import { readYuan } from '../../../shared/domain/read/yuan.ts';
import { localDate } from '../../../shared/domain/time.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { nameIn } from '../../../shared/i18n/names.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import { GrantDecision } from '../../../shared/kinds/grant/decision.ts';
import { fittingProgrammes } from '../../../shared/kinds/grant/rules.ts';
import { findingsTold } from '../../../shared/kinds/parts.ts';
import { listProgrammes, readProgramme } from '../../../shared/store/programmes.ts';
import { AnswerForm, type AnswerProps } from '../../forms/answer-form.tsx';
import { type CheckedBody, drafted } from '../../forms/application.ts';
import { formText } from '../../forms/texts/forms.ts';
import { yuanText } from '../../web/amounts.tsx';
import { TextArea, TextInput } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import type { Form } from '../../web/read-form.ts';
import type { SitePages } from '../pages.ts';
import { moneyText } from './money-texts.ts';
import { GrantFacts, grantDetails } from './site-facts.tsx';
import { grantSiteText } from './site-texts.ts';
import { Unmet } from './unmet.tsx';

/** The agreement that the applicant accepts before the money is paid. `amount` in fen. */
function AgreementForm({
  amount,
  programme,
  ...props
}: AnswerProps & { readonly amount: number; readonly programme: string }) {
  const { language } = props.form;
  const text = grantSiteText[language];
  return (
    <AnswerForm {...props} outcome="accepted" title={text.agreementTitle} action={text.acceptAction}>
      <p>{fill(text.agreementText, { amount: yuanText(language, amount), programme })}</p>
      <ul>
        {text.agreementTerms.map((term) => (
          <li>{term}</li>
        ))}
      </ul>
    </AnswerForm>
  );
}

/** How the money was spent. */
function GrantReportForm({
  subject,
  ...props
}: AnswerProps & { readonly subject: Extract<GrantCase, { stage: 'delivering' }> }) {
  const { language } = props.form;
  const text = grantSiteText[language];
  const returned = subject.decisions.findLast((decision) => decision.outcome === 'report-returned');
  return (
    <AnswerForm {...props} outcome="reported" title={text.reportTitle} action={text.reportAction}>
      {returned && (
        <Notice tone="warning" title={text.returned}>
          <p class="prose-typed">{returned.reason}</p>
        </Notice>
      )}
      <TextArea form={props.form} name="summary" rows={7} />
      <TextInput
        form={props.form}
        name="spent"
        inputmode="decimal"
        width="medium"
        suffix={formText[language].yuan}
        hint={fill(text.spentHint, { amount: yuanText(language, subject.payment.amount) })}
      />
      <TextInput form={props.form} name="evidence" optional hint={text.evidenceHint} />
    </AnswerForm>
  );
}

/** Where the money is to go that did not arrive. */
function AccountForm({ subject, ...props }: AnswerProps & { readonly subject: GrantCase }) {
  const text = moneyText[props.form.language];
  const failed = subject.decisions.findLast((decision) => decision.outcome === 'payment-failed');
  return (
    <AnswerForm {...props} outcome="account-corrected" title={text.accountTitle} action={text.accountAction}>
      {failed?.reason && <blockquote class="history-reason">{failed.reason}</blockquote>}
      <TextArea form={props.form} name="reason" rows={3} hint={text.accountHint} />
    </AnswerForm>
  );
}

function reported(form: Form): CheckedBody {
  const typed = form.get('spent');
  const spent = readYuan(typed);
  const problems: FieldProblem[] =
    spent === undefined ? [{ pointer: '/spent', code: typed.trim() === '' ? 'required' : 'not-an-amount' }] : [];
  const body = { outcome: 'reported', summary: form.get('summary'), spent: spent ?? 0, evidence: form.get('evidence') };
  return drafted(GrantDecision, body, problems);
}

interface GrantAnswerProps extends AnswerProps {
  readonly subject: GrantCase;
  readonly programme: Programme | undefined;
}

function GrantAnswer({ subject, programme, ...props }: GrantAnswerProps) {
  if (subject.stage === 'agreement') {
    const name = programme ? nameIn(props.form.language, programme) : subject.programmeName;
    return <AgreementForm {...props} amount={subject.award.amount} programme={name} />;
  }
  if (subject.stage === 'payment-failed') return <AccountForm {...props} subject={subject} />;
  return subject.stage === 'delivering' ? <GrantReportForm {...props} subject={subject} /> : null;
}

/** While it can still be changed, withdrawn, or sent to another programme. */
const undecided: ReadonlySet<string> = new Set(['reviewing', 'approving', 'second-approval', 'changes-requested']);

/** A grant behind its private link: the money, the agreement, and the report. */
export const grantSite: SitePages<'grant'> = {
  done: (language) => grantSiteText[language].done,
  // a returned report comes back as it was sent
  filled(subject) {
    const report = 'report' in subject ? subject.report : undefined;
    if (!report) return {};
    return { summary: report.summary, spent: formatFen(report.spent), evidence: report.evidence ?? '' };
  },
  labels: (language) => ({ reason: moneyText[language].accountReason }),
  read(_subject, outcome, form) {
    if (outcome === 'account-corrected') return drafted(GrantDecision, { outcome, reason: form.get('reason') }, []);
    return outcome === 'reported' ? reported(form) : undefined;
  },
  async open(subject, { hub, language, secret }) {
    const programme = await readProgramme(hub.table, subject.programme);
    const findings = undecided.has(subject.stage) ? findingsTold(subject) : [];
    const today = localDate(Date.now());
    const open = findings.length > 0 ? await listProgrammes(hub.table) : [];
    const fitting = fittingProgrammes(subject, open, today).filter(({ id }) => id !== subject.programme);
    return {
      answer: (form, task) => (
        <GrantAnswer form={form} secret={secret} task={task} subject={subject} programme={programme} />
      ),
      besides: () => <Unmet language={language} findings={findings} fitting={fitting} sent />,
      facts: () => <GrantFacts language={language} subject={subject} programme={programme} />,
      details: grantDetails(language, subject, programme),
    };
  },
};
