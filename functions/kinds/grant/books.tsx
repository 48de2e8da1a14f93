import type { Language } from '../../../shared/domain/language.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import { entriesOf, outstanding } from '../../../shared/kinds/grant/money.ts';
import { yuanText } from '../../web/amounts.tsx';
import type { SummaryRow } from '../../web/summary-list.tsx';
import { moneyText } from './money-texts.ts';

/** Every entry about the money, also those that another stands in the place of; nothing while there is none. */
export function Books({ language, subject }: { readonly language: Language; readonly subject: GrantCase }) {
  const text = moneyText[language];
  const entries = entriesOf('payment' in subject ? subject : { entries: subject.entries });
  if (entries.length === 0) return null;
  const corrected = new Set(entries.map(({ corrects }) => corrects));
  const [number, what, day, reference, amount] = text.booksColumns;
  return (
    <table class="stacked">
      <caption>{text.books}</caption>
      <thead>
        <tr>
          <th scope="col">{number}</th>
          <th scope="col">{what}</th>
          <th scope="col">{day}</th>
          <th scope="col">{reference}</th>
          <th scope="col" class="numeric">
            {amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr>
            <td>{entry.id}</td>
            <td>
              {text.what[entry.what]}
              {entry.corrects && <span class="sub">{fill(text.corrects, { entry: entry.corrects })}</span>}
              {corrected.has(entry.id) && <span class="sub">{text.corrected}</span>}
            </td>
            <td>{entry.on}</td>
            <td>{entry.reference}</td>
            <td class="numeric">{yuanText(language, entry.amount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What had to come back, why, and how much of it is still owed. */
export function owedRows(language: Language, subject: GrantCase): SummaryRow[] {
  if (!('owed' in subject) || !subject.owed) return [];
  const text = moneyText[language];
  const { owed } = subject;
  return [
    { label: text.owed, value: `${yuanText(language, owed.amount)} · ${text.because[owed.because]}` },
    { label: text.outstanding, value: yuanText(language, outstanding({ ...subject, owed })) },
  ];
}
