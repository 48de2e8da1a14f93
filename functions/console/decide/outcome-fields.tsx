import { fill } from '../../../shared/i18n/lookup.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import { yuanText } from '../../web/amounts.tsx';
import { DateInput, TextArea, TextInput } from '../../web/inputs.tsx';
import { decideText } from '../texts/decide.ts';
import { scopeOf } from './answer.ts';
import { ChangesFields, changesForm } from './changes.tsx';
import { NeedOutcome, type OutcomeProps } from './need-fields.tsx';

function GrantOutcome({ form, subject, outcome }: OutcomeProps<GrantCase>) {
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
    default:
      return null;
  }
}

function InsuranceOutcome({ form, outcome }: Pick<OutcomeProps<InsuranceCase>, 'form' | 'outcome'>) {
  if (outcome !== 'bound') return null;
  return <TextInput form={form} name={`${scopeOf(outcome)}policyNumber`} maxlength={60} />;
}

/** The fields of one outcome, whatever the kind of case. */
export function OutcomeFields(props: Omit<OutcomeProps<unknown>, 'subject'>) {
  const { form, outcome, more } = props;
  const { subject, programme } = props.dossier;
  if (outcome === 'resubmitted') {
    const desk = changesForm(form.language, subject, programme);
    return <ChangesFields form={form} desk={desk} scope={scopeOf(outcome)} more={more} />;
  }
  switch (subject.kind) {
    case 'need':
      return <NeedOutcome {...props} subject={subject} />;
    case 'grant':
      return <GrantOutcome {...props} subject={subject} />;
    case 'insurance':
      return <InsuranceOutcome form={form} outcome={outcome} />;
  }
}
