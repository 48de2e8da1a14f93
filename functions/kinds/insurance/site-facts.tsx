import type { Language } from '../../../shared/domain/language.ts';
import { maskName } from '../../../shared/domain/mask.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import { coveredFrom, gapOf, isStartPassed } from '../../../shared/kinds/insurance/days.ts';
import type { Volunteer } from '../../../shared/kinds/insurance/input.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { Notice } from '../../web/notice.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import { LeftOutRows } from './left-out.tsx';
import { insuranceSiteText } from './site-texts.ts';

type Insurance = CaseOf<'insurance'>;

function coverState(language: Language, subject: Insurance): string {
  const text = insuranceSiteText[language];
  if (subject.stage === 'closed') return text.coverEnded;
  if (subject.stage === 'rejected' || subject.stage === 'withdrawn') return text.notCovered;
  if (subject.stage !== 'active') return text.notYet;
  const today = localDate(Date.now());
  const from = coveredFrom(subject);
  if (today > subject.coverTo) return text.coverEnded;
  return today < from ? fill(text.since, { at: from }) : text.covered;
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
  const gap = 'policy' in subject ? gapOf(subject) : undefined;
  const from = 'policy' in subject ? coveredFrom(subject) : subject.coverFrom;
  return (
    <>
      <section>
        <h2>{text.coverTitle}</h2>
        {isStartPassed(subject, Date.now()) && (
          <Notice tone="warning">
            <p>{fill(text.startPassed, { date: subject.coverFrom })}</p>
          </Notice>
        )}
        <SummaryList
          rows={[
            { label: text.cover, value: fill(text.coverText, { from, to: subject.coverTo }) },
            ...(gap ? [{ label: text.gap, value: fill(text.gapText, { from: gap.gapFrom, to: gap.gapTo }) }] : []),
            ...(subject.leftOut && subject.leftOut.length > 0
              ? [
                  {
                    label: kindWords[language].insurance.fields.leftOut.label,
                    value: <LeftOutRows language={language} rows={subject.leftOut} />,
                  },
                ]
              : []),
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
