import type { PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { colon, momentText } from '../../../shared/i18n/lookup.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import type { NeedLine } from '../../../shared/kinds/need/line.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { countText } from '../../web/amounts.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import { needSiteText } from './site-texts.ts';
import { ToldOfLine } from './told-of-line.tsx';

type Need = CaseOf<'need'>;

/** What a line asks for: a number with its unit, "amount unknown", or that it is enough. */
export function askedText(language: Language, line: NeedLine): string {
  const text = needSiteText[language];
  const asked = line.quantity === null ? text.unknown : [countText(line.quantity), line.unit].filter(Boolean).join(' ');
  return line.enough ? `${asked} (${text.enough})` : asked;
}

function Lines({ language, subject }: { readonly language: Language; readonly subject: Need }) {
  const text = needSiteText[language];
  const steps = (['approved', 'dispatched', 'received'] as const).filter((step) =>
    subject.lines.some((line) => line[step] !== undefined),
  );
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th>{text.item}</th>
          <th class="numeric">{text.asked}</th>
          {steps.map((step) => (
            <th class="numeric">{text[step]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {subject.lines.map((line) => (
          <tr>
            <td>
              <strong>{line.item}</strong>
              {line.specification && <span class="small"> {line.specification}</span>}
              <ToldOfLine language={language} line={line} />
            </td>
            <td class="numeric" data-label={text.asked}>
              {askedText(language, line)}
            </td>
            {steps.map((step) => (
              <td class="numeric" data-label={text[step]}>
                {line[step] === undefined ? '–' : countText(line[step])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Consignment({ language, subject }: { readonly language: Language; readonly subject: Need }) {
  const text = needSiteText[language];
  const { answered } = kindWords[language].need;
  const consignment = 'consignment' in subject ? subject.consignment : undefined;
  if (!consignment) return null;
  const item = new Map(subject.lines.map((line) => [line.id, line.item]));
  const lots =
    consignment.lots?.map((lot) => `${item.get(lot.line) ?? lot.line}: ${lot.lot} × ${countText(lot.quantity)}`) ?? [];
  return (
    <section>
      <h2>{text.consignmentTitle}</h2>
      <SummaryList
        rows={[
          { label: answered.carrier, value: consignment.carrier },
          { label: answered.trackingNumber, value: consignment.trackingNumber ?? '' },
          { label: text.dispatchedAt, value: momentText(consignment.dispatchedAt) },
          { label: answered.expectedOn, value: consignment.expectedOn },
          ...(lots.length > 0 ? [{ label: answered.lots, value: lots.join('\n') }] : []),
        ]}
      />
    </section>
  );
}

interface NeedFactsProps {
  readonly language: Language;
  readonly subject: Need;
  /** what parties are called in the reader's language */
  readonly parties: ReadonlyMap<PartyId, string>;
}

/** What was asked for, line by line, and what became of it. */
export function NeedFacts({ language, subject, parties }: NeedFactsProps) {
  const text = needSiteText[language];
  const donor = 'donor' in subject ? subject.donor : undefined;
  return (
    <>
      <section>
        <h2>{text.linesTitle}</h2>
        {donor && (
          <p>
            {kindWords[language].need.answered.donor}
            {colon(language)}
            <strong>{parties.get(donor.party) ?? donor.name}</strong>
          </p>
        )}
        <Lines language={language} subject={subject} />
      </section>
      <Consignment language={language} subject={subject} />
    </>
  );
}

/** What the applicant reported in the end. */
export function needReport(language: Language, subject: Need) {
  const label = kindWords[language].need.answered.report;
  return 'report' in subject && subject.report ? [{ label, value: subject.report }] : [];
}
