import { fill } from '../../../shared/i18n/lookup.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import { yuanText } from '../../web/amounts.tsx';
import { DateInput, TextArea, TextInput } from '../../web/inputs.tsx';
import { AnswerFields, BudgetRows, ContactFields, CoverFields, MoreRows, rowsToDraw } from '../entry/entry-fields.tsx';
import { decideText } from '../texts/decide.ts';
import { scopeOf } from './answer.ts';
import { NeedOutcome, type OutcomeProps } from './need-fields.tsx';

const MOST_BUDGET_LINES = 50;

function GrantOutcome({ form, subject, outcome, dossier, more }: OutcomeProps<GrantCase>) {
  const { language } = form;
  const text = decideText[language];
  const scope = scopeOf(outcome);
  const requested = fill(text.amountRequested, { amount: yuanText(language, subject.requested) });
  const award = 'award' in subject ? subject.award : undefined;
  switch (outcome) {
    case 'recommended':
      return <TextInput form={form} name={`${scope}score`} inputmode="numeric" width="short" hint={text.scoreHint} />;
    case 'approved':
      return subject.stage === 'second-approval' ? (
        <p>{fill(text.amountAwarded, { amount: yuanText(language, subject.award.amount) })}</p>
      ) : (
        <TextInput form={form} name={`${scope}amount`} inputmode="decimal" width="medium" hint={requested} />
      );
    case 'paid':
      return (
        <>
          <DateInput form={form} name={`${scope}paidOn`} />
          <TextInput form={form} name={`${scope}reference`} maxlength={80} />
          <TextInput
            form={form}
            name={`${scope}amount`}
            inputmode="decimal"
            width="medium"
            hint={award && fill(text.paidHint, { amount: yuanText(language, award.amount) })}
          />
        </>
      );
    case 'reported':
      return (
        <>
          <TextArea form={form} name={`${scope}summary`} />
          <TextInput form={form} name={`${scope}spent`} inputmode="decimal" width="medium" />
          <TextInput form={form} name={`${scope}evidence`} optional />
        </>
      );
    case 'resubmitted':
      return (
        <>
          <p class="hint">{text.changesHint}</p>
          <TextArea form={form} name={`${scope}purpose`} />
          <BudgetRows
            form={form}
            scope={scope}
            rows={rowsToDraw(form, scope, 'budget', 'description', more, MOST_BUDGET_LINES)}
          />
          <MoreRows form={form} />
          <AnswerFields form={form} scope={scope} questions={dossier.programme?.questions ?? []} />
          <ContactFields form={form} scope={scope} />
        </>
      );
    default:
      return null;
  }
}

function InsuranceOutcome({ form, subject, outcome }: OutcomeProps<InsuranceCase>) {
  const text = decideText[form.language];
  const scope = scopeOf(outcome);
  if (outcome === 'bound') return <TextInput form={form} name={`${scope}policyNumber`} maxlength={60} />;
  if (outcome !== 'resubmitted') return null;
  return (
    <>
      <p class="hint">{text.changesHint}</p>
      <CoverFields form={form} scope={scope} />
      <ContactFields form={form} scope={scope} />
      <TextArea
        form={form}
        name={`${scope}volunteers`}
        rows={8}
        hint={fill(text.volunteersHint, { count: subject.roster.count })}
        optional
      />
    </>
  );
}

/** The fields of one outcome, whatever the kind of case. */
export function OutcomeFields(props: Omit<OutcomeProps<unknown>, 'subject'>) {
  const { subject } = props.dossier;
  if (subject.kind === 'need') return <NeedOutcome {...props} subject={subject} />;
  if (subject.kind === 'grant') return <GrantOutcome {...props} subject={subject} />;
  return <InsuranceOutcome {...props} subject={subject} />;
}
