import type { Language } from '../../../shared/domain/language.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { colon, fill } from '../../../shared/i18n/lookup.ts';
import { nameIn } from '../../../shared/i18n/names.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import { outstanding } from '../../../shared/kinds/grant/money.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { yuanText } from '../../web/amounts.tsx';
import { Notice } from '../../web/notice.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import { Books, owedRows } from './books.tsx';
import { questionLabels } from './form.tsx';
import { moneyText } from './money-texts.ts';
import { grantSiteText } from './site-texts.ts';

type Grant = CaseOf<'grant'>;

function moneyRows(language: Language, subject: Grant) {
  const text = grantSiteText[language];
  const payment = 'payment' in subject ? subject.payment : undefined;
  return [
    { label: text.requested, value: yuanText(language, subject.requested) },
    ...('award' in subject && subject.award
      ? [{ label: text.award, value: <strong>{yuanText(language, subject.award.amount)}</strong> }]
      : []),
    ...(payment
      ? [
          {
            label: text.payment,
            value: fill(text.paidText, {
              amount: yuanText(language, payment.amount),
              date: payment.paidOn,
              reference: payment.reference,
            }),
          },
        ]
      : []),
    ...('reportDueOn' in subject && subject.reportDueOn
      ? [{ label: kindWords[language].grant.answered.reportDueOn, value: subject.reportDueOn }]
      : []),
    ...('report' in subject && subject.report
      ? [{ label: kindWords[language].grant.answered.spent, value: yuanText(language, subject.report.spent) }]
      : []),
    ...owedRows(language, subject),
  ];
}

/** The money: asked for, approved, paid, accounted for; and what it was asked for. */
export function GrantFacts({
  language,
  subject,
  programme,
}: {
  readonly language: Language;
  readonly subject: Grant;
  readonly programme: Programme | undefined;
}) {
  const text = grantSiteText[language];
  return (
    <section>
      <h2>{text.grantTitle}</h2>
      <p>
        <a href={`/programmes/${subject.programme}`}>
          {programme ? nameIn(language, programme) : subject.programmeName}
        </a>
      </p>
      {subject.stage === 'returning' && (
        <Notice tone="warning" title={moneyText[language].returnTitle}>
          <p>
            {fill(moneyText[language].returnText, {
              amount: yuanText(language, outstanding(subject)),
              because: moneyText[language].because[subject.owed.because],
            })}
          </p>
        </Notice>
      )}
      <SummaryList rows={moneyRows(language, subject)} />
      <Books language={language} subject={subject} />
    </section>
  );
}

/** What of an application its fields do not tell; the questions' words are the programme's. */
export function grantDetails(language: Language, subject: Grant, programme: Programme | undefined) {
  const { fields, answered } = kindWords[language].grant;
  const questions = questionLabels(language, programme?.questions ?? []);
  return [
    ...Object.entries(subject.answers).map(([id, answer]) => ({
      label: questions[`answers.${id}`] ?? id,
      value: answer,
    })),
    ...subject.budget.map((line) => ({
      label: `${fields.budget.label}${colon(language)}${line.description}`,
      value: yuanText(language, line.amount),
    })),
    ...('report' in subject && subject.report
      ? [
          { label: answered.summary, value: subject.report.summary },
          { label: answered.evidence, value: subject.report.evidence ?? '' },
        ]
      : []),
  ];
}
