import { fill } from '../../../shared/i18n/lookup.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import { earliestCover, isStartPassed } from '../../../shared/kinds/insurance/days.ts';
import type { InsuranceDecision } from '../../../shared/kinds/insurance/decision.ts';
import { given } from '../../forms/desk-values.ts';
import { DateInput, TextInput } from '../../web/inputs.tsx';
import { answerOf, type DeskAnswers } from '../desk-answers.ts';
import type { DeskPages } from '../pages.ts';
import { InsuranceFacts } from './desk-facts.tsx';
import { insuranceDeskText } from './desk-texts.ts';
import { readShownRoster } from './shown-roster.ts';

/** What each outcome of a request for insurance asks at a desk. */
const insuranceAnswers: DeskAnswers<InsuranceDecision, InsuranceCase> = {
  bound: {
    fields({ form, scope }) {
      const min = earliestCover(Date.now());
      return (
        <>
          <TextInput form={form} name={`${scope}policyNumber`} maxlength={60} />
          <DateInput
            form={form}
            name={`${scope}coverFrom`}
            min={min}
            hint={insuranceDeskText[form.language].coverHint}
          />
          <DateInput form={form} name={`${scope}coverTo`} min={min} />
        </>
      );
    },
    // a first day that has come, and the last once all are over, are the insurer's to set
    filled({ coverFrom, coverTo }) {
      const earliest = earliestCover(Date.now());
      return {
        coverFrom: coverFrom < earliest ? earliest : coverFrom,
        coverTo: coverTo < earliest ? '' : coverTo,
      };
    },
    read: (_subject, { reader }) =>
      given({
        policyNumber: reader.text('policyNumber'),
        coverFrom: reader.day('coverFrom'),
        coverTo: reader.day('coverTo'),
      }),
  },
};

/** A request for insurance at a desk: what is insured, who, and the policy. */
export const insuranceDeskPages: DeskPages<'insurance'> = {
  gist(language, subject) {
    const { roster, coverFrom, coverTo, activity } = subject;
    const people = fill(insuranceDeskText[language].gist, { count: roster.count });
    const mark = isStartPassed(subject, Date.now()) ? ` · ${insuranceDeskText[language].startPassed}` : '';
    return `${people} · ${coverFrom} – ${coverTo}${mark} · ${activity}`;
  },
  filled: (subject, outcome, programme) => answerOf(insuranceAnswers, outcome)?.filled?.(subject, programme) ?? {},
  read: (subject, outcome, typed) => answerOf(insuranceAnswers, outcome)?.read(subject, typed),
  async open(subject, look) {
    const { language, csrf } = look;
    const shown = await readShownRoster(subject, look);
    return {
      facts: (parties) => (
        <InsuranceFacts language={language} csrf={csrf} subject={subject} shown={shown} parties={parties} />
      ),
      fields: (outcome, form, scope) =>
        answerOf(insuranceAnswers, outcome)?.fields({ form, scope, subject, held: undefined }),
    };
  },
};
