import { rosterSeen } from '../../../shared/case/roster.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import { coveredFrom } from '../../../shared/kinds/insurance/days.ts';
import type { SitePages } from '../pages.ts';
import { InsuranceFacts } from './site-facts.tsx';
import { insuranceSiteText } from './site-texts.ts';

type Active = Extract<InsuranceCase, { stage: 'active' }>;

/** That cover is in force, or from when on it will be. */
function InForce({ language, subject }: { readonly language: Language; readonly subject: Active }) {
  const text = insuranceSiteText[language];
  const from = coveredFrom(subject);
  const begun = from <= localDate(Date.now());
  return (
    <>
      <p class="holder-who">{begun ? text.holderActive : fill(text.holderBound, { date: from })}</p>
      <p>{fill(text.coverText, { from, to: subject.coverTo })}</p>
    </>
  );
}

/** A request for insurance behind its private link: the policy, and who is covered. */
export const insuranceSite: SitePages<'insurance'> = {
  done: () => ({}),
  async open(subject, { hub, language, sight }) {
    const roster = await rosterSeen(hub, subject, sight);
    return {
      answer: () => null,
      facts: () => <InsuranceFacts language={language} subject={subject} roster={roster} />,
      details: [],
      ...(subject.stage === 'active' && { waiting: <InForce language={language} subject={subject} /> }),
    };
  },
};
