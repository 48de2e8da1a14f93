import type { Child } from 'hono/jsx';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { formText } from '../../forms/texts/forms.ts';
import { countText, yuanText } from '../../web/amounts.tsx';
import type { FormView } from '../../web/form-view.ts';
import { Hidden, TextArea, TextInput } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import { trackText } from '../texts/track.ts';

interface AnswerProps {
  readonly form: FormView;
  readonly secret: string;
  readonly task: OpenTask;
}

function AnswerForm(props: AnswerProps & { outcome: string; title: string; action: string; children?: Child }) {
  const { secret, task, outcome, title, action, children } = props;
  return (
    <section class="card answer">
      <h2>{title}</h2>
      <form method="post" action={`/track/${secret}/tasks/${task.id}`} novalidate>
        <Hidden name="outcome" value={outcome} />
        <Hidden name="once" value={crypto.randomUUID()} />
        {children}
        <Submit text={action} />
      </form>
    </section>
  );
}

/** Which lines arrived, and how much of each; "enough" when the rest is not needed. */
export function ConfirmForm({ subject, ...props }: AnswerProps & { readonly subject: CaseOf<'need'> }) {
  const { form } = props;
  const text = trackText[form.language];
  return (
    <AnswerForm {...props} outcome="confirmed" title={text.confirmTitle} action={text.confirmAction}>
      <p>{text.confirmText}</p>
      {subject.lines.map((line, index) => (
        <fieldset class="field line-answer">
          <legend class="label">
            {line.item} <span class="optional">{line.specification}</span>
          </legend>
          <TextInput
            form={form}
            name={`lines.${index}.received`}
            label={kindWords[form.language].need.answered.received}
            inputmode="numeric"
            width="short"
            suffix={[line.unit, fill(text.approvedQuantity, { count: countText(line.approved ?? 0) })]
              .filter(Boolean)
              .join(' · ')}
          />
          <div class="choice">
            <input
              type="checkbox"
              id={`enough-${index}`}
              name={`lines.${index}.enough`}
              value="yes"
              checked={form.value(`lines.${index}.enough`) === 'yes'}
            />
            <label for={`enough-${index}`}>{text.enoughMissing}</label>
          </div>
        </fieldset>
      ))}
    </AnswerForm>
  );
}

/** A few words after the goods have arrived. */
export function NeedReportForm(props: AnswerProps) {
  const text = trackText[props.form.language];
  return (
    <AnswerForm {...props} outcome="reported" title={text.needReportTitle} action={text.reportAction}>
      <TextArea form={props.form} name="report" hint={text.needReportHint} />
    </AnswerForm>
  );
}

/** The agreement that the applicant accepts before the money is paid. `amount` in fen. */
export function AgreementForm({
  amount,
  programme,
  ...props
}: AnswerProps & { readonly amount: number; readonly programme: string }) {
  const { language } = props.form;
  const text = trackText[language];
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
export function GrantReportForm({
  subject,
  ...props
}: AnswerProps & { readonly subject: CaseOf<'grant'> & { stage: 'delivering' } }) {
  const { language } = props.form;
  const text = trackText[language];
  const returned = subject.decisions.findLast((decision) => decision.outcome === 'report-returned');
  return (
    <AnswerForm {...props} outcome="reported" title={text.grantReportTitle} action={text.grantReportAction}>
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
