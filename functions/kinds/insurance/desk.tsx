import { fill } from '../../../shared/i18n/lookup.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import type { InsuranceDecision } from '../../../shared/kinds/insurance/decision.ts';
import { given } from '../../forms/desk-values.ts';
import { TextInput } from '../../web/inputs.tsx';
import { answerOf, type DeskAnswers } from '../desk-answers.ts';
import type { DeskPages } from '../pages.ts';
import { InsuranceFacts } from './desk-facts.tsx';
import { insuranceDeskText } from './desk-texts.ts';
import { readShownRoster } from './shown-roster.ts';

/** What each outcome of a request for insurance asks at a desk. */
const insuranceAnswers: DeskAnswers<InsuranceDecision, InsuranceCase> = {
  bound: {
    fields: ({ form, scope }) => <TextInput form={form} name={`${scope}policyNumber`} maxlength={60} />,
    read: (_subject, { reader }) => given({ policyNumber: reader.text('policyNumber') }),
  },
};

/** A request for insurance at a desk: what is insured, who, and the policy. */
export const insuranceDeskPages: DeskPages<'insurance'> = {
  gist(language, { roster, coverFrom, coverTo, activity }) {
    const people = fill(insuranceDeskText[language].gist, { count: roster.count });
    return `${people} · ${coverFrom} – ${coverTo} · ${activity}`;
  },
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
