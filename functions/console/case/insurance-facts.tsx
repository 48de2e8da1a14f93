import type { InsuranceCase } from '../../../shared/domain/insurance/case.ts';
import { maskPhone } from '../../../shared/domain/mask.ts';
import { maskIdentityNumber } from '../../../shared/domain/roster/identity-number.ts';
import { countText } from '../../web/amounts.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import type { Visit } from '../door.ts';
import { ScrollBox } from '../scroll-box.tsx';
import { caseText } from '../texts/case.ts';
import type { Dossier } from './dossier.ts';
import { Panel } from './panel.tsx';

interface InsuranceFactsProps {
  readonly visit: Visit;
  readonly dossier: Dossier;
  readonly subject: InsuranceCase;
}

/** What is insured, from when to when, and who: numbers in full for the insurer alone. */
export function InsuranceFacts({ visit, dossier, subject }: InsuranceFactsProps) {
  const text = caseText[visit.language];
  const { sight, roster, parties } = dossier;
  const full = sight.roster === 'full';
  const policy = 'policy' in subject ? subject.policy : undefined;
  return (
    <>
      <Panel title={text.cover}>
        <SummaryList
          rows={[
            { label: text.activity, value: subject.activity },
            { label: text.period, value: `${subject.coverFrom} – ${subject.coverTo}` },
            { label: text.people, value: countText(subject.roster.count) },
            { label: text.insurer, value: parties.get(subject.insurer) ?? subject.insurer },
            ...(policy ? [{ label: text.policy, value: policy.number }] : []),
          ]}
        />
      </Panel>
      {sight.roster !== 'none' && !subject.erasedAt && (
        <Panel title={text.roster}>
          {!full && <p class="hint">{text.masked}</p>}
          <ScrollBox label={text.roster}>
            <table class="roster">
              <thead>
                <tr>
                  <th scope="col">#</th>
                  <th scope="col">{text.name}</th>
                  <th scope="col">{text.identity}</th>
                  <th scope="col">{text.phone}</th>
                </tr>
              </thead>
              <tbody>
                {roster.map((volunteer, index) => (
                  <tr>
                    <td>{index + 1}</td>
                    <td>{volunteer.name}</td>
                    <td>{full ? volunteer.identityNumber : maskIdentityNumber(volunteer.identityNumber)}</td>
                    <td>{full ? volunteer.phone : maskPhone(volunteer.phone)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </Panel>
      )}
    </>
  );
}
