import type { Language } from '../../../shared/domain/language.ts';
import { formatFen } from '../../../shared/domain/money.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import { outstanding, standing } from '../../../shared/kinds/grant/money.ts';
import { given } from '../../forms/desk-values.ts';
import { yuanText } from '../../web/amounts.tsx';
import { Select } from '../../web/choices.tsx';
import { DateInput, TextInput } from '../../web/inputs.tsx';
import type { DeskAnswer } from '../desk-answers.ts';
import { moneyText } from './money-texts.ts';

function owedIn(language: Language, subject: GrantCase): string {
  return 'owed' in subject && subject.owed ? yuanText(language, outstanding({ ...subject, owed: subject.owed })) : '';
}

/** The entries that can be corrected, as choices. */
function entryChoices(language: Language, subject: GrantCase) {
  const text = moneyText[language];
  const kept = 'payment' in subject ? subject : { entries: subject.entries };
  return [...standing(kept, 'payment'), ...standing(kept, 'return')].map(({ id, what, on, amount }) => ({
    value: id,
    text: `${id} · ${text.what[what]} · ${on} · ${yuanText(language, amount)}`,
  }));
}

/** A word about an answer that asks nothing but its reason. */
function hinted(hint: (language: Language, subject: GrantCase) => string): DeskAnswer<GrantCase> {
  return {
    fields: ({ form, subject }) => <p class="hint">{hint(form.language, subject)}</p>,
    read: () => undefined,
  };
}

/** What is asked of who says something about the money, from the payment on. */
export const moneyAnswers = {
  returned: {
    fields: ({ form, scope, subject }) => (
      <>
        <TextInput
          form={form}
          name={`${scope}amount`}
          inputmode="decimal"
          width="medium"
          hint={fill(moneyText[form.language].returnedHint, { amount: owedIn(form.language, subject) })}
        />
        <DateInput form={form} name={`${scope}returnedOn`} />
        <TextInput form={form} name={`${scope}reference`} maxlength={80} />
      </>
    ),
    filled: (subject) => ({
      ...('owed' in subject && subject.owed && { amount: formatFen(outstanding({ ...subject, owed: subject.owed })) }),
      returnedOn: localDate(Date.now()),
    }),
    read: (_subject, { reader }) =>
      given({
        amount: reader.fen('amount'),
        returnedOn: reader.day('returnedOn'),
        reference: reader.text('reference'),
      }),
  },
  'entry-corrected': {
    fields({ form, scope, subject }) {
      const text = moneyText[form.language];
      return (
        <>
          <p class="hint">{text.entryHint}</p>
          <Select form={form} name={`${scope}entry`} choices={entryChoices(form.language, subject)} />
          <DateInput form={form} name={`${scope}on`} />
          <TextInput form={form} name={`${scope}reference`} maxlength={80} />
          <TextInput
            form={form}
            name={`${scope}amount`}
            inputmode="decimal"
            width="medium"
            hint={text.correctAmountHint}
            optional
          />
        </>
      );
    },
    read: (_subject, { reader }) =>
      given({
        entry: reader.text('entry'),
        on: reader.day('on'),
        reference: reader.text('reference'),
        amount: reader.fen('amount'),
      }),
  },
  'waiver-asked': {
    fields: ({ form, scope, subject }) => (
      <TextInput
        form={form}
        name={`${scope}amount`}
        inputmode="decimal"
        width="medium"
        hint={fill(moneyText[form.language].waiverHint, { amount: owedIn(form.language, subject) })}
        optional
      />
    ),
    read: (_subject, { reader }) => given({ amount: reader.fen('amount') }),
  },
  waived: hinted((language, subject) =>
    subject.stage === 'waiving'
      ? fill(moneyText[language].waiverAsked, { amount: yuanText(language, subject.waiver) })
      : '',
  ),
  stopped: hinted((language) => moneyText[language].stoppedHint),
  'payment-failed': hinted((language) => moneyText[language].failedHint),
  'account-corrected': hinted((language) => moneyText[language].accountHint),
} as const satisfies Readonly<Record<string, DeskAnswer<GrantCase>>>;
