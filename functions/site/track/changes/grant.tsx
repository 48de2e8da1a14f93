import type { Language } from '../../../../shared/domain/language.ts';
import { formatFen } from '../../../../shared/domain/money.ts';
import type { CaseOf } from '../../../../shared/kinds/case.ts';
import type { Programme } from '../../../../shared/kinds/grant/programme.ts';
import { type Answers, withRows } from '../../../forms/answers.ts';
import { answersBody, BudgetView, budgetBody, budgetList, ProjectView, questionLabels } from '../../../forms/grant.tsx';
import { ContactFields, contactBody, contactFields } from '../../../forms/who.tsx';
import { begun, type Changes, contactAnswers, resubmission } from './changes.ts';

/** What can be changed of an application to `programme`. */
export function grantChanges(language: Language, subject: CaseOf<'grant'>, programme: Programme): Changes {
  const { questions } = programme;
  const single: Answers = new Map([
    ...contactAnswers(subject),
    ['purpose', subject.purpose],
    ...Object.entries(subject.answers).map(([id, answer]): [string, string] => [`answers.${id}`, answer]),
  ]);
  const rows = subject.budget.map(({ description, amount }) => ({ description, amount: formatFen(amount) }));
  return {
    questions: {
      single: [...contactFields, 'purpose', 'reason', ...questions.map(({ id }) => `answers.${id}`)],
      list: budgetList,
    },
    labels: questionLabels(language, questions),
    sent: withRows(single, budgetList, rows),
    firstRows: 1,
    view: (page) => (
      <>
        <ProjectView page={page} questions={questions} />
        <hr />
        <BudgetView page={page} programme={programme} />
        <hr />
        <ContactFields form={page.form} kind="grant" />
      </>
    ),
    draft(answers) {
      const money = budgetBody(answers);
      const given = answersBody(answers, questions);
      const changes = {
        ...begun('contact', contactBody(answers)),
        purpose: answers.get('purpose') ?? '',
        budget: money.budget,
        answers: given.answers,
      };
      return resubmission('grant', answers, changes, [...money.problems, ...given.problems]);
    },
  };
}
