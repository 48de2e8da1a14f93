import type { Sight } from '../../../shared/case/sight.ts';
import type { PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Offer } from '../../../shared/domain/party.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { factRows } from '../../forms/facts.ts';
import { countText } from '../../web/amounts.tsx';
import { quantityText } from '../../web/line-text.ts';
import { Panel } from '../../web/panel.tsx';
import { SummaryList, type SummaryRow } from '../../web/summary-list.tsx';
import { needDeskText } from './desk-texts.ts';
import { ToldOfLine } from './told-of-line.tsx';

function Lines({ language, subject }: { readonly language: Language; readonly subject: NeedCase }) {
  const text = needDeskText[language];
  const has = (field: 'approved' | 'dispatched' | 'received') =>
    subject.lines.some((line) => line[field] !== undefined);
  const columns = (['approved', 'dispatched', 'received'] as const).filter(has);
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{text.item}</th>
          <th scope="col" class="numeric">
            {text.asked}
          </th>
          {columns.map((field) => (
            <th scope="col" class="numeric">
              {text[field]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {subject.lines.map((line) => (
          <tr>
            <td>
              {line.item} {line.enough && <span class="tag end">{text.enough}</span>}
              {line.specification && <span class="sub">{line.specification}</span>}
              <ToldOfLine language={language} line={line} />
            </td>
            <td class="numeric" data-label={text.asked}>
              <span class={line.quantity === null ? 'unknown' : undefined}>{quantityText(language, line)}</span>
            </td>
            {columns.map((field) => (
              <td class="numeric" data-label={text[field]}>
                {countText(line[field] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function consignmentRows(language: Language, subject: NeedCase): SummaryRow[] {
  const { answered, fields } = kindWords[language].need;
  if (!('consignment' in subject) || !subject.consignment) return [];
  const { carrier, trackingNumber, expectedOn, lots = [], note } = subject.consignment;
  const items = new Map(subject.lines.map((line) => [line.id, line.item]));
  return [
    { label: answered.carrier, value: [carrier, trackingNumber].filter(Boolean).join(' · ') },
    { label: answered.expectedOn, value: expectedOn },
    ...(lots.length > 0
      ? [
          {
            label: answered.lots,
            value: lots
              .map(({ line, lot, quantity }) => `${items.get(line) ?? line}: ${lot} × ${countText(quantity)}`)
              .join('\n'),
          },
        ]
      : []),
    ...(note ? [{ label: fields.note.label, value: note }] : []),
  ];
}

interface NeedFactsProps {
  readonly language: Language;
  readonly subject: NeedCase;
  readonly sight: Sight;
  readonly parties: ReadonlyMap<PartyId, string>;
  /** the offer that it is matched to, while it is not yet approved */
  readonly offer: Offer | undefined;
}

/** What is needed, where it goes, and what became of it. */
export function NeedFacts({ language, subject, sight, parties, offer }: NeedFactsProps) {
  const text = needDeskText[language];
  const donor = 'donor' in subject ? subject.donor : undefined;
  const { application, delivery } = sight;
  const rows = factRows(language, subject, {
    about: 'request',
    shows: ({ use }) => (use === 'words' ? application : use !== 'delivery' || delivery !== 'none'),
  });
  if (donor)
    rows.push({
      label: kindWords[language].need.answered.donor,
      value: parties.get(donor.party) ?? donor.name,
    });
  if (offer) {
    const value = fill(text.offerLeft, { title: offer.title, count: countText(offer.available) });
    rows.push({ label: text.offer, value });
  }
  const sent = consignmentRows(language, subject);
  const report = subject.stage === 'closed' ? subject.report : undefined;
  return (
    <>
      <Panel title={text.lines}>
        <Lines language={language} subject={subject} />
        <SummaryList rows={rows} />
      </Panel>
      {sent.length > 0 && (
        <Panel title={text.consignment}>
          <SummaryList rows={sent} />
        </Panel>
      )}
      {report && (
        <Panel title={kindWords[language].need.answered.report}>
          <p class="prose-typed">{report}</p>
        </Panel>
      )}
    </>
  );
}
