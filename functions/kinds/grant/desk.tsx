import { formatFen } from '../../../shared/domain/money.ts';
import { localDate } from '../../../shared/domain/time.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import type { GrantDecision } from '../../../shared/kinds/grant/decision.ts';
import { readProgramme } from '../../../shared/store/programmes.ts';
import { given } from '../../forms/desk-values.ts';
import { yuanText } from '../../web/amounts.tsx';
import { DateInput, TextArea, TextInput } from '../../web/inputs.tsx';
import { answerOf, type DeskAnswer, type DeskAnswers } from '../desk-answers.ts';
import type { DeskPages } from '../pages.ts';
import { GrantFacts } from './desk-facts.tsx';
import { moneyAnswers } from './desk-money.tsx';
import { grantDeskText } from './desk-texts.ts';

function awardOf(subject: GrantCase) {
  return 'award' in subject ? subject.award : undefined;
}

/** The most that can be approved. */
function mostOf({ requested }: GrantCase, programme: Programme | undefined): number {
  return Math.min(requested, programme?.ceiling ?? requested);
}

/** A reviewer's counsel, for or against. @param optional whether points may be left out */
function scored(optional: boolean): DeskAnswer<GrantCase> {
  return {
    fields: ({ form, scope }) => (
      <TextInput
        form={form}
        name={`${scope}score`}
        inputmode="numeric"
        width="short"
        hint={grantDeskText[form.language].scoreHint}
        optional={optional}
      />
    ),
    read: (_subject, { reader }) => given({ score: reader.whole('score') }),
  };
}

/** What each outcome of a grant asks at a desk. */
const grantAnswers: DeskAnswers<GrantDecision, GrantCase> = {
  ...moneyAnswers,
  recommended: scored(false),
  'not-recommended': scored(true),
  approved: {
    fields({ form, scope, subject }) {
      const { language } = form;
      const text = grantDeskText[language];
      const requested = fill(text.amountRequested, { amount: yuanText(language, subject.requested) });
      return subject.stage === 'second-approval' ? (
        <p>{fill(text.amountAwarded, { amount: yuanText(language, subject.award.amount) })}</p>
      ) : (
        <TextInput form={form} name={`${scope}amount`} inputmode="decimal" width="medium" hint={requested} />
      );
    },
    filled: (subject, programme) => ({ amount: formatFen(mostOf(subject, programme)) }),
    read: (_subject, { reader }) => given({ amount: reader.fen('amount') }),
  },
  paid: {
    fields({ form, scope, subject }) {
      const award = awardOf(subject);
      const hint =
        award && fill(grantDeskText[form.language].paidHint, { amount: yuanText(form.language, award.amount) });
      return (
        <>
          <DateInput form={form} name={`${scope}paidOn`} />
          <TextInput form={form} name={`${scope}reference`} maxlength={80} />
          <TextInput form={form} name={`${scope}amount`} inputmode="decimal" width="medium" hint={hint} />
        </>
      );
    },
    filled: (subject, programme) => ({
      amount: formatFen(awardOf(subject)?.amount ?? mostOf(subject, programme)),
      paidOn: localDate(Date.now()),
    }),
    read: (_subject, { reader }) =>
      given({ paidOn: reader.day('paidOn'), reference: reader.text('reference'), amount: reader.fen('amount') }),
  },
  reported: {
    fields: ({ form, scope }) => (
      <>
        <TextArea form={form} name={`${scope}summary`} />
        <TextInput form={form} name={`${scope}spent`} inputmode="decimal" width="medium" />
        <TextInput form={form} name={`${scope}evidence`} optional />
      </>
    ),
    read: (_subject, { reader }) =>
      given({ summary: reader.text('summary'), spent: reader.fen('spent'), evidence: reader.text('evidence') }),
  },
};

/** A grant at a desk: the application and its money, and what is answered about it. */
export const grantDeskPages: DeskPages<'grant'> = {
  gist: (language, { programmeName, requested }) => `${programmeName} · ${yuanText(language, requested)}`,
  filled: (subject, outcome, programme) => answerOf(grantAnswers, outcome)?.filled?.(subject, programme) ?? {},
  read: (subject, outcome, typed) => answerOf(grantAnswers, outcome)?.read(subject, typed),
  async open(subject, { hub, language, sight }) {
    const programme = await readProgramme(hub.table, subject.programme);
    return {
      facts: () => <GrantFacts language={language} subject={subject} sight={sight} programme={programme} />,
      fields: (outcome, form, scope) =>
        answerOf(grantAnswers, outcome)?.fields({ form, scope, subject, held: undefined }),
      programme,
    };
  },
};
