import type { PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import { isStartPassed } from '../../../shared/kinds/insurance/days.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { factRows } from '../../forms/facts.ts';
import { countText } from '../../web/amounts.tsx';
import { Hidden } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Panel } from '../../web/panel.tsx';
import { ScrollBox } from '../../web/scroll-box.tsx';
import { Submit } from '../../web/submit.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import { insuranceDeskText } from './desk-texts.ts';
import { LeftOutRows } from './left-out.tsx';
import type { ShownRoster } from './shown-roster.ts';

interface InsuranceFactsProps {
  readonly language: Language;
  readonly csrf: string;
  readonly subject: InsuranceCase;
  readonly shown: ShownRoster;
  readonly parties: ReadonlyMap<PartyId, string>;
}

/** Asks for one identity number in full, and why: the page that shows it is recorded with that. */
function AskForNumber({ language, csrf, subject, shown }: Omit<InsuranceFactsProps, 'parties'>) {
  const text = insuranceDeskText[language];
  return (
    <details>
      <summary>{text.showNumber}</summary>
      <form method="post" action={`/console/cases/${subject.id}/number`}>
        <Hidden name="csrf" value={csrf} />
        <p class="hint">{text.showNumberHint}</p>
        <div class="field">
          <label class="label" for="number-row">
            {text.showNumberOf}
          </label>
          <select id="number-row" class="control medium" name="row">
            {shown.roster.map(({ name }, index) => (
              <option value={String(index + 1)}>{`${index + 1} · ${name}`}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label class="label" for="number-reason">
            {text.showNumberWhy}
          </label>
          <input id="number-reason" class="control full" name="reason" required maxlength={300} />
        </div>
        <Submit text={text.showNumber} look="second" />
      </form>
    </details>
  );
}

/** What is insured, from when to when, and who: identity numbers masked, each shown in full when it is asked for. */
export function InsuranceFacts({ language, csrf, subject, shown, parties }: InsuranceFactsProps) {
  const text = insuranceDeskText[language];
  const { covered, isShown, roster } = shown;
  const person = kindWords[language].insurance.fields.volunteers.parts;
  const policy = 'policy' in subject ? subject.policy : undefined;
  return (
    <>
      <Panel title={text.cover}>
        {isStartPassed(subject, Date.now()) && (
          <Notice tone="warning">
            <p>{fill(text.startPassedText, { date: subject.coverFrom })}</p>
          </Notice>
        )}
        <SummaryList
          rows={[
            ...factRows(language, subject, { about: 'request' }),
            ...('askedFor' in subject && subject.askedFor
              ? [{ label: text.askedFor, value: `${subject.askedFor.from} – ${subject.askedFor.to}` }]
              : []),
            ...(isShown && subject.leftOut && subject.leftOut.length > 0
              ? [
                  {
                    label: kindWords[language].insurance.fields.leftOut.label,
                    value: <LeftOutRows language={language} rows={subject.leftOut} />,
                  },
                ]
              : []),
            { label: text.people, value: countText(subject.roster.count) },
            { label: text.insurer, value: parties.get(subject.insurer) ?? subject.insurer },
            ...(policy ? [{ label: kindWords[language].insurance.answered.policyNumber, value: policy.number }] : []),
          ]}
        />
      </Panel>
      {isShown && !subject.erasedAt && (
        <Panel title={text.roster}>
          <p class="hint">{text.masked}</p>
          <ScrollBox label={text.roster}>
            <table class="roster">
              <thead>
                <tr>
                  <th scope="col">#</th>
                  <th scope="col">{person.name.label}</th>
                  <th scope="col">{person.identityNumber.label}</th>
                  <th scope="col">{person.phone.label}</th>
                </tr>
              </thead>
              <tbody>
                {roster.map((volunteer, index) => (
                  <tr>
                    <td>{index + 1}</td>
                    <td>
                      {volunteer.name}
                      {covered.has(index) && ' '}
                      {covered.get(index)?.map(({ from, to }) => (
                        <span class="tag wait">{fill(text.covered, { from, to })}</span>
                      ))}
                    </td>
                    <td>{volunteer.identityNumber}</td>
                    <td>{volunteer.phone}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
          {shown.mayShowNumber && <AskForNumber language={language} csrf={csrf} subject={subject} shown={shown} />}
        </Panel>
      )}
    </>
  );
}
