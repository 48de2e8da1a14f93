import type { Sight } from '../../../shared/case/sight.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { colon, fill } from '../../../shared/i18n/lookup.ts';
import { inLanguage, questionIn } from '../../../shared/i18n/names.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { Money, yuanText } from '../../web/amounts.tsx';
import { Panel } from '../../web/panel.tsx';
import { SummaryList, type SummaryRow } from '../../web/summary-list.tsx';
import { Books, owedRows } from './books.tsx';
import { grantDeskText } from './desk-texts.ts';

interface GrantFactsProps {
  readonly language: Language;
  readonly subject: GrantCase;
  readonly sight: Sight;
  readonly programme: Programme | undefined;
}

function Budget({ language, subject }: { readonly language: Language; readonly subject: GrantCase }) {
  const text = grantDeskText[language];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text.budgetLine}</th>
          <th scope="col" class="numeric">
            {text.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {subject.budget.map((line) => (
          <tr>
            <td>{line.description}</td>
            <td class="numeric">{yuanText(language, line.amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{text.total}</th>
          <td class="numeric">{yuanText(language, subject.requested)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Answers({
  language,
  subject,
  programme,
}: {
  readonly language: Language;
  readonly subject: GrantCase;
  readonly programme: Programme | undefined;
}) {
  const text = grantDeskText[language];
  const asked = programme?.questions ?? [];
  const label = (id: string) => {
    const question = asked.find((each) => each.id === id);
    return question ? questionIn(language, question) : id;
  };
  const ids = [...new Set([...asked.map(({ id }) => id), ...Object.keys(subject.answers)])];
  if (ids.length === 0) return null;
  return (
    <Panel title={text.answers}>
      {ids.map((id) => (
        <>
          <h3>{label(id)}</h3>
          <p class="prose-typed">{subject.answers[id] ?? <span class="unknown">{text.unanswered}</span>}</p>
        </>
      ))}
    </Panel>
  );
}

/** The programme's name in the reader's language, where it has one. */
function programmeName(language: Language, subject: GrantCase, programme: Programme | undefined): string {
  return inLanguage(language, subject.programmeName, programme?.nameEn);
}

/** What the funder has left: shown to the funder's people alone. */
function Funds({
  language,
  subject,
  programme,
}: {
  readonly language: Language;
  readonly subject: GrantCase;
  readonly programme: Programme;
}) {
  const text = grantDeskText[language];
  const undecided = subject.stage === 'reviewing' || subject.stage === 'approving';
  const rows: SummaryRow[] = [
    { label: text.programme, value: programmeName(language, subject, programme) },
    {
      label: text.available,
      value: (
        <>
          <Money fen={programme.available} language={language} />{' '}
          {fill(text.ofBudget, { budget: yuanText(language, programme.budget) })}
          <meter class="meter" min={0} max={programme.budget} value={programme.available}>
            {yuanText(language, programme.available)}
          </meter>
        </>
      ),
    },
    ...(['reserved', 'paid', 'returned'] as const).map((name) => ({
      label: text[name],
      value: yuanText(language, programme[name]),
    })),
    ...(undecided && programme.available >= subject.requested
      ? [{ label: text.afterThis, value: yuanText(language, programme.available - subject.requested) }]
      : []),
    { label: text.ceiling, value: yuanText(language, programme.ceiling) },
    {
      label: text.secondAbove,
      value: fill(text.secondAboveText, { amount: yuanText(language, programme.secondApprovalAbove) }),
    },
    { label: text.closesOn, value: programme.closesOn },
  ];
  return (
    <Panel title={text.programme}>
      <SummaryList rows={rows} />
    </Panel>
  );
}

function moneyRows(language: Language, subject: GrantCase): SummaryRow[] {
  const text = grantDeskText[language];
  const { answered } = kindWords[language].grant;
  const award = 'award' in subject ? subject.award : undefined;
  const payment = 'payment' in subject ? subject.payment : undefined;
  return [
    ...(award ? [{ label: text.award, value: yuanText(language, award.amount) }] : []),
    ...(payment
      ? [
          { label: answered.paidOn, value: payment.paidOn },
          { label: answered.reference, value: payment.reference },
        ]
      : []),
    ...('reportDueOn' in subject && subject.reportDueOn
      ? [{ label: answered.reportDueOn, value: subject.reportDueOn }]
      : []),
    ...owedRows(language, subject),
  ];
}

/** What the money is for, what the programme has left, what was granted, paid and reported. */
export function GrantFacts({ language, subject, sight, programme }: GrantFactsProps) {
  const text = grantDeskText[language];
  const report = 'report' in subject ? subject.report : undefined;
  const money = moneyRows(language, subject);
  return (
    <>
      <Panel title={`${text.application}${colon(language)}${programmeName(language, subject, programme)}`}>
        {sight.application && <p class="prose-typed">{subject.purpose}</p>}
        <Budget language={language} subject={subject} />
      </Panel>
      {sight.application && <Answers language={language} subject={subject} programme={programme} />}
      {money.length > 0 && (
        <Panel title={text.award}>
          <SummaryList rows={money} />
          <Books language={language} subject={subject} />
        </Panel>
      )}
      {report && sight.application && (
        <Panel title={text.report}>
          <p class="prose-typed">{report.summary}</p>
          <SummaryList
            rows={[
              { label: kindWords[language].grant.answered.spent, value: yuanText(language, report.spent) },
              ...('payment' in subject && subject.payment
                ? [{ label: text.left, value: yuanText(language, subject.payment.amount - report.spent) }]
                : []),
              ...(report.evidence
                ? [{ label: kindWords[language].grant.answered.evidence, value: report.evidence }]
                : []),
            ]}
          />
        </Panel>
      )}
      {sight.funds && programme && <Funds language={language} subject={subject} programme={programme} />}
    </>
  );
}
