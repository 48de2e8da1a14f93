import type { Language } from '../../../shared/domain/language.ts';
import { maskName } from '../../../shared/domain/mask.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import type { Volunteer } from '../../../shared/kinds/insurance/input.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { SummaryList } from '../../web/summary-list.tsx';
import { insuranceSiteText } from './site-texts.ts';

type Insurance = CaseOf<'insurance'>;

function coverState(language: Language, subject: Insurance): string {
  const text = insuranceSiteText[language];
  if (subject.stage === 'closed') return text.coverEnded;
  if (subject.stage === 'rejected' || subject.stage === 'withdrawn') return text.notCovered;
  if (subject.stage !== 'active') return text.notYet;
  const today = localDate(Date.now());
  if (today > subject.coverTo) return text.coverEnded;
  return today < subject.coverFrom ? fill(text.since, { at: subject.coverFrom }) : text.covered;
}

interface InsuranceFactsProps {
  readonly language: Language;
  readonly subject: Insurance;
  readonly roster: readonly Volunteer[];
}

/** The policy, and who is covered from when to when. Names and numbers only as far as those who know them need. */
export function InsuranceFacts({ language, subject, roster }: InsuranceFactsProps) {
  const text = insuranceSiteText[language];
  const state = coverState(language, subject);
  return (
    <>
      <section>
        <h2>{text.coverTitle}</h2>
        <SummaryList
          rows={[
            { label: text.cover, value: fill(text.coverText, { from: subject.coverFrom, to: subject.coverTo }) },
            {
              label: kindWords[language].insurance.answered.policyNumber,
              value: 'policy' in subject ? <strong>{subject.policy.number}</strong> : text.noPolicy,
            },
          ]}
        />
      </section>
      <section>
        <h2>{fill(text.peopleTitle, { count: subject.roster.count })}</h2>
        <ol class="people">
          {roster.map((volunteer) => (
            <li>
              {maskName(volunteer.name)} <span class="code">{volunteer.identityNumber}</span>{' '}
              <span class={state === text.covered ? 'tag' : 'tag end'}>{state}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
