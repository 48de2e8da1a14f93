import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { typedCount } from '../../../shared/domain/read/quantity.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import { NeedDecision } from '../../../shared/kinds/need/decision.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { AnswerForm, type AnswerProps } from '../../forms/answer-form.tsx';
import { type CheckedBody, drafted } from '../../forms/application.ts';
import { inRow } from '../../forms/description.ts';
import { countText } from '../../web/amounts.tsx';
import { TextArea, TextInput } from '../../web/inputs.tsx';
import type { Form } from '../../web/read-form.ts';
import type { SitePages } from '../pages.ts';
import { AmountsForm, readAmounts } from './site-amounts.tsx';
import { NeedFacts, needReport } from './site-facts.tsx';
import { needSiteText } from './site-texts.ts';

/** Which lines arrived, and how much of each; "enough" when the rest is not needed. */
function ConfirmForm({ subject, ...props }: AnswerProps & { readonly subject: NeedCase }) {
  const { form } = props;
  const text = needSiteText[form.language];
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

/** Says that nothing came, and why, as far as it is known. */
function NotArrivedForm(props: AnswerProps) {
  const text = needSiteText[props.form.language];
  return (
    <AnswerForm {...props} outcome="not-arrived" title={text.notArrivedTitle} action={text.notArrivedAction}>
      <p>{text.notArrivedText}</p>
      <TextArea form={props.form} name="reason" rows={3} hint={text.notArrivedHint} />
    </AnswerForm>
  );
}

/** A few words after the goods have arrived. */
function NeedReportForm(props: AnswerProps) {
  const text = needSiteText[props.form.language];
  return (
    <AnswerForm {...props} outcome="reported" title={text.reportTitle} action={text.reportAction}>
      <TextArea form={props.form} name="report" hint={text.reportHint} />
    </AnswerForm>
  );
}

function confirmed(subject: NeedCase, form: Form): CheckedBody {
  const problems: FieldProblem[] = [];
  const lines = subject.lines.map((line, index) => {
    const typed = form.get(`lines.${index}.received`);
    const received = typedCount(typed, line.unit ?? '');
    if (received === undefined) {
      problems.push({ pointer: `/lines/${index}/received`, code: typed.trim() === '' ? 'required' : 'not-a-number' });
    }
    return { line: line.id, received: received ?? 0, enough: form.get(`lines.${index}.enough`) === 'yes' };
  });
  return drafted(NeedDecision, { outcome: 'confirmed', lines }, problems);
}

function NeedAnswer({ subject, ...props }: AnswerProps & { readonly subject: NeedCase }) {
  if (subject.stage === 'in-transit' || subject.stage === 'confirming')
    return (
      <>
        <ConfirmForm {...props} subject={subject} />
        <NotArrivedForm {...props} />
      </>
    );
  return subject.stage === 'reporting' ? <NeedReportForm {...props} /> : null;
}

/** A need behind its private link: what was asked for and what became of it, what arrived, and a report. */
export const needSite: SitePages<'need'> = {
  done: (language) => needSiteText[language].done,
  labels(language) {
    const { fields, answered } = kindWords[language].need;
    const { row, parts } = fields.lines;
    return {
      reason: needSiteText[language].notArrivedReason,
      'lines.*.received': inRow(language, row, answered.received),
      'amounts.*.quantity': inRow(language, row, parts.quantity.label),
    };
  },
  // everything that was approved has arrived
  filled: ({ lines }) =>
    Object.fromEntries(lines.map((line, index) => [`lines.${index}.received`, String(line.approved ?? '')])),
  read(subject, outcome, form) {
    if (outcome === 'confirmed') return confirmed(subject, form);
    if (outcome === 'not-arrived') return drafted(NeedDecision, { outcome, reason: form.get('reason') });
    return outcome === 'reported' ? drafted(NeedDecision, { outcome, report: form.get('report') }) : undefined;
  },
  amounts: {
    read: readAmounts,
    nothing: (language) => needSiteText[language].amountsNothing,
  },
  open: async (subject, { language, secret }) => ({
    answer: (form, task) => <NeedAnswer form={form} secret={secret} task={task} subject={subject} />,
    besides: (form) => <AmountsForm form={form} secret={secret} subject={subject} />,
    facts: (parties) => <NeedFacts language={language} subject={subject} parties={parties} />,
    details: needReport(language, subject),
  }),
};
